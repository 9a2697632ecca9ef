import axios from 'axios'
import type {Readable} from 'node:stream'
import type {CertificateProblem} from '../../domain/stack/certificate-error.js'
import {proxyFor, ProxyFailure, targetOf} from './proxy.js'
import {certificateError, headersOf, isTimeout} from './client.js'
import {deadline} from '../deadline/deadline.js'

export interface PostRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutSeconds: number
}

/** What is known of a request once it is over. Nothing of the library's errors but their codes: their messages hold URLs. */
export type Posted =
  | {readonly kind: 'answered'; readonly status: number; readonly headers: Readonly<Record<string, string>>}
  /** It may have arrived. */
  | {readonly kind: 'timedOut'}
  | {readonly kind: 'untrusted'; readonly problem: CertificateProblem}
  /** Nothing was sent: no way led through the proxy. */
  | {readonly kind: 'viaProxy'; readonly failure: ProxyFailure}
  /** `wasSent`: a connection came about, so that it may have arrived. */
  | {readonly kind: 'broken'; readonly code: string | null; readonly wasSent: boolean}

/** Errors of a connection that never came about. */
const NEVER_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
])

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : null
}

function unanswered(error: unknown, url: string): Posted {
  const untrusted = certificateError(error, url)
  if (untrusted !== null) return {kind: 'untrusted', problem: untrusted.fault.problem}
  const code = codeOf(error)
  return {kind: 'broken', code, wasSent: code === null || !NEVER_SENT.has(code)}
}

/** Through a proxy, where a variable names one for it. */
async function wayTo(url: URL, late: AbortSignal): Promise<{readonly httpsAgent?: object}> {
  const proxy = url.protocol === 'https:' ? proxyFor(url.protocol, targetOf(url), process.env) : null
  if (proxy === null) return {}
  const [{openTunnel}, {Agent}] = await Promise.all([import('./tunnel.js'), import('node:https')])
  return {httpsAgent: new Agent({socket: await openTunnel(proxy, targetOf(url), late)})}
}

/** Posts once: no redirect is followed, no answer is read, and all of it has a deadline. Never throws for a request that failed. */
export async function postOnce({url, headers, body, timeoutSeconds}: PostRequest): Promise<Posted> {
  const late = deadline(timeoutSeconds)
  try {
    const way = await wayTo(new URL(url), late)
    const response = await axios.request<Readable>({
      ...way,
      ...{adapter: 'http', method: 'POST', url, data: body, signal: late},
      headers: {'User-Agent': 'faci', 'Accept-Encoding': 'identity', ...headers},
      ...{maxRedirects: 0, proxy: false, responseType: 'stream', validateStatus: null},
    })
    response.data.destroy()
    return {kind: 'answered', status: response.status, headers: headersOf(response)}
  } catch (error) {
    if (error instanceof ProxyFailure) return {kind: 'viaProxy', failure: error}
    return late.aborted || isTimeout(error) ? {kind: 'timedOut'} : unanswered(error, url)
  }
}
