import type {JournaledEvent} from '../journal/journal-actions.js'
import {changeCommand} from '../change/change-plan.js'
import type {IsoTime} from '../time/iso-time.js'
import type {ActVerdict} from '../verdict.js'
import type {RunOutcome} from '../journal/run-outcome.js'
import type {RunStatus} from '../journal/run-status.js'

/** One journaled run, as a list shows it. */
export interface ListedRun {
  readonly runId: string
  /** A direct command (`faci restart api`) is journaled like a run. */
  readonly kind: 'runbook' | 'command'
  /** The runbook's name, or the command. */
  readonly what: string
  readonly startedAt: IsoTime
  readonly operator: string
  readonly environment: string
  readonly status: RunStatus
  /** null for a command, and without an end. */
  readonly outcome: RunOutcome | null
  readonly verdict: ActVerdict | null
  /** Until it was seen that the incident is over; else until its last event. */
  readonly durationSeconds: number
  /** The mitigation after which `resolved` held. */
  readonly resolvedBy: string | null
}

export interface RunList {
  readonly at: IsoTime
  /** Newest first. */
  readonly runs: readonly ListedRun[]
}

/** What the first and the last events say, before it is known whether an unfinished run still goes on. */
export interface RunGlimpse extends Omit<ListedRun, 'status'> {
  readonly project: string
  readonly finished: boolean
}

interface Ends {
  readonly first: JournaledEvent | null
  readonly last: readonly JournaledEvent[]
}

type Begun = Pick<RunGlimpse, 'kind' | 'what' | 'operator' | 'environment' | 'project'>

function begun(first: JournaledEvent): Begun | null {
  if (first.kind === 'run.started') {
    const {runbook: what, operator, environment, project} = first
    return {kind: 'runbook', what, operator, environment, project}
  }
  if (first.kind !== 'change.planned') return null
  const {change, environment, project} = first.plan
  const operator = first.by.split('@')[0] ?? first.by
  return {kind: 'command', what: changeCommand(change).join(' '), operator, environment, project}
}

function duration(first: JournaledEvent, last: readonly JournaledEvent[]): number {
  const finished = last.findLast((event) => event.kind === 'run.finished' || event.kind === 'run.resumed')
  if (finished?.kind === 'run.finished' && typeof finished.resolvedAfterSeconds === 'number')
    return finished.resolvedAfterSeconds
  const end = last.at(-1) ?? first
  if ('elapsedSeconds' in end) return end.elapsedSeconds
  return Math.max(0, (Date.parse(end.at) - Date.parse(first.at)) / 1000)
}

/** A run that goes on has no end yet. */
function endOf(last: readonly JournaledEvent[]): JournaledEvent | undefined {
  const kinds: readonly string[] = ['run.finished', 'change.ended', 'run.resumed']
  const latest = last.findLast(({kind}) => kinds.includes(kind))
  return latest?.kind === 'run.resumed' ? undefined : latest
}

/** null when its first event is that of no run. */
export function glimpseRun(runId: string, {first, last}: Ends): RunGlimpse | null {
  const start = first === null ? null : begun(first)
  if (first === null || start === null) return null
  const end = endOf(last)
  return {
    ...start,
    runId,
    startedAt: first.at,
    finished: end !== undefined,
    outcome: end?.kind === 'run.finished' ? end.outcome : null,
    verdict: end !== undefined && 'verdict' in end ? end.verdict : null,
    durationSeconds: duration(first, last),
    resolvedBy: resolvedBy(last) ?? null,
  }
}

/**
 * The mitigation after which a resolved run was resolved; null when none was, undefined when these last events do not go back far
 * enough to say so: it must be seen that it ran.
 */
export function resolvedBy(last: readonly JournaledEvent[]): string | null | undefined {
  const end = last.findLast((event) => event.kind === 'run.finished')
  if (end?.kind !== 'run.finished' || end.outcome !== 'resolved') return null
  if (end.resolvedBy !== undefined) return end.resolvedBy
  const look = last.findLast((event) => event.kind === 'look')
  if (look?.kind !== 'look') return undefined
  if (look.after === null) return lastMitigation(last)
  const own = last.filter((event) => 'id' in event && event.id === look.after)
  if (own.some(({kind}) => kind === 'block.finished')) return look.after
  return own.some(({kind}) => kind === 'block.skipped') ? null : undefined
}

/** A run that went on found itself resolved: by what it had done last. Only what changes something has a gate. */
function lastMitigation(last: readonly JournaledEvent[]): string | undefined {
  const gated = last.flatMap((event) => (event.kind === 'gate.answered' && event.answer === 'yes' ? [event.id] : []))
  const finished = last.findLast((event) => event.kind === 'block.finished' && gated.includes(event.id))
  return finished?.kind === 'block.finished' ? finished.id : undefined
}
