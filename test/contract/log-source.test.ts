import {createServer, type Server, type Socket} from 'node:net'
import type {AddressInfo} from 'node:net'
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest'
import {openDocker} from '../../src/adapters/docker/docker-connection.js'
import {resolveDockerEndpoint} from '../../src/adapters/docker/docker-endpoint.js'
import {createDockerodeEngine} from '../../src/adapters/docker/dockerode-engine.js'
import {createDockerodeLogSource} from '../../src/adapters/docker/dockerode-log-source.js'
import type {Container} from '../../src/domain/stack/container.js'
import type {LogRange, LogSource} from '../../src/ports/log-source.js'
import {aContainer} from '../support/builders/container.js'
import {eventually} from '../support/eventually.js'
import {fakeLogSource} from '../support/fakes/log-source.js'
import {misbehavingServer} from '../support/servers/misbehaving.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

/** Over two of the engine's 16 KiB pieces. */
const LONG = 'x'.repeat(40_000)
const LINES = ['first', 'ação 日本', '', LONG, 'last']

const TALKER = `
for (const line of ['first', 'ação 日本', '']) process.stdout.write(line + '\\n')
process.stdout.write('x'.repeat(40000) + '\\n')
setTimeout(() => process.stderr.write('last\\n'), 1000)
setInterval(() => undefined, 1e6)`

let real: ThrowawayProject
let talker: Container
let terminal: Container

beforeAll(async () => {
  real = await throwawayProject({
    api: {script: TALKER},
    terminal: {script: "process.stdout.write('plain\\n')", keys: {tty: true}},
  })
  await real.compose.apply({kind: 'up', services: [], build: false, recreate: false, replicas: {}}, () => undefined)
  const docker = createDockerodeEngine(openDocker(resolveDockerEndpoint(process.env)))
  const [first, second] = await docker.containers(real.project)
  if (first === undefined || second === undefined) throw new Error('the containers were not made')
  talker = first
  terminal = second
  await eventually(async () => {
    expect(await read(realSource(), talker)).toContain('last')
  })
})

afterAll(() => real.remove())

function realSource(): LogSource {
  return createDockerodeLogSource(openDocker(resolveDockerEndpoint(process.env)))
}

async function read(
  source: LogSource,
  container: Container,
  range: Partial<LogRange> = {},
  signal = new AbortController().signal,
): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of source.read(container, {follow: false, ...range}, signal)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function fake(): LogSource {
  return fakeLogSource({[talker.id]: LINES})
}

const whole = `${LINES.join('\n')}\n`

describe.each([
  ['the fake', fake],
  ['a real Docker', realSource],
])('LogSource: %s', (_, make) => {
  it('gives all bytes in order, without frames', async () => {
    expect(await read(make(), talker)).toBe(whole)
  })

  it('gives the last lines', async () => {
    expect(await read(make(), talker, {tail: 1})).toBe('last\n')
  })

  it('puts the engine’s time before each line, once, however long the line', async () => {
    const stamped = (await read(make(), talker, {stamped: true})).trimEnd().split('\n')
    const parts = stamped.map((line) => /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) (.*)$/.exec(line))
    expect(parts.map((part) => part?.[2])).toEqual(LINES)
    const stamps = parts.map((part) => part?.[1] ?? '')
    expect(stamps).toEqual(stamps.toSorted())
  })

  it('keeps to since and until', async () => {
    const stamped = (await read(make(), talker, {stamped: true})).split('\n')[0] ?? ''
    const at = Date.parse(stamped.split(' ')[0] ?? '') / 1000
    expect(await read(make(), talker, {until: at - 10})).toBe('')
    expect(await read(make(), talker, {since: at + 3600})).toBe('')
    expect(await read(make(), talker, {since: at - 10, until: at + 3600})).toBe(whole)
  })

  it('follows until the signal aborts, then just ends', async () => {
    const abort = new AbortController()
    let text = ''
    for await (const chunk of make().read(talker, {follow: true}, abort.signal)) {
      text += chunk.toString()
      if (text.endsWith('last\n')) abort.abort()
    }
    expect(text).toBe(whole)
    expect(await read(make(), talker, {}, AbortSignal.abort())).toBe('')
  })

  it('can be left in the middle', async () => {
    for await (const chunk of make().read(talker, {follow: true}, new AbortController().signal)) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
  })
})

describe('a container with a terminal', () => {
  it('has no frames', async () => {
    expect(terminal.tty).toBe(true)
    expect(await read(realSource(), terminal)).toBe('plain\r\n')
  })
})

describe('a Docker having a bad day', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  async function rawServer(answer: (socket: Socket) => void): Promise<LogSource> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        answer(socket)
      })
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const {port} = server.address() as AddressInfo
    return sourceAt(`tcp://127.0.0.1:${String(port)}`)
  }

  function sourceAt(host: string): LogSource {
    return createDockerodeLogSource(openDocker(resolveDockerEndpoint({DOCKER_HOST: host})), {
      deadlineSeconds: 0.3,
      stallSeconds: 0.3,
    })
  }

  const OK = 'HTTP/1.1 200 OK\r\nConnection: close\r\n'
  const frame = (stream: number, length: number, text: string): Buffer => {
    const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, length])
    return Buffer.concat([header, Buffer.from(text)])
  }

  const days: readonly (readonly [string, string, (socket: Socket) => void])[] = [
    [
      'ends in the middle of a frame',
      'badAnswer',
      (socket) => socket.end(Buffer.concat([Buffer.from(`${OK}\r\n`), frame(1, 100, 'short')])),
    ],
    [
      'ends in the middle of a header',
      'badAnswer',
      (socket) => socket.end(Buffer.concat([Buffer.from(`${OK}\r\n`), Buffer.from([1, 0, 0])])),
    ],
    ['sends no frames', 'badAnswer', (socket) => socket.end(`${OK}\r\nhello, world`)],
    [
      'cuts the connection',
      'unreachable',
      (socket) => socket.end(Buffer.concat([Buffer.from(`${OK}Content-Length: 500\r\n\r\n`), frame(1, 3, 'hi\n')])),
    ],
    ['does not speak HTTP', 'badAnswer', (socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n')],
    [
      'stops sending',
      'timedOut',
      (socket) => socket.write(Buffer.concat([Buffer.from(`${OK}\r\n`), frame(1, 3, 'hi\n')])),
    ],
    ['never answers', 'timedOut', () => undefined],
    [
      'answers 404',
      'badAnswer',
      (socket) =>
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 21\r\nConnection: close\r\n\r\n{"message":"no such"}'),
    ],
  ]

  it.each(days)('that %s is %s', async (_, code, answer) => {
    const source = await rawServer(answer)
    await expect(read(source, aContainer())).rejects.toMatchObject({name: 'FaciError', code})
  })

  it('that answers 500 is badAnswer, that is down unreachable', async () => {
    const server = await misbehavingServer('error500')
    await expect(read(sourceAt(server.url.replace('http:', 'tcp:')), aContainer())).rejects.toMatchObject({
      code: 'badAnswer',
    })
    await server.close()
    await expect(read(sourceAt('tcp://127.0.0.1:1'), aContainer())).rejects.toMatchObject({code: 'unreachable'})
  })
})
