import {FaciError} from '../../domain/errors.js'
import type {LogEntry} from '../../domain/logs/log-entry.js'
import {matcherOf} from '../../domain/logs/log-filter.js'
import {correctionOf} from '../../domain/text/did-you-mean.js'
import {LOOKED_AT} from './look-again.js'

/**
 * Nothing matched an endpoint: was it misspelt? Throws `notFound`, with the one that was meant, when requests were logged lately and
 * none was for it; without any logged request nothing can be said.
 */
export function refuseUnknownEndpoint(endpoint: string | undefined, entries: readonly LogEntry[]): void {
  if (endpoint === undefined) return
  const known = [...new Set(entries.flatMap((entry) => entry.endpoint ?? []))]
  if (known.length === 0 || entries.some(matcherOf({endpoint}))) return
  const message = `no request for ${endpoint} is in the last ${String(LOOKED_AT)} log entries: there are ${known.join(', ')}`
  throw new FaciError('notFound', message, {correction: correctionOf(endpoint, known)})
}
