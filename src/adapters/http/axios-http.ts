import axios from 'axios'
import type {Readable} from 'node:stream'
import {FaciError} from '../../domain/errors.js'
import type {Http, HttpAnswer, HttpRequest} from '../../ports/http.js'
import {bodyText} from './body-text.js'
import {certificateError, hasNoRoute, headersOf, isTimeout, reasonOf, shownUrl} from './client.js'
import {deadline} from '../deadline/deadline.js'

const KEPT_BODY_BYTES = 512 * 1024

async function readStart(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue
    chunks.push(chunk)
    size += chunk.length
    if (size >= KEPT_BODY_BYTES) break
  }
  stream.destroy()
  return Buffer.concat(chunks).subarray(0, KEPT_BODY_BYTES)
}

/** zlib's, of a body that is not what its header says. */
function isUndecodable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:Z_|ERR__ERROR|ERR_BROTLI)/.test(String(error.code))
}

function translated(error: unknown, {url, timeoutSeconds}: HttpRequest, isOver: boolean): FaciError {
  const where = shownUrl(url)
  if (isTimeout(error) || isOver) {
    return new FaciError('timedOut', `${where} did not answer within ${String(timeoutSeconds)} s`)
  }
  if (isUndecodable(error)) {
    return new FaciError('badAnswer', `${where} answered, but its body cannot be decoded as its Content-Encoding says`)
  }
  const reason = `${where} cannot be reached: ${reasonOf(error)}`
  return certificateError(error, url) ?? new FaciError(hasNoRoute(error) ? 'noRoute' : 'unreachable', reason)
}

async function send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer> {
  const started = performance.now()
  const late = deadline(request.timeoutSeconds)
  try {
    const response = await axios.request<Readable>({
      adapter: 'http',
      data: request.body,
      headers: {'User-Agent': 'faci', 'Accept-Encoding': 'identity', ...request.headers},
      maxRedirects: 0,
      method: request.method,
      proxy: false,
      responseType: 'stream',
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
      url: request.url,
      validateStatus: null,
    })
    const bytes = await readStart(response.data)
    const durationSeconds = (performance.now() - started) / 1000
    const headers = headersOf(response)
    return {status: response.status, headers, body: bodyText(bytes, headers['content-type'] ?? ''), durationSeconds}
  } catch (error) {
    if (signal?.aborted === true) throw new FaciError('interrupted', 'interrupted')
    throw translated(error, request, late.aborted)
  }
}

/** The Http port on axios: a total deadline that also covers the body, no redirects, no proxy. */
export function createAxiosHttp(): Http {
  return {send}
}
