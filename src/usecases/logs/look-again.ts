import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogFilter} from '../../domain/logs/log-filter.js'
import type {LookedAt} from '../../domain/logs/log-report.js'
import type {Container} from '../../domain/stack/container.js'
import type {LogSource} from '../../ports/log-source.js'
import {lastMatches} from './last-matches.js'
import type {LogQuery} from './log-query.js'

/** How far back one looks at what there is, of each container. */
export const LOOKED_AT = 2000

/** The last entries of each container within the window, whatever was looked for. */
async function lookAgain(
  logs: LogSource,
  query: LogQuery,
  containers: readonly Container[],
  reading: {readonly stamped: boolean; readonly signal: AbortSignal},
): Promise<readonly LogEntry[]> {
  const everything: LogQuery = {...query, filter: {}}
  const ends = await Promise.all(
    containers.map((container) => lastMatches(logs, container, everything, LOOKED_AT, reading)),
  )
  return ends.flat().map(({entry}) => entry)
}

/** How much of them is understood. */
function examined(entries: readonly LogEntry[]): LookedAt {
  const without = (field: 'level' | 'status' | 'durationSeconds'): number =>
    entries.filter((entry) => entry[field] === null).length
  return {
    entries: entries.length,
    lines: entries.reduce((sum, {raw}) => sum + raw.split('\n').length, 0),
    withoutLevel: without('level'),
    withoutStatus: without('status'),
    withoutDuration: without('durationSeconds'),
  }
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`
}

/** Says why nothing may have matched: what was looked for is not said by the lines, or not understood. */
function nothingMatches({minimumLevel, statuses, slowSeconds}: LogFilter, looked: LookedAt): string {
  const {entries, lines, withoutLevel, withoutStatus, withoutDuration} = looked
  if (entries === 0) return 'no log entry matches: nothing was logged'
  const asked = [
    {by: minimumLevel, without: withoutLevel, what: 'a level that is understood', most: 0},
    {by: statuses, without: withoutStatus, what: 'a status', most: entries - 1},
    {by: slowSeconds, without: withoutDuration, what: 'a duration', most: entries - 1},
  ].filter(({by}) => by !== undefined)
  const looks = `${counted(lines, 'line')} in ${counted(entries, 'entry', 'entries')} looked at`
  const parts = [
    looks,
    ...asked.flatMap(({without, what}) => (without === 0 ? [] : `${String(without)} without ${what}`)),
  ]
  const isDoubtful = asked.some(({without, most}) => without > most)
  const next = isDoubtful ? ' → say under logs: in faci.yml what its keys are' : ''
  return `no log entry matches: ${parts.join(', ')}${next}`
}

/** Looked at where nothing matched, and what is to be said of it. */
export interface Nothing {
  readonly entries: readonly LogEntry[]
  readonly examined: LookedAt | null
  readonly warnings: readonly string[]
}

/** Nothing to say: something matched, or nobody waits for the answer any more. */
const SOMETHING: Nothing = {entries: [], examined: null, warnings: []}

/** Looks again at what there is when nothing matched. */
export async function whyNothing(
  logs: LogSource,
  query: LogQuery,
  containers: readonly Container[],
  {matched, ...reading}: {readonly matched: number; readonly stamped: boolean; readonly signal: AbortSignal},
): Promise<Nothing> {
  if (matched > 0 || containers.length === 0 || reading.signal.aborted) return SOMETHING
  const entries = await lookAgain(logs, query, containers, reading)
  const looked = examined(entries)
  return {entries, examined: looked, warnings: [nothingMatches(query.filter, looked)]}
}
