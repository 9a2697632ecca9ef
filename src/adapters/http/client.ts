import axios, {type AxiosInstance, type AxiosResponse} from 'axios'
import {Agent as HttpAgent} from 'node:http'
import type {Readable} from 'node:stream'
import {FaciError} from '../../domain/errors.js'
import {CertificateError, type CertificateProblem} from '../../domain/stack/certificate-error.js'
import {readWhole, TooLarge} from './answer-body.js'
import {CERTIFICATE_PROBLEMS} from './certificate-problems.js'
import {deadline} from '../deadline/deadline.js'

export interface ClientOptions {
  readonly baseUrl: string
  /** What it is, for messages: `Prometheus`. */
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly suggestions: readonly string[]
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON, or the text when it is not JSON. */
  readonly body: unknown
}

/** Of one request: another deadline, and what interrupts it. */
export interface RequestLimits {
  readonly timeoutSeconds?: number
  readonly signal?: AbortSignal
}

/** JSON over HTTP to one backend: a total deadline, no redirects, no proxy; any status is an answer. */
export interface Client {
  readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<Answer>
  readonly postForm: (path: string, form: Readonly<Record<string, string>>, limits?: RequestLimits) => Promise<Answer>
  readonly postJson: (path: string, body: unknown) => Promise<Answer>
  readonly remove: (path: string) => Promise<Answer>
}

/** A URL as it may be shown: without user, password, query and fragment. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^@/]*@/, '//')
  const {protocol, host, pathname} = new URL(url)
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'unknown host',
  EAI_AGAIN: 'host name lookup failed',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENETDOWN: 'network down',
  EPIPE: 'connection closed',
}

const CERTIFICATE_REASONS: Readonly<Record<CertificateProblem, string>> = {
  expired: 'its certificate has expired',
  notYetValid: 'its certificate is not valid yet',
  revoked: 'its certificate has been revoked',
  selfSigned: 'its certificate is self-signed',
  unknownIssuer: 'its certificate is from an unknown issuer',
  wrongName: 'its certificate is for another host',
  noTls: 'it does not speak TLS',
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined
}

const MOST_NAMES = 3
const LONGEST_NAME = 100

/** The hosts of a certificate: `DNS:a.example, IP Address:10.0.0.1`. */
function namesOf(error: unknown): readonly string[] {
  const names = propertyOf(propertyOf(error, 'cert'), 'subjectaltname')
  if (typeof names !== 'string') return []
  const all = names.split(', ').map((name) => name.replace(/^[^:]*:/, '').slice(0, LONGEST_NAME))
  return all.slice(0, MOST_NAMES)
}

/** The reason, where it is a certificate that is not believed; null for any other. */
export function certificateError(error: unknown, url: string): CertificateError | null {
  const problem = CERTIFICATE_PROBLEMS[String(propertyOf(error, 'code'))]
  if (problem === undefined) return null
  const where = shownUrl(url)
  const names = problem === 'wrongName' ? namesOf(propertyOf(error, 'cause') ?? error) : []
  return new CertificateError(`${where} cannot be reached: ${reasonOf(error)}`, {problem, url: where, names})
}

const NO_ROUTE: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN']

/** True when this machine found no way to the other one. */
export function hasNoRoute(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_ROUTE.includes(String(error.code))
}

/** Why a request got no answer, without anything of the library's error but its code. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer'
  const problem = CERTIFICATE_PROBLEMS[code]
  return problem === undefined ? (REASONS[code] ?? code) : CERTIFICATE_REASONS[problem]
}

/** True when the deadline, not the network, ended the request. */
export function isTimeout(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return axios.isCancel(error) || code === 'ECONNABORTED' || code === 'ETIMEDOUT'
}

/** Header names in lower case. */
export function headersOf({headers}: AxiosResponse): Readonly<Record<string, string>> {
  const entries = Object.entries(headers as Readonly<Record<string, unknown>>)
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function translate(error: unknown, {name, baseUrl, timeoutSeconds, suggestions}: ClientOptions): FaciError {
  const where = `${name} at ${shownUrl(baseUrl)}`
  if (error instanceof TooLarge) {
    return new FaciError('badAnswer', `${where} answered with ${error.message}: ask for less of it`, {
      suggestions: [
        'select fewer series or aggregate them: topk(20, …), sum by (label) (…)',
        'a shorter range, or a larger step',
      ],
    })
  }
  if (isTimeout(error)) {
    return new FaciError('timedOut', `${where} did not answer within ${String(timeoutSeconds)} s`, {suggestions})
  }
  return new FaciError('unreachable', `${where} cannot be reached: ${reasonOf(error)}`, {suggestions})
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export function createClient(options: ClientOptions): Client {
  const instance: AxiosInstance = axios.create({
    adapter: 'http',
    baseURL: options.baseUrl.replace(/(?<!\/)\/+$/, ''),
    // Not compressed: unpacking a few KiB takes longer than sending them over a nearby network.
    headers: {...options.headers, 'User-Agent': 'faci', Accept: 'application/json', 'Accept-Encoding': 'identity'},
    httpAgent: new HttpAgent({keepAlive: true}),
    maxRedirects: 0,
    proxy: false,
    responseType: 'stream',
    validateStatus: null,
  })
  const ask = async (
    request: (signal: AbortSignal) => Promise<AxiosResponse<Readable>>,
    {timeoutSeconds = options.timeoutSeconds, signal}: RequestLimits = {},
  ): Promise<Answer> => {
    const late = deadline(timeoutSeconds)
    try {
      const response = await request(signal === undefined ? late : AbortSignal.any([late, signal]))
      const body = await readWhole(response.data, bodyOf)
      return {status: response.status, headers: headersOf(response), body}
    } catch (error) {
      if (signal?.aborted === true) throw new FaciError('interrupted', 'interrupted')
      throw translate(error, {...options, timeoutSeconds})
    }
  }
  return {
    get: (path, query = {}) => ask((signal) => instance.get<Readable>(path, {params: query, signal})),
    postForm: (path, form, limits) =>
      ask((signal) => instance.post<Readable>(path, new URLSearchParams(form).toString(), {signal}), limits),
    postJson: (path, body) => ask((signal) => instance.post<Readable>(path, body, {signal})),
    remove: (path) => ask((signal) => instance.delete<Readable>(path, {signal})),
  }
}
