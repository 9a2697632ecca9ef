import {candidatePattern} from '../../domain/logs/candidate-pattern.js'
import {entryScanner, type RawEntry} from '../../domain/logs/entry-scanner.js'
import type {LogEntry} from '../../domain/logs/log-entry.js'
import {matcherOf} from '../../domain/logs/log-filter.js'
import {parseEntry} from '../../domain/logs/parse-entry.js'
import type {Container} from '../../domain/stack/container.js'
import type {LogRange, LogSource} from '../../ports/log-source.js'
import type {LogQuery} from './log-query.js'

export interface FoundEntry {
  readonly entry: LogEntry
  /** Sorts entries of several containers by time; never falls within one container. */
  readonly order: string
}

/** Turns the bytes of one container's log into the entries that match. */
export interface ContainerScan {
  /** What an entry that matches contains somewhere; null: every entry has to be read. */
  readonly candidates: RegExp | null
  readonly push: (chunk: Buffer) => readonly FoundEntry[]
  readonly flush: () => readonly FoundEntry[]
  readonly end: () => readonly FoundEntry[]
}

export function containerScan(
  container: Container,
  {filter, rules}: Pick<LogQuery, 'filter' | 'rules'>,
  stamped: boolean,
): ContainerScan {
  const own = rules?.[container.service]
  const candidates = candidatePattern(filter, own)
  const scanner = entryScanner({candidates, stamped})
  const matches = matcherOf(filter)
  let latest = ''
  const understand = (found: readonly RawEntry[]): readonly FoundEntry[] =>
    found.flatMap((raw) => {
      const entry = parseEntry(raw, container, own)
      if (!matches(entry)) return []
      const order = raw.stamp ?? entry.at ?? latest
      if (order > latest) latest = order
      return [{entry, order: latest}]
    })
  return {
    candidates,
    push: (chunk) => understand(scanner.push(chunk)),
    flush: () => understand(scanner.flush()),
    end: () => understand(scanner.end()),
  }
}

/** The entries of a log that ends, in batches. */
export async function* scanLog(
  logs: LogSource,
  container: Container,
  range: LogRange,
  scan: ContainerScan,
  signal: AbortSignal,
): AsyncGenerator<readonly FoundEntry[]> {
  for await (const chunk of logs.read(container, {...range, wanted: scan.candidates ?? undefined}, signal)) {
    const found = scan.push(chunk)
    if (found.length > 0) yield found
  }
  const rest = scan.end()
  if (rest.length > 0) yield rest
}

/**
 * Whether the engine's times are needed: to merge several logs, or because the lines have none of their own. One log of JSON lines
 * is read a tenth faster without.
 */
export async function needsStamps(
  logs: LogSource,
  containers: readonly Container[],
  signal: AbortSignal,
): Promise<boolean> {
  const [only, ...others] = containers
  if (only === undefined) return false
  if (others.length > 0) return true
  for await (const chunk of logs.read(only, {tail: 1, follow: false}, signal)) return chunk[0] !== '{'.charCodeAt(0)
  return false
}
