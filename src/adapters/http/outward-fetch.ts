import type {IncomingMessage} from 'node:http'
import {proxyFor, type ProxyAddress, ProxyFailure, targetOf} from './proxy.js'
import {deadline} from '../deadline/deadline.js'

/** For whoever names no deadline. */
const LONGEST_SECONDS = 30

async function wholeBody(answer: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > most) {
      answer.destroy()
      break
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const MAX_BYTES = 8 * 1024 * 1024
/** Of these a `Response` has no body. */
const BODILESS = [204, 205, 304]

async function through(proxy: ProxyAddress, wanted: Request): Promise<Response> {
  const {openTunnel} = await import('./tunnel.js')
  const url = new URL(wanted.url)
  const body = Buffer.from(await wanted.arrayBuffer())
  const signal = AbortSignal.any([wanted.signal, deadline(LONGEST_SECONDS)])
  const socket = await openTunnel(proxy, targetOf(url), signal)
  const isSecure = url.protocol === 'https:'
  const {request, Agent} = isSecure ? await import('node:https') : await import('node:http')
  const way = isSecure ? {agent: new Agent({socket})} : {createConnection: () => socket}
  return new Promise((resolve, reject) => {
    const headers = {...Object.fromEntries(wanted.headers), 'content-length': String(body.length)}
    const sent = request(url, {...way, method: wanted.method, headers, signal}, (answer) => {
      void wholeBody(answer, MAX_BYTES).then((whole) => {
        const {statusCode: status = 0, headersDistinct} = answer
        const pairs = Object.entries(headersDistinct).flatMap(([name, values]) =>
          (values ?? []).map((value): [string, string] => [name, value]),
        )
        resolve(new Response(BODILESS.includes(status) ? null : new Uint8Array(whole), {status, headers: pairs}))
      }, reject)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/**
 * As `fetch`, but through the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY name, unless NO_PROXY or loopback except the host. Errors are
 * those of `fetch`: a `TypeError` whose cause says why, which is a `ProxyFailure` where it was the proxy.
 */
export const outwardFetch: typeof fetch = async (input, init) => {
  const target = new URL(input instanceof Request ? input.url : input)
  let proxy: ProxyAddress | null
  try {
    proxy = proxyFor(target.protocol, targetOf(target), process.env)
  } catch (error) {
    throw new TypeError('fetch failed', {cause: error})
  }
  if (proxy === null) return fetch(input, init)
  const wanted = new Request(input, init)
  try {
    return await through(proxy, wanted)
  } catch (error) {
    if (wanted.signal.aborted && !(error instanceof ProxyFailure)) throw wanted.signal.reason
    throw new TypeError('fetch failed', {cause: error})
  }
}
