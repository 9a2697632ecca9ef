import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogSummaryReport} from '../../domain/logs/log-report.js'
import {logSummariser} from '../../domain/logs/log-summary.js'
import type {Result} from '../../domain/result.js'
import type {Container} from '../../domain/stack/container.js'
import type {LogSource} from '../../ports/log-source.js'
import {selectKnown} from '../stack/select-containers.js'
import {type LogDeps, type LogQuery, type LogSink, nothingToRead} from './log-query.js'
import {whyNothing} from './look-again.js'
import {partialLogs} from './partial-logs.js'
import {containerScan, needsStamps, scanLog} from './scan-container.js'
import {searchLogs} from './search-logs.js'

function collector(add: (entry: LogEntry) => void): LogSink {
  return (entries) => {
    entries.forEach(add)
    return Promise.resolve()
  }
}

async function addAll(
  logs: LogSource,
  query: LogQuery,
  containers: readonly Container[],
  add: (entry: LogEntry) => void,
  signal: AbortSignal,
): Promise<void> {
  const {since, until} = query
  const window = {...(since === undefined ? {} : {since}), ...(until === undefined ? {} : {until})}
  const count = async (container: Container): Promise<void> => {
    const stamped = await needsStamps(logs, [container], signal)
    const scan = containerScan(container, query, stamped)
    for await (const found of scanLog(logs, container, {...window, follow: false, stamped}, scan, signal)) {
      for (const {entry} of found) add(entry)
    }
  }
  await Promise.all(containers.map(count))
}

/** Counts the entries that match, and the durations of requests among them. All containers at once, in bounded memory. */
export async function summariseLogs(
  deps: LogDeps,
  query: LogQuery,
  signal: AbortSignal = new AbortController().signal,
): Promise<Result<LogSummaryReport>> {
  const summariser = logSummariser()
  const {project} = query
  const selected = await selectKnown(deps, query)
  const {containers} = selected
  const services = [...new Set(containers.map(({service}) => service))]
  const logs = partialLogs(deps.logs)
  if (query.tail === undefined) await addAll(logs, query, containers, summariser.add, signal)
  else await searchLogs({...deps, logs}, query, collector(summariser.add), signal)
  const unread = containers.length === 0 || signal.aborted ? [] : logs.unread(containers)
  const summary = summariser.summary()
  const nothing = await whyNothing(logs, query, containers, {matched: summary.entries, stamped: true, signal})
  const data = {project, services, summary, examined: nothing.examined}
  const missing = [...nothingToRead(project, selected), ...unread]
  const warnings = [...missing, ...nothing.warnings]
  const verdict = missing.length === 0 ? 'ok' : 'unknown'
  return warnings.length === 0 ? {verdict, data} : {verdict, data, warnings}
}
