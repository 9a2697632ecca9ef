import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify'
import type {LogLevel} from '../config.js'
import type {Logger} from '../logging/logger.js'
import {PROBE_ENDPOINTS, UNMATCHED, methodLabel} from '../metrics/endpoints.js'
import type {ServiceMetrics} from '../metrics/service-metrics.js'
import {pathOf} from './problem.js'
import {readUserId} from './request-id.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** The exception behind a 5xx, for its log line. */
    failure: unknown
    /** Each request is counted and logged once, however it ends. */
    recorded: boolean
  }
}

const SLOW_MS = 1000
/** As nginx has it: the client left before the answer. */
const CLIENT_CLOSED_REQUEST = 499

export interface RecordDeps {
  readonly logger: Logger
  readonly metrics: Pick<ServiceMetrics, 'httpRequests' | 'httpDuration'>
}

/** Echoes the request id, and counts, times and logs every request when it ends. */
export function registerRequestRecord(app: FastifyInstance, deps: RecordDeps): void {
  app.decorateRequest('failure', undefined)
  app.decorateRequest('recorded', false)
  app.addHook('onRequest', function watchRequest(request, reply, done) {
    reply.header('x-request-id', request.id)
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) recordRequest(deps, request, reply, CLIENT_CLOSED_REQUEST)
    })
    done()
  })
  app.addHook('onResponse', function recordResponse(request, reply, done) {
    recordRequest(deps, request, reply, reply.statusCode)
    done()
  })
}

export function recordRequest(
  {logger, metrics}: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
): void {
  if (request.recorded) return
  request.recorded = true
  const endpoint = request.routeOptions.url ?? UNMATCHED
  const method = methodLabel(request.method)
  const durationMs = reply.elapsedTime
  metrics.httpRequests.inc({method, endpoint, status: String(status)})
  metrics.httpDuration.observe({method, endpoint}, durationMs / 1000)

  const userId = readUserId(request.body)
  logger[requestLevel(endpoint, status, durationMs)](`${request.method} ${endpoint} ${String(status)}`, {
    request_id: request.id,
    ...(userId !== undefined && {user_id: userId}),
    method: request.method,
    endpoint,
    path: pathOf(request.url),
    status,
    duration_ms: Math.round(durationMs * 1000) / 1000,
    exception: request.failure,
  })
}

/** Production logs from WARNING up: what the guide's log queries look for has to be there. */
export function requestLevel(endpoint: string, status: number, durationMs: number): LogLevel {
  if (status >= 500) return 'error'
  if (status >= 400 || durationMs >= SLOW_MS) return 'warning'
  return PROBE_ENDPOINTS.includes(endpoint) ? 'debug' : 'info'
}
