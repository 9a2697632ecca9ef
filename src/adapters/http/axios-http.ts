import axios from 'axios'
import type {Readable} from 'node:stream'
import {FaciError} from '../../domain/errors.js'
import type {Http, HttpAnswer, HttpRequest} from '../../ports/http.js'
import {certificateError, hasNoRoute, headersOf, isTimeout, reasonOf, shownUrl} from './client.js'
import {deadline} from '../deadline/deadline.js'

const KEPT_BODY_BYTES = 512 * 1024

async function readStart(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue
    chunks.push(chunk)
    size += chunk.length
    if (size >= KEPT_BODY_BYTES) break
  }
  stream.destroy()
  return Buffer.concat(chunks).subarray(0, KEPT_BODY_BYTES).toString('utf8')
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
    const body = await readStart(response.data)
    const durationSeconds = (performance.now() - started) / 1000
    return {status: response.status, headers: headersOf(response), body, durationSeconds}
  } catch (error) {
    if (signal?.aborted === true) throw new FaciError('interrupted', 'interrupted')
    const where = shownUrl(request.url)
    if (isTimeout(error) || late.aborted) {
      throw new FaciError('timedOut', `${where} did not answer within ${String(request.timeoutSeconds)} s`)
    }
    const untrusted = certificateError(error, request.url)
    if (untrusted !== null) throw untrusted
    throw new FaciError(hasNoRoute(error) ? 'noRoute' : 'unreachable', `${where} cannot be reached: ${reasonOf(error)}`)
  }
}

/** The Http port on axios: a total deadline that also covers the body, no redirects, no proxy. */
export function createAxiosHttp(): Http {
  return {send}
}
