import type {CalledPerson, Routes, Listener} from '../../domain/incidents/announcement.js'
import type {UpdateIntervals} from '../../domain/incidents/incident.js'
import type {IncidentWords, Spoken} from '../../domain/incidents/incident-words.js'
import type {JournaledEvent} from '../../domain/journal/journal-actions.js'
import type {Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {ImpactDeps, ImpactSubject} from '../impact/impact-question.js'
import type {Clock} from '../../ports/clock.js'
import type {Ids} from '../../ports/ids.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {Journal} from '../../ports/journal.js'
import type {Outbox} from '../../ports/outbox.js'

/** What became of notices. */
export type NoticeRecords = Pick<Outbox, 'pending' | 'fate' | 'recent'>

export interface IncidentDeps {
  readonly incidents: IncidentStore
  readonly journal: Pick<Journal<JournaledEvent>, 'list' | 'ends'>
  /** Loaded when one was not delivered at once. */
  readonly noticeRecords: () => Promise<NoticeRecords>
  readonly clock: Clock
  readonly ids: Ids
  /** For whoever sits here. */
  readonly words: IncidentWords
  readonly spoken: Spoken
  /** Says who is waited for, where somebody looks: another process opens an incident. */
  readonly sayWhoOpens?: (who: string | null) => void
}

/** What makes a notice of an incident; null tells nobody. */
export interface Telephone {
  readonly routes: Routes
  /** Every channel that is set up; the first is the default. */
  readonly listeners: readonly Listener[]
  /** Who is on call now. */
  readonly oncall: () => Promise<CalledPerson | null>
  readonly send: (notice: Notice) => Promise<NoticeDelivery>
}

/** What tells what an incident did, and of which service. */
export interface Gauges {
  readonly deps: ImpactDeps
  readonly subject: ImpactSubject
}

export interface IncidentPlace {
  readonly service: string
  readonly environment: string
  readonly operator: {readonly name: string; readonly host: string}
  readonly updates: UpdateIntervals
  /** Within so many seconds of its end, what comes back is a relapse. */
  readonly watchSeconds: number
}
