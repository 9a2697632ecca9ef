import type {IsoTime} from '../time/iso-time.js'
import type {ActVerdict} from '../verdict.js'
import type {ActionState, IncidentEvent} from './incident-event.js'
import type {Incident, IncidentState, IncidentTime, Resolution} from './incident.js'

/** An instant and a span as people of one language and zone read them. */
export interface Spoken {
  readonly time: (at: IsoTime) => string
  readonly duration: (seconds: number) => string
}

/** What a timeline says of each kind of event; null: nothing that a person wants to read. */
export type IncidentEventWords = {
  readonly [K in IncidentEvent['kind']]: (
    event: Extract<IncidentEvent, {readonly kind: K}>,
    spoken: Spoken,
  ) => string | null
}

/** A step of an escalation, as whoever is paged reads it. */
export interface EscalatedPage {
  readonly handle: string
  readonly step: number
  readonly steps: number
  /** Whether somebody is paged. */
  readonly isAnybody: boolean
  /** For how long nobody has acknowledged it. */
  readonly since: string
}

/** What notices and screens say of incidents, in one language. */
/** `back`: they were told that it is over. */
export type HowItStands = 'open' | 'back' | 'over'

export interface IncidentWords {
  readonly state: Readonly<Record<IncidentState, string>>
  readonly resolution: Readonly<Record<Resolution, string>>
  readonly actionState: Readonly<Record<ActionState, string>>
  readonly times: Readonly<Record<IncidentTime, string>>
  readonly events: IncidentEventWords
  /** Of an acknowledgement that changed nothing: somebody else was on it, or it was over. */
  readonly acknowledgedLate: (owner: string) => string
  /** Of a run or change that happened meanwhile: its end, null when none is recorded, and the block after which the incident was seen to be over. */
  readonly run: (what: string, ended: ActVerdict | null, resolvedBy: string | null) => string
  /** The table of what happened when. */
  readonly timeline: {
    readonly columns: Readonly<Record<'when' | 'by' | 'what', string>>
    readonly enteredLater: (at: string) => string
    /** Of who is only said to be there. */
    readonly unverified: string
  }
  readonly facts: {
    readonly severity: string
    readonly state: string
    readonly services: string
    readonly alerts: string
    readonly owner: string
    readonly oncall: string
    readonly since: string
    readonly lasted: string
    readonly impact: string
    readonly nextUpdate: string
    readonly nobody: string
    readonly paged: string
  }
  /** What a notice says when whoever acts says nothing. */
  readonly body: {
    readonly opened: string
    readonly acknowledged: (owner: string) => string
    readonly updated: string
    readonly mitigated: string
    readonly resolved: Readonly<Record<Resolution, string>>
    /** Markdown: of what ends as a part of another incident. */
    readonly merged: (into: Pick<Incident, 'handle' | 'title'>) => string
    readonly reopened: string
    /** Markdown: of trouble of which there is no record. */
    readonly unrecorded: string
    readonly due: (due: string, handle: string) => string
    readonly escalated: (page: EscalatedPage) => string
  }
  /** For those who use the service and do not run it: no names of alerts, hosts or people. */
  readonly stakeholders: {
    readonly title: (service: string, how: HowItStands) => string
    readonly body: (incident: Incident, how: HowItStands, spoken: Spoken) => string
  }
  readonly handover: {
    readonly title: (service: string, to: string | null) => string
    readonly heads: Readonly<Record<'incidents' | 'silences' | 'undelivered' | 'budgets' | 'actions', string>>
    readonly none: Readonly<Record<'incidents' | 'silences' | 'undelivered' | 'budgets' | 'actions', string>>
    readonly unknown: string
    readonly due: (due: string) => string
    readonly until: (end: string) => string
    readonly left: (share: string) => string
    readonly notMeasured: string
    readonly overdue: string
  }
}
