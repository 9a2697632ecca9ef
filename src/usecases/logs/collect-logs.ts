import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogCollection} from '../../domain/logs/log-report.js'
import type {Result} from '../../domain/result.js'
import type {LogDeps, LogQuery} from './log-query.js'
import {searchLogs} from './search-logs.js'

/** Collected when the query names no `tail`. */
const DEFAULT_TAIL = 1000

/** The last entries that match, in one answer: for JSON, and for runbooks. */
export async function collectLogs(
  deps: LogDeps,
  query: LogQuery,
  signal?: AbortSignal,
): Promise<Result<LogCollection>> {
  const entries: LogEntry[] = []
  const tail = query.tail ?? DEFAULT_TAIL
  const collect = (found: readonly LogEntry[]): Promise<void> => {
    for (const entry of found) entries.push(entry)
    return Promise.resolve()
  }
  const result = await searchLogs(deps, {...query, tail}, collect, signal)
  const isCut = query.tail === undefined && entries.length === DEFAULT_TAIL
  const cut = isCut
    ? [`only the last ${String(DEFAULT_TAIL)} entries: --tail N for more, --output json for all, one a line`]
    : []
  return {...result, data: {...result.data, entries}, warnings: [...(result.warnings ?? []), ...cut]}
}
