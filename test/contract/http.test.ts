import {createServer, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {brotliCompressSync, gzipSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {deadlineOf} from './suites/bad-day.js'
import {createAxiosHttp} from '../../src/adapters/http/axios-http.js'
import {createClient} from '../../src/adapters/http/client.js'
import type {HttpRequest} from '../../src/ports/http.js'
import {type Misbehaviour, misbehavingServer} from '../support/servers/misbehaving.js'

const DOWN = '{"status":"DOWN"}'
const BIG_ENDIAN = Buffer.from(DOWN, 'utf16le').swap16()
const PLAIN = {'Content-Type': 'text/plain'}
/** What servers send without being asked for it. */
const ENCODED: Readonly<Record<string, {readonly headers: Record<string, string>; readonly body: Buffer}>> = {
  '/gzip': {headers: {'Content-Encoding': 'gzip'}, body: gzipSync(DOWN)},
  '/br': {headers: {'Content-Encoding': 'br'}, body: brotliCompressSync(DOWN)},
  '/no-gzip': {headers: {'Content-Encoding': 'gzip'}, body: Buffer.from(DOWN)},
  '/no-br': {headers: {'Content-Encoding': 'br'}, body: Buffer.from('plain text and long enough')},
  '/exi': {headers: {'Content-Encoding': 'exi'}, body: Buffer.from('1f9d907b', 'hex')},
  '/utf-16-marked': {headers: PLAIN, body: Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(DOWN, 'utf16le')])},
  '/utf-16-named': {headers: {'Content-Type': 'text/plain; charset="UTF-16BE"'}, body: BIG_ENDIAN},
  '/utf-16-unnamed': {headers: PLAIN, body: BIG_ENDIAN},
  '/utf-8-with-nul': {headers: {'Content-Type': 'text/plain; charset=utf-8'}, body: Buffer.from('a\0b')},
}

const together = new Set<ServerResponse>()
const server = createServer((request, response) => {
  if (request.url === '/redirect') {
    response.writeHead(302, {Location: '/elsewhere'}).end()
    return
  }
  if (request.url === '/huge') {
    response.end(Buffer.alloc(64 * 1024 * 1024 + 1, 'x'))
    return
  }
  if (request.url === '/together') {
    together.add(response)
    response.write(Buffer.alloc(40 * 1024 * 1024, '1'))
    // Nobody is given the end before one was refused: all are being read at the same time.
    response.on('close', () => {
      for (const other of together) other.end()
    })
    return
  }
  if (request.url === '/large') {
    response.end('x'.repeat(1024 * 1024))
    return
  }
  const encoded = ENCODED[request.url ?? '']
  if (encoded !== undefined) {
    response.writeHead(200, encoded.headers).end(encoded.body)
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    response.writeHead(request.url === '/503' ? 503 : 200, {'X-Seen': request.headers['x-sent'] ?? ''})
    response.end(`${request.method ?? ''} ${Buffer.concat(chunks).toString()}`)
  })
})
let url: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const {send} = createAxiosHttp()
const get = (address: string, over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: address,
  headers: {},
  timeoutSeconds: 2,
  ...over,
})

describe('a backend that answers with more than is taken', () => {
  it('is not called out of reach: what to ask for instead is said', async () => {
    const options = {baseUrl: url, name: 'Prometheus', headers: {}, timeoutSeconds: 30, suggestions: ['faci doctor']}
    await expect(createClient(options).get('/huge')).rejects.toMatchObject({
      code: 'badAnswer',
      message: `Prometheus at ${url} answered with more than 64 MiB: ask for less of it`,
      suggestions: expect.arrayContaining(['a shorter range, or a larger step']) as unknown,
    })
  })

  it('is bounded in sum as well: of four large answers at once one is refused, and the room is free again', async () => {
    const client = createClient({baseUrl: url, name: 'Prometheus', headers: {}, timeoutSeconds: 30, suggestions: []})
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => client.get('/together')))
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(refused).toMatchObject([
      {
        code: 'badAnswer',
        message: `Prometheus at ${url} answered with more than 128 MiB to all that was asked at once: ask for less of it`,
      },
    ])
    expect(await client.get('/large')).toMatchObject({status: 200})
  })
})

describe('Http', () => {
  it('sends method, headers and body, and gives status, headers and body', async () => {
    const answer = await send(get(`${url}/`, {method: 'POST', headers: {'X-Sent': 'yes'}, body: 'hello'}))
    expect(answer).toMatchObject({status: 200, body: 'POST hello'})
    expect(answer.headers['x-seen']).toBe('yes')
    expect(answer.durationSeconds).toBeGreaterThan(0)
  })

  it('tells a host that this machine cannot even find from one that does not answer', async () => {
    await expect(send(get('http://no-such-host.invalid/'))).rejects.toMatchObject({code: 'noRoute'})
    await expect(send(get('http://127.0.0.1:1/'))).rejects.toMatchObject({code: 'unreachable'})
  })

  it('any status is an answer, a redirect too', async () => {
    expect((await send(get(`${url}/503`))).status).toBe(503)
    expect((await send(get(`${url}/redirect`))).status).toBe(302)
  })

  it('keeps the first 512 KiB of a body', async () => {
    expect((await send(get(`${url}/large`))).body).toHaveLength(512 * 1024)
  })

  const cases: readonly (readonly [Misbehaviour, string])[] = [
    ['slow', 'timedOut'],
    ['trickle', 'timedOut'],
    ['reset', 'unreachable'],
  ]
  it.each(cases)('%s is %s, within the deadline', async (how, code) => {
    const bad = await misbehavingServer(how)
    const started = Date.now()
    await expect(send(get(bad.url, {timeoutSeconds: deadlineOf(code)}))).rejects.toMatchObject({code})
    expect(Date.now() - started).toBeLessThan(20_000)
    await bad.close()
  })

  it('says refused and unknown host in words, without credentials', async () => {
    await expect(send(get('http://user:hunter2@127.0.0.1:1/x?token=abc'))).rejects.toMatchObject({
      code: 'unreachable',
      message: 'http://127.0.0.1:1/x cannot be reached: connection refused',
    })
  })

  it('an abort is an interruption, not a time-out', async () => {
    const bad = await misbehavingServer('slow')
    const abort = new AbortController()
    const asked = send(get(bad.url), abort.signal)
    setTimeout(() => {
      abort.abort()
    }, 50)
    await expect(asked).rejects.toMatchObject({code: 'interrupted'})
    await bad.close()
  })
})

describe('a body that is no plain UTF-8', () => {
  it.each(['/gzip', '/br', '/utf-16-marked', '/utf-16-named', '/utf-16-unnamed'])('is decoded: %s', async (path) => {
    expect((await send(get(`${url}${path}`))).body.replace(/^\uFEFF/, '')).toBe(DOWN)
  })

  it('is left as it is where it is UTF-8 by its own word', async () => {
    expect((await send(get(`${url}/utf-8-with-nul`))).body).toBe('a\0b')
  })

  it.each(['/no-gzip', '/no-br'])(
    'is an answer that cannot be read where it is not what its header says: %s',
    async (path) => {
      await expect(send(get(`${url}${path}`))).rejects.toMatchObject({code: 'badAnswer'})
    },
  )

  it('keeps the name of an encoding that nobody decodes', async () => {
    expect((await send(get(`${url}/exi`))).headers['content-encoding']).toBe('exi')
  })
})
