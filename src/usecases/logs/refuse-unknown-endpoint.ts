import {FaciError} from '../../domain/errors.js'
import {matcherOf} from '../../domain/logs/log-filter.js'
import type {Container} from '../../domain/stack/container.js'
import {correctionOf} from '../../domain/text/did-you-mean.js'
import {lastMatches} from './last-matches.js'
import type {LogDeps, LogQuery} from './log-query.js'

/** How far back one looks for the endpoints that there are. */
const LOOKED_AT = 2000

/**
 * Nothing matched an endpoint: was it misspelt? Throws `notFound`, with the one that was meant, when requests were logged lately and
 * none was for it; without any logged request nothing can be said.
 */
export async function refuseUnknownEndpoint(
  {logs}: LogDeps,
  query: LogQuery,
  containers: readonly Container[],
  reading: {readonly stamped: boolean; readonly signal: AbortSignal},
): Promise<void> {
  const {endpoint} = query.filter
  if (endpoint === undefined) return
  const everything: LogQuery = {project: query.project, services: query.services, filter: {}}
  const ends = await Promise.all(
    containers.map((container) => lastMatches(logs, container, everything, LOOKED_AT, reading)),
  )
  const entries = ends.flat().map(({entry}) => entry)
  const known = [...new Set(entries.flatMap((entry) => entry.endpoint ?? []))]
  if (known.length === 0 || entries.some(matcherOf({endpoint}))) return
  const message = `no request for ${endpoint} is in the last ${String(LOOKED_AT)} log entries: there are ${known.join(', ')}`
  throw new FaciError('notFound', message, {correction: correctionOf(endpoint, known)})
}
