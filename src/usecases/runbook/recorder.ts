import type {RunEvent} from '../../domain/execution/events.js'
import {reduceRun} from '../../domain/execution/run-state.js'
import type {Clock} from '../../ports/clock.js'
import type {Journal, JournalWriter, RunFiles} from '../../ports/journal.js'

type Unstamped<E> = E extends RunEvent ? Omit<E, 'elapsedSeconds'> : never
type NewEvent = Unstamped<RunEvent>

/** The events of a run: in memory for deciding, in the journal for everybody else. */
export interface Recorder {
  readonly events: () => readonly RunEvent[]
  readonly captures: () => Readonly<Record<string, string>>
  /** `durable` around whatever changes the world. */
  readonly record: (event: NewEvent, durable?: boolean) => Promise<void>
  readonly keep: RunFiles['keep']
  readonly close: () => Promise<void>
}

/** Until the lock is taken nothing is written: a run that finds the service locked leaves no trace. */
const BEFORE_THE_LOCK: readonly RunEvent['kind'][] = ['run.started', 'run.resumed', 'look']

export function createRecorder(
  deps: {readonly clock: Clock; readonly journal: Journal<RunEvent>},
  runId: string,
  source: string,
  {past, onEvent}: {readonly past: readonly RunEvent[]; readonly onEvent: (event: RunEvent) => void},
): Recorder {
  const spent = Math.max(0, ...past.map(({elapsedSeconds}) => elapsedSeconds))
  const started = deps.clock.monotonicSeconds() - spent
  const events: RunEvent[] = [...past]
  const waiting: RunEvent[] = []
  let writer: (JournalWriter<RunEvent> & RunFiles) | null = null
  const open = async (): Promise<JournalWriter<RunEvent> & RunFiles> => {
    if (writer !== null) return writer
    const opened = await deps.journal.open(runId)
    writer = opened
    for (const event of waiting.splice(0)) await opened.append(event)
    await opened.keep('runbook.md', source)
    return opened
  }
  return {
    events: () => events,
    captures: () => reduceRun(events).captures,
    record: async (unstamped, durable = false) => {
      const event: RunEvent = {...unstamped, elapsedSeconds: deps.clock.monotonicSeconds() - started}
      if (writer === null && BEFORE_THE_LOCK.includes(event.kind)) waiting.push(event)
      else await (await open()).append(event, durable)
      events.push(event)
      onEvent(event)
    },
    keep: async (name, content) => (await open()).keep(name, content),
    close: async () => {
      await writer?.close()
    },
  }
}
