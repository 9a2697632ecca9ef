import {randomUUID} from 'node:crypto'
import {STATUS_CODES} from 'node:http'
import type {Socket} from 'node:net'
import type {FastifyReply, FastifyRequest} from 'fastify'
import {UNMATCHED} from '../metrics/endpoints.js'
import {answerWithProblem} from './error-handler.js'
import {PROBLEM_MEDIA_TYPE, buildProblem} from './problem.js'
import type {RecordDeps} from './request-record.js'
import {recordRequest} from './request-record.js'

/** Answers what fails before any route or hook sees it, as a URL with a broken escape. */
export function answerFrameworkError(
  deps: RecordDeps,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void reply.header('x-request-id', request.id)
  void answerWithProblem(error, request, reply)
  recordRequest(deps, request, reply, reply.statusCode)
}

const STATUS_OF_CODE: Readonly<Record<string, number>> = {HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408}

/** Answers on the bare socket what Node could not read as HTTP. */
export function answerUnreadable({logger, metrics}: RecordDeps, error: Error & {code?: string}, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = STATUS_OF_CODE[error.code ?? ''] ?? 400
  const requestId = randomUUID()
  const body = JSON.stringify(buildProblem({status, detail: 'The request could not be read as HTTP'}, '/', requestId))
  metrics.httpRequests.inc({method: 'OTHER', endpoint: UNMATCHED, status: String(status)})
  logger.warning('unreadable request', {request_id: requestId, status, reason: error.code ?? error.message})
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
