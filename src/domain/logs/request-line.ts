import {durationText} from './duration-field.js'

/** What was asked for, without host and query. */
export function pathOf(target: string): string {
  const scheme = /^[a-z][a-z\d+.-]{0,20}:\/\//i.exec(target)?.[0].length
  if (scheme === undefined) return target.split('?', 1)[0] ?? ''
  const path = target.slice(scheme).search(/[/?#]/)
  return path === -1 ? '/' : pathOf(`/${target.slice(scheme + path).replace(/^\//, '')}`)
}

/** What a line says of a request. */
export interface RequestSaid {
  readonly method: string | null
  readonly path: string | null
  readonly status: number | null
  readonly durationSeconds: number | null
}

export const NO_REQUEST: RequestSaid = {method: null, path: null, status: null, durationSeconds: null}

const METHOD = '(?<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE)'
const TARGET = String.raw`(?<target>\/(?:[^\s"\\]|\\.)*|https?:\/\/[^\s"]+|\*)`
const STATUS = String.raw`(?<status>[1-5]\d\d)`
const SPAN = String.raw`(?<span>\d[\d.,]{0,18} ?(?:ns|us|µs|μs|ms|s))`

/** How long a balancer, what is behind it, and the balancer again took, in seconds. */
const PARTS = String.raw`\d+\.\d{3,6} \d+\.\d{3,6} \d+\.\d{3,6}`

/**
 * The access lines of servers and frameworks. Each is anchored, or begins with a word that is looked for; between words stands what
 * cannot be taken in two ways, so that a line is read in linear time.
 */
const SHAPES: readonly RegExp[] = [
  // AWS: app/shop/1 10.0.0.9:2817 10.0.0.1:80 0.001 0.344 0.000 502 503 34 366 "GET http://… (or no request)
  new RegExp(
    String.raw`^\S+ \S+:\d+ \S+ (?<parts>-1 -1 -1|${PARTS}) (?:${STATUS}|-) (?:\d{3}|-) \d+ \d+ "(?:${METHOD} ${TARGET} |- )`,
  ),
  // CloudFront, between tabs
  new RegExp(
    String.raw`^[A-Z]{3}\d{1,3}\S*\t\d+\t\S+\t${METHOD}\t\S+\t${TARGET}\t${STATUS}\t(?:[^\t]*\t){9}(?<seconds>\d+\.\d{3})\t`,
  ),
  // Gitea, Tornado, Strapi, Ghost, Sanic
  new RegExp(String.raw`"${METHOD} ${TARGET}" ${STATUS} ${SPAN}$`),
  new RegExp(String.raw`^router: completed ${METHOD} ${TARGET} for \S+, ${STATUS} [\w ]{2,40} in ${SPAN} @ `),
  new RegExp(String.raw`^${STATUS} ${METHOD} ${TARGET} \(\S+\) ${SPAN}$`),
  new RegExp(String.raw`^(?:http: )?${METHOD} ${TARGET} \(${SPAN}\) ${STATUS}$`),
  new RegExp(String.raw`^${METHOD} ${TARGET} {2}${STATUS} (?:\d+|-)$`),
  // CouchDB: <0.316.0> a6cf71f94f host peer user GET /cars 200 ok 20
  new RegExp(String.raw`<[\d.]{5,20}> [\da-f]{10} \S+ \S+ \S+ ${METHOD} ${TARGET} ${STATUS} [a-z]+ \d+$`),
  // haproxy httplog: frontend backend/server 0/0/1/2/3 200 … "GET / HTTP/1.1"
  new RegExp(
    String.raw`[\w.~-]\/[\w.<>-]{1,100} -?\d+\/-?\d+\/-?\d+\/-?\d+\/\+?(?<milliseconds>\d+) ${STATUS} \+?\d+ [^"]*"${METHOD} ${TARGET}`,
  ),
  // Envoy: [time] "GET / HTTP/1.1" 200 - 0 2 12 11 "…
  new RegExp(
    String.raw`^\[[^\]]{10,40}\] "${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?" ${STATUS} \S+(?: \S+)? \d+ \d+ (?<milliseconds>\d+) (?:\d+|-) "`,
  ),
  // chi: "GET http://… HTTP/1.1" from 10.0.0.9:1 - 200 2B in 7.7µs
  new RegExp(String.raw`"${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?" from \S+ - ${STATUS} \S+ in ${SPAN}`),
  // Traefik: … 200 2 "-" "curl/8" 17 "router" "http://…" 12ms
  new RegExp(
    String.raw`"${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?" ${STATUS} \S+ "[^"]*" "[^"]*" \d+ "[^"]*" "[^"]*" ${SPAN}$`,
  ),
  // common, combined, and what stands behind them: request time in seconds, of ingress-nginx behind a length
  new RegExp(
    String.raw`"${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?" ${STATUS} \S+ "[^"]*" "[^"]*" (?:\d+ (?=\d+\.\d{3} \[))?"?(?<seconds>\d{1,6}\.(?:\d{3}|\d{6}))"?(?: |$)`,
  ),
  new RegExp(String.raw`"${METHOD} ${TARGET}(?: HTTP\/[\d.]+)? ?" (?:${STATUS}|-)(?: |$)`),
  // gin: | 200 | 19.196µs | 127.0.0.1 | GET "/x"
  new RegExp(String.raw`^\[GIN\] [^|]{10,40}\| ${STATUS} \| +${SPAN} \| +\S+ \| ${METHOD} +"${TARGET}"`),
  // morgan, koa, hono, Next.js: (-->) GET /x (HTTP/1.1) 200 (11 -) 12.000 ms
  new RegExp(
    String.raw`^(?:\S+ - |(?:<--|-->|xxx) )?${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?(?: ${STATUS}(?: in| (?:\d+|-) -)? ${SPAN}(?: |$))`,
  ),
  new RegExp(String.raw`^(?:\S+ - |(?:<--|-->|xxx) )?${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?(?: ${STATUS}(?: |$))`),
  new RegExp(String.raw`^(?:(?:<--|-->|xxx) )?${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?(?: - | |$)`),
  // Rails and Phoenix
  new RegExp(String.raw`^Started ${METHOD} "${TARGET}" for `),
  new RegExp(String.raw`^Completed ${STATUS} [A-Z][\w ]{1,40} in ${SPAN}`),
  new RegExp(String.raw`^Sent ${STATUS} in ${SPAN}$`),
  // PostgreSQL
  new RegExp(String.raw`^duration: ${SPAN}(?:  |$)`),
  // nginx error: request: "GET /x HTTP/1.1", host: …
  new RegExp(String.raw`, request: "${METHOD} ${TARGET}(?: HTTP\/[\d.]+)?"(?:,|$)`),
  // Apache and nginx, when what was asked is no request
  new RegExp(String.raw`^\S+ \S+ \S+ \[[^\]]{20,30}\] "(?:[^"\\]|\\.)*" ${STATUS} (?:\d+|-)(?: |$)`),
  // uWSGI: GET /x => generated 42 bytes in 12 msecs (HTTP/1.1 200)
  new RegExp(
    String.raw`\] ${METHOD} ${TARGET} => generated \d+ bytes in (?<milliseconds>\d+) msecs \(HTTP\/[\d.]+ ${STATUS}\)`,
  ),
  // Squid: 1795144324.118 12 10.0.0.9 TCP_MISS/200 42 GET http://…
  new RegExp(String.raw`^\d{10}\.\d{3} +\d+ \S+ [A-Z_]{3,40}\/${STATUS} \d+ ${METHOD} ${TARGET} `),
  // ASP.NET Core: Request finished HTTP/1.1 GET http://… - 200 42 text/plain 12.3450ms
  new RegExp(
    String.raw`^Request finished HTTP\/[\d.]+ ${METHOD} ${TARGET}(?: \S+ \S+)? - ${STATUS} (?:\d+|-) \S+ ${SPAN}$`,
  ),
  // Fiber 2: 03:12:04 | 200 | 12ms | 127.0.0.1 | GET | /x, and before it [03:12:04] 200 - 12ms GET /x
  new RegExp(String.raw`^\d\d:\d\d:\d\d \| ${STATUS} \| +${SPAN} \| +\S+ \| ${METHOD} +\| ${TARGET}`),
  new RegExp(String.raw`^\[\d\d:\d\d:\d\d\] ${STATUS} - +${SPAN} ${METHOD} +${TARGET}`),
]

/** What may hold one: looked for first, as most lines have none. */
const HINT =
  /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE)\b|^(?:Completed|Sent|duration:) | -1 -1 -1 [1-5-]|\] "(?:-"|\\x)/
/** Read at most: a request line longer than this is nobody's. */
const LONGEST = 8192

/** The parts together; -1 where there was none to answer. */
function total(parts: string): number | null {
  const microseconds = parts.split(' ').map((part) => Math.round(Number(part) * 1e6))
  return parts.startsWith('-') ? null : microseconds.reduce((sum, part) => sum + part, 0) / 1e6
}

function durationIn({milliseconds, seconds, span, parts}: Readonly<Partial<Record<string, string>>>): number | null {
  if (parts !== undefined) return total(parts)
  if (milliseconds !== undefined) return Number(milliseconds) / 1000
  if (seconds !== undefined) return Number(seconds)
  return span === undefined ? null : durationText(span)
}

function requestOf(text: string): RequestSaid | null {
  if (text.length > LONGEST || !HINT.test(text)) return null
  for (const shape of SHAPES) {
    const groups = shape.exec(text)?.groups
    if (groups === undefined) continue
    const {method, target, status} = groups
    return {
      method: method ?? null,
      path: target === undefined ? null : pathOf(target),
      status: status === undefined ? null : Number(status),
      durationSeconds: durationIn(groups),
    }
  }
  return null
}

/** Rails' tags, and who asked, of Sanic. */
const TAGS = /^(?:\[[^[\]]{1,80}\]:? )+/

/** What a line or a message says of a request, as access logs write it. */
export function requestIn(written: string): RequestSaid {
  const tagged = TAGS.exec(written)?.[0].length ?? 0
  return requestOf(written) ?? (tagged === 0 ? null : requestOf(written.slice(tagged))) ?? NO_REQUEST
}
