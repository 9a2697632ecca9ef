import type {Socket} from 'node:net'
import {type ProxyAddress, proxyFor, ProxyFailure} from '../../http/proxy.js'
import type {SmtpServer} from './smtp-server.js'
import {deadline} from '../../deadline/deadline.js'

type Done = (error: Error | null, way?: {readonly connection: Socket}) => void

async function open(proxy: ProxyAddress, server: SmtpServer, silenceMs: number): Promise<Socket> {
  const {openTunnel} = await import('../../http/tunnel.js')
  return openTunnel(proxy, server, deadline(silenceMs / 1000))
}

function proxyOf(server: SmtpServer): ProxyAddress | ProxyFailure | null {
  try {
    return proxyFor('smtp:', server, process.env)
  } catch (error) {
    if (error instanceof ProxyFailure) return error
    throw error
  }
}

/** How the mail library gets through the proxy that ALL_PROXY names, as others let only web ports through; null: directly. */
export function mailProxy(
  server: SmtpServer,
  silenceMs: number,
): ((proxy: unknown, options: unknown, done: Done) => void) | null {
  const proxy = proxyOf(server)
  if (proxy === null) return null
  return (_proxy, _options, done) => {
    const opened = proxy instanceof ProxyFailure ? Promise.reject(proxy) : open(proxy, server, silenceMs)
    opened.then(
      (connection) => {
        done(null, {connection})
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error('no way through the proxy'))
      },
    )
  }
}
