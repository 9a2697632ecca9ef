import type {RunEvent} from '../../domain/journal/events.js'
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
  /** Nothing more can be relied on to reach the disk: what happens is still kept in memory, so that the run can be ended. */
  readonly isLost: () => boolean
  readonly close: () => Promise<void>
}

/** Until the lock is taken nothing is written: a run that finds the service locked leaves no trace, and one that goes on writes into no journal that may be another's. */
const BEFORE_THE_LOCK: readonly RunEvent['kind'][] = ['run.started', 'run.resumed', 'look']

/** Thrown instead of beginning a block that the journal would not know of. */
export class JournalLost extends Error {}

/** Until then nothing has to be brought to an end: a run that cannot write is refused like one that cannot start. */
export function hasBegun(events: readonly RunEvent[]): boolean {
  return events.some(({kind}) => kind === 'lease.taken' || kind === 'block.started')
}

type Opened = JournalWriter<RunEvent> & RunFiles

interface RecorderDeps {
  readonly clock: Clock
  readonly journal: Journal<RunEvent>
}

/** The journal of a run, opened when there is something to write: from the lock on. */
function runFile({journal}: RecorderDeps, runId: string, source: string, isResumed: boolean) {
  const waiting: RunEvent[] = []
  let writer: Promise<Opened> | null = null
  const openNow = async (): Promise<Opened> => {
    const opened = await journal.open(runId)
    for (const event of waiting.splice(0)) await opened.append(event)
    await opened.keep('runbook.md', source)
    return opened
  }
  // One opening, however many ask for it meanwhile; one that failed is tried again.
  const open = (): Promise<Opened> => {
    writer ??= Promise.resolve()
      .then(openNow)
      .catch((error: unknown) => {
        writer = null
        throw error
      })
    return writer
  }
  const waits = ({kind}: RunEvent): boolean =>
    writer === null && (isResumed ? kind !== 'lease.taken' : BEFORE_THE_LOCK.includes(kind))
  return {
    append: async (event: RunEvent, durable: boolean): Promise<void> => {
      if (waits(event)) waiting.push(event)
      else await (await open()).append(event, durable)
    },
    keep: async (...file: Parameters<RunFiles['keep']>): Promise<string> => (await open()).keep(...file),
    close: async (): Promise<void> => {
      const opened = await writer?.catch(() => null)
      await opened?.close()
    },
  }
}

type OnEvent = (event: RunEvent) => void

/** What happened, for deciding; whether it can still be written down. */
function eventMemory(past: readonly RunEvent[], onEvent: OnEvent, elapsed: () => number) {
  const events: RunEvent[] = [...past]
  let lost = false
  const add = (event: RunEvent): void => {
    events.push(event)
    try {
      onEvent(event)
    } catch {
      // Whoever watches a run does not stop it.
    }
  }
  return {
    events: () => events,
    add,
    isLost: () => lost,
    /** Whether it was not lost before. */
    loseJournal: (error: unknown): boolean => {
      if (lost) return false
      lost = true
      const text = error instanceof Error ? error.message : 'unknown reason'
      add({kind: 'journal.lost', reason: {why: 'error', text}, elapsedSeconds: elapsed()})
      return true
    },
  }
}

export function createRecorder(
  deps: RecorderDeps,
  runId: string,
  source: string,
  {past, onEvent}: {readonly past: readonly RunEvent[]; readonly onEvent: OnEvent},
): Recorder {
  const spent = past.reduce((most, {elapsedSeconds}) => Math.max(most, elapsedSeconds), 0)
  const started = deps.clock.monotonicSeconds() - spent
  const elapsed = (): number => deps.clock.monotonicSeconds() - started
  const {events, add, isLost, loseJournal} = eventMemory(past, onEvent, elapsed)
  const file = runFile(deps, runId, source, past.length > 0)
  /**
   * What could not be written down does not begin; anything else has happened, and the run is told that its journal is lost. What
   * begins after that is what brings it to its end: the rollbacks that were asked for.
   */
  const unwritten = (event: RunEvent, error: unknown): void => {
    if (!hasBegun(events())) throw error
    if (loseJournal(error) && event.kind === 'block.started')
      throw new JournalLost('the journal is lost', {cause: error})
  }
  return {
    events,
    captures: () => reduceRun(events()).captures,
    record: async (unstamped, durable = false) => {
      const event: RunEvent = {...unstamped, elapsedSeconds: elapsed()}
      await file.append(event, durable).catch((error: unknown) => {
        unwritten(event, error)
      })
      add(event)
    },
    isLost,
    keep: async (...kept) => {
      try {
        return await file.keep(...kept)
      } catch (error) {
        loseJournal(error)
        throw error
      }
    },
    close: file.close,
  }
}
