import type {LogSearch} from '../../domain/logs/log-report.js'
import type {Result} from '../../domain/result.js'
import type {Container} from '../../domain/stack/container.js'
import type {LogSource} from '../../ports/log-source.js'
import {selectKnown} from '../stack/select-containers.js'
import {lastMatches} from './last-matches.js'
import {type LogDeps, type LogQuery, type LogSink, nothingToRead} from './log-query.js'
import {whyNothing} from './look-again.js'
import {mergeByTime} from './merge-by-time.js'
import {partialLogs} from './partial-logs.js'
import {refuseUnknownEndpoint} from './refuse-unknown-endpoint.js'
import {containerScan, type FoundEntry, needsStamps, scanLog} from './scan-container.js'

function byOrder(first: FoundEntry, second: FoundEntry): number {
  if (first.order === second.order) return 0
  return first.order < second.order ? -1 : 1
}

async function* searchEnd(
  logs: LogSource,
  query: LogQuery,
  containers: readonly Container[],
  count: number,
  reading: {readonly stamped: boolean; readonly signal: AbortSignal},
): AsyncGenerator<readonly FoundEntry[]> {
  const ends = await Promise.all(containers.map((container) => lastMatches(logs, container, query, count, reading)))
  yield ends.flat().sort(byOrder).slice(-count)
}

function searchAll(
  logs: LogSource,
  query: LogQuery,
  containers: readonly Container[],
  {stamped, signal}: {readonly stamped: boolean; readonly signal: AbortSignal},
): AsyncGenerator<readonly FoundEntry[]> {
  const {since, until} = query
  const range = {
    ...(since === undefined ? {} : {since}),
    ...(until === undefined ? {} : {until}),
    follow: false,
    stamped,
  }
  return mergeByTime(
    containers.map((container) => scanLog(logs, container, range, containerScan(container, query, stamped), signal)),
  )
}

/**
 * Finds the entries that match in the logs as they are now, of several containers merged by time. Memory does not grow with the logs:
 * matches go to the sink as they are found, or with `tail` only the last ones are kept. Throws `notFound` for an
 * unknown service or endpoint; where one that was asked for has no container, or a log cannot be read, the answer is `unknown`.
 */
export async function searchLogs(
  deps: LogDeps,
  query: LogQuery,
  sink: LogSink,
  signal: AbortSignal = new AbortController().signal,
): Promise<Result<LogSearch>> {
  const selected = await selectKnown(deps, query)
  const {containers} = selected
  const missing = nothingToRead(query.project, selected)
  const services = [...new Set(containers.map(({service}) => service))]
  const search = {project: query.project, services, containers: containers.length}
  if (containers.length === 0) {
    return {verdict: 'unknown', data: {...search, matched: 0, examined: null}, warnings: missing}
  }
  const logs = partialLogs(deps.logs)
  const reading = {stamped: await needsStamps(logs, containers, signal), signal}
  const batches =
    query.tail === undefined
      ? searchAll(logs, query, containers, reading)
      : searchEnd(logs, query, containers, query.tail, reading)
  let matched = 0
  for await (const batch of batches) {
    matched += batch.length
    await sink(batch.map(({entry}) => entry))
  }
  const unread = signal.aborted ? [] : logs.unread(containers)
  const nothing = await whyNothing(logs, query, containers, {...reading, matched})
  refuseUnknownEndpoint(query.filter.endpoint, nothing.entries)
  const verdict = missing.length + unread.length === 0 ? 'ok' : 'unknown'
  const data = {...search, matched, examined: nothing.examined}
  return {verdict, data, warnings: [...missing, ...unread, ...nothing.warnings]}
}
