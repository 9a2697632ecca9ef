import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {createServer} from 'node:http'
import {type AddressInfo, connect, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createServer as tlsServer} from 'node:tls'

export interface ProxyServer {
  /** With user and password. */
  readonly url: string
  readonly bareUrl: string
  /** Where it was asked to connect to. */
  readonly targets: readonly string[]
  /** Of the next connection: a status, or how it goes wrong. */
  readonly troubleNext: (...troubles: readonly ('silent' | 'dies' | 'dies later' | number)[]) => void
  readonly close: () => Promise<void>
}

export const PROXY_PASSWORD = 'p4ss of the proxy'
const CREDENTIALS = Buffer.from(`faci:${PROXY_PASSWORD}`).toString('base64')

/** A certificate for every host below `example.test`, by nobody whom Node knows. */
export function exampleCertificate(): {readonly key: string; readonly cert: string} {
  const folder = mkdtempSync(join(tmpdir(), 'faci-example-certificate-'))
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem']
  const names = ['-subj', '/CN=example', '-addext', 'subjectAltName=DNS:*.example.test', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...key, ...names, '-out', 'cert.pem'], {cwd: folder, stdio: 'ignore'})
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const made = {key: read('key.pem'), cert: read('cert.pem')}
  rmSync(folder, {recursive: true})
  return made
}

/** TLS in front of a port of this host. */
export async function tlsFront(
  port: number,
  certificate: {readonly key: string; readonly cert: string},
): Promise<{readonly port: number; readonly close: () => void}> {
  const server = tlsServer(certificate, (socket) => {
    const inner = connect(port, '127.0.0.1')
    for (const one of [socket, inner]) one.on('error', () => undefined)
    socket.pipe(inner).pipe(socket)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {port: (server.address() as AddressInfo).port, close: () => server.close()}
}

/** A strict proxy: CONNECT alone, with user and password, to hosts that it knows (`hooks.example.test:443` → a port of this host). */
export async function proxyServer(hosts: Readonly<Record<string, number>>): Promise<ProxyServer> {
  const targets: string[] = []
  const troubles: ('silent' | 'dies' | 'dies later' | number)[] = []
  const sockets = new Set<Socket>()
  const server = createServer((_, response) => response.writeHead(405).end())
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.on('connect', (request, socket) => {
    targets.push(request.url ?? '')
    const trouble = troubles.shift()
    if (trouble === 'silent') return
    if (trouble === 'dies') {
      socket.destroy()
      return
    }
    const isKnown = request.headers['proxy-authorization'] === `Basic ${CREDENTIALS}`
    const port = hosts[request.url ?? '']
    const status = typeof trouble === 'number' ? trouble : isKnown ? (port === undefined ? 502 : 200) : 407
    if (status !== 200 || port === undefined) {
      socket.end(`HTTP/1.1 ${String(status)} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const inner = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (trouble === 'dies later') {
        socket.once('data', () => socket.destroy())
        return
      }
      socket.pipe(inner).pipe(socket)
    })
    inner.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bareUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    url: bareUrl.replace('//', `//faci:${encodeURIComponent(PROXY_PASSWORD)}@`),
    bareUrl,
    targets,
    troubleNext: (...next) => {
      troubles.push(...next)
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
