import type {RunEvent} from '../journal/events.js'
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

/** What each kind of event says, in one language: a new one does not compile without. */
export type EventWords = {readonly [K in RunEvent['kind']]: (event: Of<K>) => string}

/** A journal of a later version may hold events that this one does not know. */
function tell(event: RunEvent, words: EventWords): string {
  const teller = words[event.kind] as ((event: RunEvent) => string) | undefined
  return teller?.(event) ?? event.kind
}

const REPEATING: readonly string[] = ['look', 'verify.polled']

/** What happened, in order; looks that saw the same are one line. */
export function timelineOf(events: readonly TimedEvent[], words: EventWords): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = []
  for (const event of events) {
    const {at, by, elapsedSeconds, kind} = event
    const text = tell(event, words)
    const before = entries.at(-1)
    if (before?.text === text && before.kind === kind && REPEATING.includes(kind))
      entries[entries.length - 1] = {...before, count: before.count + 1}
    else entries.push({at, by, elapsedSeconds, kind, id: 'id' in event ? event.id : null, text, count: 1})
  }
  return entries
}
