import {shortCondition} from './short-condition.js'
import type {BlockResult, ConditionReading, RunEvent} from '../journal/events.js'
import type {IsoTime} from '../time/iso-time.js'

/** One line of what happened in a run. */
export interface TimelineEntry {
  readonly at: IsoTime
  /** `operator@host`: whoever resumes a run may be somebody else. */
  readonly by: string
  /** Since the run's start; monotonic. */
  readonly elapsedSeconds: number
  readonly kind: string
  /** The block, notice or task that it is about. */
  readonly id: string | null
  readonly text: string
  /** How often the same was seen one after the other: only looks repeat. */
  readonly count: number
}

type TimedEvent = {readonly at: string; readonly by: string} & RunEvent
type Of<K extends RunEvent['kind']> = Extract<RunEvent, {kind: K}>

function first(text: string): string {
  return text.split('\n')[0] ?? ''
}

function withReason(what: string, why: string): string {
  return why === '' ? what : `${what}: ${first(why)}`
}

function resultText({outcome, detail, durationSeconds}: BlockResult): string {
  return withReason(`${outcome} after ${durationSeconds.toFixed(1)} s`, outcome === 'ok' ? '' : detail)
}

const SEEN = {true: 'resolved holds', false: 'not resolved', unknown: 'cannot be seen'} as const

function missing(conditions: readonly ConditionReading[]): string {
  const open = conditions.filter(({state}) => state !== 'true')
  return open.map(({condition, detail}) => `${shortCondition(condition)} (${first(detail)})`).join('; ')
}

/** Every kind of event has its line: a new one does not compile without. */
const TELL: {readonly [K in RunEvent['kind']]: (event: Of<K>) => string} = {
  'run.started': ({runbook, operator, mode, force}) =>
    `${operator} started ${runbook}${mode === 'full' ? '' : `, ${mode} only`}${force ? ', with --force' : ''}`,
  look: ({after, state, conditions}) =>
    withReason(`${after === null ? '' : `after ${after}: `}${SEEN[state]}`, missing(conditions)),
  'lease.taken': ({takenFrom}) => withReason('lock taken', takenFrom === null ? '' : `over from ${takenFrom}`),
  'gate.asked': ({id}) => `asked whether to run ${id}`,
  'gate.answered': ({id, answer, how}) => `gate of ${id}: ${answer} (${first(how)})`,
  'run.resumed': ({operator, host}) => `${operator} on ${host} went on with it`,
  'step.asked': ({id}) => `asked whether to run ${id}`,
  'step.answered': ({id, answer}) => `step ${id}: ${answer === 'rest' ? 'run, and all from here' : answer}`,
  'rollback.asked': ({ids}) => `asked whether to roll back: ${ids.join(', ')}`,
  'rollback.decided': ({answer, how}) => withReason(answer === 'rollback' ? 'roll back' : 'not rolled back', how),
  'run.aborted': ({reason}) => withReason('ended early', reason),
  'evidence.kept': ({id, files, problems}) =>
    withReason(`kept ${String(files.length)} files of evidence before ${id}`, problems.join('; ')),
  'block.started': ({id, attempt}) => `${id} started${attempt > 1 ? `, attempt ${String(attempt)}` : ''}`,
  'block.retried': (event) => `${event.id} ${resultText(event)}; again`,
  'verify.polled': ({id, state, detail}) => withReason(`${id} ${state}`, detail),
  'block.finished': (event) => `${event.id} ${resultText(event)}`,
  'block.skipped': ({id, reason}) => `${id} skipped: ${first(reason)}`,
  'notice.sent': ({id, channel, status}) => `${id} to ${channel}: ${status}`,
  'task.asked': ({id}) => `asked whether ${id} is done`,
  'task.answered': ({id, done}) => `${id} ${done ? 'done' : 'not done'}`,
  'run.interrupted': ({reason}) => withReason('interrupted', reason === 'interrupted' ? '' : reason),
  'journal.lost': ({reason}) => withReason('the journal can no longer be written', reason),
  'run.finished': ({outcome, summary}) => withReason(`ended ${outcome}`, summary),
}

/** A journal of a later version may hold events that this one does not know. */
function tell(event: RunEvent): string {
  const teller = TELL[event.kind] as ((event: RunEvent) => string) | undefined
  return teller?.(event) ?? event.kind
}

const REPEATING: readonly string[] = ['look', 'verify.polled']

/** What happened, in order; looks that saw the same are one line. */
export function timelineOf(events: readonly TimedEvent[]): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = []
  for (const event of events) {
    const {at, by, elapsedSeconds, kind} = event
    const text = tell(event)
    const before = entries.at(-1)
    if (before?.text === text && before.kind === kind && REPEATING.includes(kind))
      entries[entries.length - 1] = {...before, count: before.count + 1}
    else entries.push({at, by, elapsedSeconds, kind, id: 'id' in event ? event.id : null, text, count: 1})
  }
  return entries
}
