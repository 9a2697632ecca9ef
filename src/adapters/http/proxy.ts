import type {CallFailure, ProxyProblem} from '../../domain/notices/undelivered.js'

/** Of this process; lower case wins, as with curl. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>

export interface ProxyAddress {
  /** `http:` or `https:`. */
  readonly protocol: string
  readonly host: string
  readonly port: number
  /** Base64, for Basic; null: none. */
  readonly credentials: string | null
  /** As it may be shown: without user and password. */
  readonly shown: string
}

/** No connection came about, and it was the proxy: the other side has not seen a byte. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure'
  readonly proxy: string
  readonly problem: ProxyProblem
  readonly code: string | null

  /** `code`: the status that it refused with, or the code of the system. */
  constructor(proxy: string, problem: ProxyProblem, code: string | null = null) {
    super(`the proxy ${proxy}: ${problem}`)
    this.proxy = proxy
    this.problem = problem
    this.code = code
  }
}

/** Why an error came about, where it was the proxy; null: it was not. */
export function proxyFailure(error: unknown, service: string): Extract<CallFailure, {why: 'viaProxy'}> | null {
  const own = error instanceof Error && !(error instanceof ProxyFailure) ? error.cause : error
  if (!(own instanceof ProxyFailure)) return null
  const {proxy, problem, code} = own
  return {why: 'viaProxy', service, proxy, problem, code}
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|::1)$/i
const PORTS: Readonly<Record<string, number>> = {'http:': 80, 'https:': 443}

function valueOf(variables: ProxyVariables, name: string): string | null {
  const value = (variables[name.toLowerCase()] ?? variables[name])?.trim()
  return value === undefined || value === '' ? null : value
}

/** An entry of NO_PROXY: `*`, `example.com` (and all below it), `.example.com`, `10.0.0.7`, each with a port or without. */
function excepts(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  const [, name = '', only] =
    /^\[?(.*?)\]?(?::(\d{1,5}))?$/.exec(/^[\da-f:]+$/i.test(entry) ? `[${entry}]` : entry) ?? []
  if (only !== undefined && only !== port) return false
  const domain = name.replace(/^\*?\./, '').toLowerCase()
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`))
}

function isExcepted(variables: ProxyVariables, host: string, port: string): boolean {
  const entries = (valueOf(variables, 'NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  return LOOPBACK.test(host) || entries.some((entry) => excepts(entry, host, port))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Throws `ProxyFailure` for what is no `http://HOST:PORT`. */
function addressOf(text: string, name: string): ProxyAddress {
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(written) ? new URL(written) : null
  const usual = PORTS[url?.protocol ?? '']
  if (url === null || usual === undefined || url.hostname === '') throw new ProxyFailure(name, 'unfit')
  const login = `${decoded(url.username)}:${decoded(url.password)}`
  return {
    protocol: url.protocol,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? usual : Number(url.port),
    credentials: login === ':' ? null : Buffer.from(login).toString('base64'),
    shown: `${url.protocol}//${url.host}`,
  }
}

export interface ProxiedTarget {
  readonly host: string
  readonly port: number
}

/** By which variables: those of its scheme, then that of all. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'https:': ['HTTPS_PROXY', 'ALL_PROXY'],
  'http:': ['HTTP_PROXY', 'ALL_PROXY'],
  'smtp:': ['ALL_PROXY'],
}

/** The proxy by which a host is reached; null: directly, as is what is on this machine. Throws `ProxyFailure`. */
export function proxyFor(scheme: string, {host, port}: ProxiedTarget, variables: ProxyVariables): ProxyAddress | null {
  if (isExcepted(variables, host.toLowerCase(), String(port))) return null
  for (const name of NAMES[scheme] ?? []) {
    const value = valueOf(variables, name)
    if (value !== null) return addressOf(value, name)
  }
  return null
}

/** Where a URL leads. */
export function targetOf(url: URL): ProxiedTarget {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return {host, port: url.port === '' ? (PORTS[url.protocol] ?? 443) : Number(url.port)}
}
