import * as z from 'zod/mini'
import type {HealthExpectation} from '../domain/stack/expected-answer.js'
import {type HealthEndpoint, probeCommand, probeCommandText} from '../domain/stack/health.js'
import {parsedText, seconds, url} from '../formats/yaml/values.js'

interface Address {
  readonly host: string
  readonly port: number
}

const ADDRESS = /^(?:tcp:\/\/)?(?:\[([\da-f:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/i
const LAST_PORT = 65_535

/** `localhost:6379`, `tcp://db:5432`, `[::1]:6379`. */
function readAddress(text: string): Address {
  const [, inBrackets, name, digits] = ADDRESS.exec(text) ?? []
  const port = Number(digits)
  const host = inBrackets ?? name
  if (host !== undefined && port > 0 && port <= LAST_PORT) return {host, port}
  throw new Error('is no address: write host:port')
}

const status = z.int().check(z.minimum(200), z.maximum(599))
const text = z.string().check(z.minLength(1))

const expectation = z.strictObject({
  status: z.optional(z.union([status, z.array(status).check(z.minLength(1))])),
  body: z.optional(text),
  header: z._default(z.record(z.string(), z.string()), {}),
})

/** An entry of `health:`; exactly one of `url`, `tcp` and `exec` says how it is asked. */
export const healthSchema = z
  .strictObject({
    url: z.optional(url),
    tcp: z.optional(parsedText(readAddress)),
    exec: z.optional(z.union([text, z.array(text).check(z.minLength(1))])),
    expect: z.optional(expectation),
    timeout: z._default(seconds, 2),
  })
  .check(({value, issues}) => {
    const ways = [value.url, value.tcp, value.exec].filter((way) => way !== undefined)
    const message =
      ways.length !== 1
        ? 'needs exactly one of url, tcp and exec'
        : value.expect !== undefined && value.url === undefined
          ? 'has an expect, which only a url can have'
          : null
    if (message !== null) issues.push({code: 'custom', path: [], input: value, message})
  })

type Written = z.output<typeof healthSchema>

function toExpectation({status: statuses, body, header}: NonNullable<Written['expect']>): HealthExpectation {
  return {
    statuses: statuses === undefined ? null : [statuses].flat(),
    body: body ?? null,
    headers: Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), value])),
  }
}

/** How an entry is asked, but for its name. */
export function toHealth(written: Written): Omit<HealthEndpoint, 'name'> {
  const {url: address = '', tcp, exec, expect, timeout: timeoutSeconds} = written
  if (tcp !== undefined) {
    const host = tcp.host.includes(':') ? `[${tcp.host}]` : tcp.host
    return {url: `tcp://${host}:${String(tcp.port)}`, timeoutSeconds, probe: {kind: 'tcp', ...tcp}}
  }
  if (exec !== undefined) {
    const command = probeCommand(exec)
    return {url: `exec: ${probeCommandText(command)}`, timeoutSeconds, probe: {kind: 'exec', command}}
  }
  return expect === undefined
    ? {url: address, timeoutSeconds}
    : {url: address, timeoutSeconds, probe: {kind: 'http', expect: toExpectation(expect)}}
}
