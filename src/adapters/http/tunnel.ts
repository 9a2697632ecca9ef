import {type IncomingMessage, request as plainRequest} from 'node:http'
import {request as secureRequest} from 'node:https'
import {isIPv6, type Socket} from 'node:net'
import type {ProxyProblem} from '../../domain/notices/undelivered.js'
import {type ProxiedTarget, type ProxyAddress, ProxyFailure} from './proxy.js'

const OK = 200

function codeOf(error: Error): string | null {
  const code = 'code' in error ? error.code : null
  return typeof code === 'string' && /^[A-Z_]{1,60}$/.test(code) ? code : null
}

/**
 * A connection to a host through a proxy (CONNECT, RFC 9110 9.3.6), on which nothing has been said yet. Throws `ProxyFailure` where the proxy
 * refuses, cannot be reached, or does not answer before `ended`.
 */
export function openTunnel(proxy: ProxyAddress, {host, port}: ProxiedTarget, ended: AbortSignal): Promise<Socket> {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${String(port)}`
  const request = (proxy.protocol === 'https:' ? secureRequest : plainRequest)({
    ...{method: 'CONNECT', host: proxy.host, port: proxy.port, path: authority, agent: false},
    headers: {
      Host: authority,
      'User-Agent': 'faci',
      ...(proxy.credentials === null ? {} : {'Proxy-Authorization': `Basic ${proxy.credentials}`}),
    },
  })
  return new Promise((resolve, reject) => {
    const silent = (): void => {
      fail('silent')
    }
    const fail = (problem: ProxyProblem, code: string | null = null): void => {
      ended.removeEventListener('abort', silent)
      request.destroy()
      reject(new ProxyFailure(proxy.shown, problem, code))
    }
    if (ended.aborted) {
      silent()
      return
    }
    ended.addEventListener('abort', silent, {once: true})
    const refused = ({statusCode = 0}: IncomingMessage): void => {
      fail('refused', String(statusCode))
    }
    request.once('connect', (response, socket) => {
      if (response.statusCode !== OK) {
        refused(response)
        return
      }
      ended.removeEventListener('abort', silent)
      resolve(socket)
    })
    request.once('response', refused)
    request.on('error', (error) => {
      fail('unreachable', codeOf(error))
    })
    request.end()
  })
}
