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

export type SurveyedStore = Pick<StatusReport, 'incidents' | 'undelivered' | 'oldestUndeliveredAt' | 'unreadable'>

async function asked<T>(ask: () => Promise<T>): Promise<Section<T>> {
  try {
    return {kind: 'read', value: await ask(), verdict: 'healthy'}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {kind: 'unknown', reason: error.message, verdict: 'unknown'}
  }
}

function waiting(pending: Section<readonly OutboxEntry[]>): Pick<SurveyedStore, 'undelivered' | 'oldestUndeliveredAt'> {
  if (pending.kind !== 'read') return {undelivered: pending, oldestUndeliveredAt: null}
  const [oldest] = pending.value
  return {
    undelivered: {...pending, value: pending.value.length},
    oldestUndeliveredAt: oldest?.notice.createdAt ?? null,
  }
}

/** What in the store is not over, or waits for a person, and what in it nobody can read. */
export async function surveyStore(deps: SurveyStoreDeps, rules: IncidentRules): Promise<SurveyedStore> {
  const {clock, outbox, unreadableRuns} = deps
  const [incidents, pending, unreadable] = await Promise.all([
    asked(async () => ongoingIncidents((await deps.incidents.list(0)).incidents, rules, clock.now())),
    asked(() => outbox.pending()),
    asked(async () => {
      const [notices, runs] = await Promise.all([outbox.unreadable(), unreadableRuns()])
      return {notices: notices.length, runs: runs.length}
    }),
  ])
  return {incidents, ...waiting(pending), unreadable}
}
