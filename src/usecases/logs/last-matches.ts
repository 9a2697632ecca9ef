import type {Container} from '../../domain/stack/container.js'
import type {LogRange, LogSource} from '../../ports/log-source.js'
import {type ContainerScan, containerScan, type FoundEntry} from './scan-container.js'
import type {LogQuery} from './log-query.js'

const FIRST_LINES = 2000
const LINES_PER_ENTRY = 4
const GROWTH = 8
/** Half a gigabyte of lines: whoever has more is read from the start. */
const MOST_LINES = 2_000_000

const NEWLINE = 0x0a

function countLines(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}

/** Keeps the last `count`, dropping older ones now and then rather than one by one. */
function keepLast(kept: FoundEntry[], found: readonly FoundEntry[], count: number): void {
  for (const entry of found) kept.push(entry)
  if (kept.length > 2 * count + FIRST_LINES) kept.splice(0, kept.length - count - 1)
}

async function readEnd(
  logs: LogSource,
  container: Container,
  range: LogRange,
  scan: ContainerScan,
  count: number,
  signal: AbortSignal,
): Promise<{readonly kept: readonly FoundEntry[]; readonly lines: number}> {
  const kept: FoundEntry[] = []
  let lines = 0
  for await (const chunk of logs.read(container, range, signal)) {
    if (range.tail !== undefined) lines += countLines(chunk)
    keepLast(kept, scan.push(chunk), count)
  }
  keepLast(kept, scan.end(), count)
  return {kept, lines}
}

/**
 * The last `count` entries of a container that match. Reads the end of the log first and further back only while that holds too few, so
 * that a recent match in a long log is found at once, and no more is read in vain than an eighth of what is needed. The first entry of a part may be cut, so one more than asked for is wanted.
 */
export async function lastMatches(
  logs: LogSource,
  container: Container,
  query: LogQuery,
  count: number,
  {stamped, signal}: {readonly stamped: boolean; readonly signal: AbortSignal},
): Promise<readonly FoundEntry[]> {
  const {since, until} = query
  const window = {...(since === undefined ? {} : {since}), ...(until === undefined ? {} : {until})}
  const first = Math.max(FIRST_LINES, count * LINES_PER_ENTRY)
  // The engine takes the last lines first and then drops those after `until`.
  const most = until === undefined ? Math.max(first, MOST_LINES) : 0
  for (let tail = first; tail <= most; tail *= GROWTH) {
    const scan = containerScan(container, query, stamped)
    const {kept, lines} = await readEnd(logs, container, {...window, tail, follow: false, stamped}, scan, count, signal)
    if (kept.length > count || lines < tail) return kept.slice(-count)
  }
  const scan = containerScan(container, query, stamped)
  const {kept} = await readEnd(logs, container, {...window, follow: false, stamped}, scan, count, signal)
  return kept.slice(-count)
}
