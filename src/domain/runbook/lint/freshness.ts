import type {RunEvent} from '../../journal/events.js'
import type {RunOutcome} from '../../journal/run-outcome.js'
import type {PlacedFault} from './runbook-fault.js'
import {mitigationsOf, type PlacedRunbook, type Runbook} from '../runbook.js'

/** How a run ended, and when. */
export interface RunEnd {
  readonly runbook: string
  readonly outcome: RunOutcome
  /** ISO 8601 UTC. */
  readonly at: string
}

/** null while it runs, or when its journal is torn. */
export function runEnd(events: readonly (RunEvent & {readonly at: string})[]): RunEnd | null {
  const started = events.find((event) => event.kind === 'run.started')
  const finished = events.findLast((event) => event.kind === 'run.finished')
  if (started?.kind !== 'run.started' || finished?.kind !== 'run.finished') return null
  return {runbook: started.runbook, outcome: finished.outcome, at: finished.at}
}

/** Whether a run is evidence that the runbook works: its mitigations were needed and helped, if it has any. */
export function isEvidence(runbook: Runbook, end: RunEnd): boolean {
  if (end.runbook !== runbook.name) return false
  if (mitigationsOf(runbook).length > 0) return end.outcome === 'resolved'
  return end.outcome === 'alreadyResolved' || end.outcome === 'diagnosed'
}

const DAY_SECONDS = 86_400

/** A runbook that nobody has seen work for longer than it says it may stay unseen. `passedAt`: when it last did, null: never. */
export function staleEvidence(runbook: PlacedRunbook, passedAt: string | null, now: Date): readonly PlacedFault[] {
  const {reviewEverySeconds, places, name} = runbook
  if (reviewEverySeconds === null || places.reviewEvery === null) return []
  const ageSeconds = passedAt === null ? Infinity : (now.getTime() - Date.parse(passedAt)) / 1000
  if (ageSeconds <= reviewEverySeconds) return []
  const last = passedAt === null ? null : {at: passedAt, daysAgo: Math.floor(ageSeconds / DAY_SECONDS)}
  return [{rule: 'freshness', ...places.reviewEvery, runbook: name, everySeconds: reviewEverySeconds, last}]
}
