import {type JournaledEvent, journaledAction} from '../journal/journal-actions.js'
import type {IsoTime} from '../time/iso-time.js'
import type {IncidentWords, Spoken} from './incident-words.js'
import type {IncidentEntry, IncidentEvent} from './incident-event.js'
import {correctedTimes} from './corrected-times.js'
import {type IncidentRecord, lateAcknowledgements} from './incident-record.js'

export interface TimelineEntry {
  /** When it happened. */
  readonly at: IsoTime
  readonly enteredAt: IsoTime
  readonly kind: IncidentEvent['kind'] | 'run'
  readonly by: string
  readonly text: string
  readonly runId?: string
}

/** What is entered at once is entered within this. */
const AT_ONCE_MS = 60_000

/** Whether it was entered a while after it happened. */
export function wasEnteredLater({at, enteredAt}: Pick<TimelineEntry, 'at' | 'enteredAt'>): boolean {
  return Date.parse(enteredAt) - Date.parse(at) > AT_ONCE_MS
}

/** The ends of the journal of a run or change. */
export interface SeenRun {
  readonly runId: string
  readonly events: readonly JournaledEvent[]
}

/** From when to when things belong to an incident, in ms since the epoch. */
export function spanOf({facts, entries}: IncidentRecord, now: Date): {readonly start: number; readonly end: number} {
  const begun = [facts.startedAt, facts.detectedAt, facts.openedAt].flatMap((at) =>
    at === null ? [] : [Date.parse(at)],
  )
  const typed = entries.findLast(({kind}) => kind === 'incident.resolved')?.at
  const end =
    facts.resolvedAt === null
      ? now.getTime()
      : Math.max(Date.parse(facts.resolvedAt), Date.parse(typed ?? facts.resolvedAt))
  return {start: Math.min(...begun), end}
}

function textOf(entry: IncidentEntry, words: IncidentWords, spoken: Spoken): string | null {
  const tellers: Readonly<Record<string, ((event: never, spoken: Spoken) => string | null) | undefined>> = words.events
  const text = Object.hasOwn(tellers, entry.kind) && tellers[entry.kind]?.(entry as never, spoken)
  return typeof text === 'string' ? text : null
}

function lineOf(
  entry: IncidentEntry,
  late: ReadonlySet<string>,
  words: IncidentWords,
  spoken: Spoken,
): TimelineEntry | null {
  const isLate = entry.kind === 'incident.acknowledged' && late.has(entry.id)
  const text = isLate ? words.acknowledgedLate(entry.owner) : textOf(entry, words, spoken)
  if (text === null) return null
  const {happenedAt: at, at: enteredAt, kind, by} = entry
  return {at, enteredAt, kind, by, text, ...(entry.kind === 'run.linked' ? {runId: entry.runId} : {})}
}

/** null: it changed nothing, or is another incident's. */
function lineOfRun({runId, events}: SeenRun, incident: string, {run}: IncidentWords): TimelineEntry | null {
  const started = events.find((event) => event.kind === 'run.started')
  if (started?.incident !== undefined && started.incident !== incident) return null
  const action = journaledAction(events)
  if (action === null) return null
  const {at, by, what, verdict, resolvedBy} = action
  return {at, enteredAt: at, kind: 'run', by, text: run(what, verdict, resolvedBy), runId}
}

/** All that happened, in the order in which it did, whenever it was typed, and by what was corrected since. */
export function timelineOf(
  record: IncidentRecord,
  runs: readonly SeenRun[],
  words: IncidentWords,
  spoken: Spoken,
): readonly TimelineEntry[] {
  const late = lateAcknowledgements(record.facts.id, record.entries)
  const corrected = correctedTimes(record.entries, late)
  const own = record.entries.map((entry) => {
    const line = lineOf(entry, late, words, spoken)
    return line === null ? null : {...line, ...corrected.get(entry.id)}
  })
  const seen = runs.map((run) => lineOfRun(run, record.facts.id, words))
  const lines = [...own, ...seen].filter((line) => line !== null)
  return lines.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}
