import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogSummaryReport} from '../../domain/logs/log-report.js'
import {logSummariser} from '../../domain/logs/log-summary.js'
import type {Result} from '../../domain/result.js'
import {selectKnown} from '../stack/select-containers.js'
import {type LogDeps, type LogQuery, nothingToRead} from './log-query.js'
import {containerScan, needsStamps, scanLog} from './scan-container.js'
import {searchLogs} from './search-logs.js'

/** Counts the entries that match, and the durations of requests among them. All containers at once, in bounded memory. */
export async function summariseLogs(
  deps: LogDeps,
  query: LogQuery,
  signal: AbortSignal = new AbortController().signal,
): Promise<Result<LogSummaryReport>> {
  const summariser = logSummariser()
  const {project, filter, since, until} = query
  const selected = await selectKnown(deps, query)
  const {containers} = selected
  const services = [...new Set(containers.map(({service}) => service))]
  if (query.tail !== undefined) {
    const count = (entries: readonly LogEntry[]): Promise<void> => {
      entries.forEach(summariser.add)
      return Promise.resolve()
    }
    await searchLogs(deps, query, count, signal)
  } else {
    const window = {...(since === undefined ? {} : {since}), ...(until === undefined ? {} : {until})}
    const count = async (container: (typeof containers)[number]): Promise<void> => {
      const stamped = await needsStamps(deps.logs, [container], signal)
      const scan = containerScan(container, filter, stamped)
      const range = {...window, follow: false, stamped}
      for await (const found of scanLog(deps.logs, container, range, scan, signal)) {
        for (const {entry} of found) summariser.add(entry)
      }
    }
    await Promise.all(containers.map(count))
  }
  const data = {project, services, summary: summariser.summary()}
  const missing = nothingToRead(project, selected)
  return missing.length === 0 ? {verdict: 'ok', data} : {verdict: 'unknown', data, warnings: missing}
}
