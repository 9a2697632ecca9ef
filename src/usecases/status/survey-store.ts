import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {type IncidentRules, ongoingIncidents} from '../../domain/incidents/ongoing-incident.js'
import type {Section} from '../../domain/section.js'
import type {StatusReport} from '../../domain/status/status.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {Outbox, OutboxEntry} from '../../ports/outbox.js'

export interface SurveyStoreDeps {
  readonly clock: Clock
  readonly outbox: Outbox
  readonly incidents: Pick<IncidentStore, 'list'>
  /** The ids of runs that cannot be read. */
  readonly unreadableRuns: () => Promise<readonly string[]>
}

export type SurveyedStore = Pick<
  StatusReport,
  'incidents' | 'undelivered' | 'oldestUndeliveredAt' | 'onFallback' | 'heldNotices' | 'unreadable'
>

async function asked<T>(ask: () => Promise<T>): Promise<Section<T>> {
  try {
    return {kind: 'read', value: await ask(), verdict: 'healthy'}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {kind: 'unknown', reason: error.message, verdict: 'unknown'}
  }
}

type Waiting = Pick<SurveyedStore, 'undelivered' | 'oldestUndeliveredAt' | 'onFallback' | 'heldNotices'>

/** How many of what waits the fallback channel has. */
async function fellBack({outbox}: SurveyStoreDeps, entries: readonly OutboxEntry[]): Promise<number> {
  const fates = entries.flatMap(({fallback}) => (fallback === null ? [] : [outbox.fate(fallback.noticeId)]))
  return (await Promise.all(fates)).filter((fate) => fate === 'delivered').length
}

function heldOf(entries: readonly OutboxEntry[]): StatusReport['heldNotices'] {
  const until = entries.flatMap(({held}) => (held === null ? [] : [held.until])).sort()
  const [first] = until
  return first === undefined ? null : {notices: until.length, until: first}
}

async function waiting(deps: SurveyStoreDeps): Promise<Waiting> {
  const pending = await asked(() => deps.outbox.pending())
  if (pending.kind !== 'read')
    return {undelivered: pending, oldestUndeliveredAt: null, onFallback: 0, heldNotices: null}
  const waits = pending.value.filter(({held}) => held === null)
  const [oldest] = waits
  const onFallback = await asked(() => fellBack(deps, pending.value))
  return {
    undelivered: {...pending, value: waits.length},
    oldestUndeliveredAt: oldest?.notice.createdAt ?? null,
    heldNotices: heldOf(pending.value),
    onFallback: onFallback.kind === 'read' ? onFallback.value : 0,
  }
}

/** What in the store is not over, or waits for a person, and what in it nobody can read. */
export async function surveyStore(deps: SurveyStoreDeps, rules: IncidentRules): Promise<SurveyedStore> {
  const {clock, outbox, unreadableRuns} = deps
  const [incidents, undelivered, unreadable] = await Promise.all([
    asked(async () => ongoingIncidents((await deps.incidents.list(0)).incidents, rules, clock.now())),
    waiting(deps),
    asked(async () => {
      const [notices, runs] = await Promise.all([outbox.unreadable(), unreadableRuns()])
      return {notices: notices.length, runs: runs.length}
    }),
  ])
  return {incidents, ...undelivered, unreadable}
}
