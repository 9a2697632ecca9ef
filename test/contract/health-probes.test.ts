import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type IncomingMessage, type Server} from 'node:http'
import {createServer as createTlsServer} from 'node:https'
import {type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {openDocker} from '../../src/adapters/docker/docker-connection.js'
import {createServiceExec} from '../../src/adapters/docker/service-exec.js'
import {createAxiosHttp} from '../../src/adapters/http/axios-http.js'
import {tcpConnect} from '../../src/adapters/tcp/tcp-connect.js'
import type {HealthEndpoint} from '../../src/domain/stack/health.js'
import type {HealthProber} from '../../src/ports/health-prober.js'
import {probeOnce} from '../../src/usecases/stack/probe-health.js'
import {aContainer} from '../support/builders/container.js'
import {fakeEngine} from '../support/fakes/engine.js'
import {runHosted} from '../support/hosted-faci.js'

const folder = mkdtempSync(join(tmpdir(), 'faci-probes-'))
const opened: (Server | TcpServer)[] = []

function portOf(server: Server | TcpServer): number {
  return (server.address() as AddressInfo).port
}

async function listening<T extends Server | TcpServer>(server: T): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push(server)
  return server
}

afterAll(() => {
  for (const server of opened) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  }
  rmSync(folder, {recursive: true, force: true})
})

/** A busy host: when this process goes on, all that it waited for is there at once. */
function closeAndStall(socket: Socket): void {
  socket.destroy()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700)
}

describe('a tcp probe', () => {
  const connectTo = (port: number) => tcpConnect({host: '127.0.0.1', port, timeoutSeconds: 1})
  const listener = async (onConnection: (socket: Socket) => void): Promise<number> =>
    portOf(
      await listening(
        createTcpServer((socket) => {
          socket.on('error', () => undefined)
          onConnection(socket)
        }),
      ),
    )

  it.each([
    ['waits for the other side to begin, as Redis does', () => undefined],
    ['greets, as MySQL does', (socket: Socket) => void socket.write('hello')],
    ['greets and closes', (socket: Socket) => void socket.end('too many connections')],
  ])('is well where somebody %s', async (_, onConnection) => {
    expect(await connectTo(await listener(onConnection))).toBeGreaterThan(0)
  })

  it.each([
    ['closes at once', (socket: Socket) => void socket.end()],
    ['resets at once', (socket: Socket) => void socket.resetAndDestroy()],
    ['closes after a while', (socket: Socket) => void setTimeout(() => socket.end(), 300)],
    [
      'closes while this process has no turn',
      (socket: Socket) => void setTimeout(() => setImmediate(closeAndStall, socket), 50),
    ],
  ])('is not where somebody %s, as a proxy does with nobody behind it', async (_, onConnection) => {
    await expect(connectTo(await listener(onConnection))).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(
        /^tcp:\/\/127\.0\.0\.1:\d+ (?:closes every connection at once|cannot be reached: connection reset)/,
      ) as unknown,
    })
  })

  it('tells a port that nobody listens on, a host that is not known, and one that does not answer', async () => {
    const gone = await listening(createTcpServer())
    const port = portOf(gone)
    await new Promise((resolve) => gone.close(resolve))
    await expect(connectTo(port)).rejects.toMatchObject({
      ...{code: 'unreachable', message: `tcp://127.0.0.1:${String(port)} cannot be reached: connection refused`},
    })
    const unknown = tcpConnect({host: 'no-such-host.invalid', port: 1, timeoutSeconds: 2})
    await expect(unknown).rejects.toMatchObject({code: 'noRoute'})
    // Of the networks that exist for documentation: nobody answers, or there is no way.
    const started = performance.now()
    const nobody = tcpConnect({host: '192.0.2.1', port: 80, timeoutSeconds: 0.3})
    await expect(nobody).rejects.toMatchObject({code: expect.stringMatching(/timedOut|noRoute|unreachable/) as unknown})
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

describe('an exec probe', () => {
  const asked: {readonly path: string; readonly body: unknown}[] = []
  /** A Docker engine with one exec, strict about what it is asked. */
  let behaviour: {readonly frames: readonly Buffer[]; readonly exitCode: number | null; readonly hangs?: boolean}
  let run: HealthProber['run']

  const frame = (stream: 1 | 2, content: string): Buffer => {
    const header = Buffer.alloc(8)
    header.writeUInt8(stream, 0)
    header.writeUInt32BE(Buffer.byteLength(content), 4)
    return Buffer.concat([header, Buffer.from(content)])
  }
  const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
    const body = await text(request)
    return body === '' ? null : (JSON.parse(body) as unknown)
  }
  const db = aContainer({service: 'db'})

  beforeAll(async () => {
    const server = await listening(
      createServer((request, response) => {
        void bodyOf(request).then((body) => {
          const [path = ''] = request.url?.split('?') ?? []
          asked.push({path: `${request.method ?? ''} ${path}`, body})
          if (path.endsWith(`/containers/${db.id}/exec`)) {
            response.writeHead(201, {'Content-Type': 'application/json'}).end('{"Id":"e1"}')
          } else if (path.endsWith('/exec/e1/start')) {
            response.writeHead(200, {'Content-Type': 'application/vnd.docker.raw-stream'})
            response.flushHeaders()
            for (const one of behaviour.frames) response.write(one)
            if (behaviour.hangs !== true) response.end()
          } else if (path.endsWith('/exec/e1/json')) {
            response.end(JSON.stringify({Running: behaviour.exitCode === null, ExitCode: behaviour.exitCode}))
          } else response.writeHead(404).end('{"message":"no such container"}')
        })
      }),
    )
    const shown = `tcp://127.0.0.1:${String(portOf(server))}`
    const connection = openDocker({kind: 'tcp', shown, host: '127.0.0.1', port: portOf(server), tls: null})
    const stopped = aContainer({service: 'stopped', state: 'exited'})
    const engine = fakeEngine([db, stopped, aContainer({service: 'lost'})])
    run = createServiceExec({connection, engine, project: db.project})
  })

  const target = (service = 'db', timeoutSeconds = 1) => ({
    service,
    command: ['pg_isready', '-U', 'a b'],
    timeoutSeconds,
  })

  it('runs the command in the container, and gives how it ended and what it said', async () => {
    behaviour = {frames: [frame(1, 'accepting\n'), frame(2, 'a warning\n')], exitCode: 2}
    const answer = await run(target())
    expect(answer).toMatchObject({exitCode: 2, output: 'accepting\na warning\n'})
    expect(answer.exitCode === null ? 0 : answer.durationSeconds).toBeGreaterThan(0)
    expect(asked.at(-3)).toEqual({
      path: expect.stringMatching(new RegExp(`^POST .*/containers/${db.id}/exec$`)) as unknown,
      body: {AttachStdout: true, AttachStderr: true, Cmd: ['pg_isready', '-U', 'a b']},
    })
    expect(asked.at(-2)?.body).toEqual({Detach: false, Tty: false})
  })

  it('keeps the beginning of much output', async () => {
    behaviour = {frames: Array.from({length: 50}, () => frame(1, `${'x'.repeat(9999)}\n`)), exitCode: 0}
    expect(await run(target())).toMatchObject({exitCode: 0, output: 'x'.repeat(4096)})
  })

  it('ends in time, whatever the command does', async () => {
    for (const never of [
      {frames: [frame(1, 'x\n')], exitCode: null, hangs: true},
      {frames: [], exitCode: null},
    ]) {
      behaviour = never
      const started = performance.now()
      expect(await run(target('db', 0.3))).toEqual({
        exitCode: null,
        message: "pg_isready -U 'a b' in db did not end within 0.3 s",
      })
      expect(performance.now() - started).toBeLessThan(20_000)
    }
  })

  it('says that nothing runs there, or that it is gone meanwhile', async () => {
    expect(await run(target('stopped'))).toEqual({exitCode: null, message: 'no container of stopped is running'})
    expect(await run(target('lost'))).toEqual({exitCode: null, message: 'the container of lost is gone'})
  })

  it('is healthy by exit code 0 alone, and tells the last thing that the command said', async () => {
    const prober: HealthProber = {...createAxiosHttp(), connect: tcpConnect, run}
    const endpoint: HealthEndpoint = {
      ...{name: 'db', url: 'exec: pg_isready', timeoutSeconds: 1},
      probe: {kind: 'exec', command: ['pg_isready']},
    }
    behaviour = {frames: [frame(2, 'DOWN\n')], exitCode: 0}
    expect(await probeOnce(prober, endpoint)).toMatchObject({outcome: 'healthy', reason: null, status: null})
    behaviour = {frames: [frame(1, 'no response\n\n')], exitCode: 2}
    expect(await probeOnce(prober, endpoint)).toMatchObject({
      ...{outcome: 'failing', reason: {why: 'probeExited', exitCode: 2, said: 'no response'}},
    })
  })
})

/** A certificate of a CA of our own, or one that signs itself. */
function openssl(...argv: readonly string[]): void {
  execFileSync('openssl', argv, {cwd: folder, stdio: 'ignore'})
}

function selfSigned(name: string, subject: string): void {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`]
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${subject}`, ...files)
}

function signed(name: string, host: string, days: readonly string[]): void {
  const extensions = join(folder, `${name}.ext`)
  writeFileSync(extensions, `subjectAltName=${host}\n`)
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-subj',
    `/CN=${name}`,
    '-out',
    `${name}.csr`,
  )
  openssl(
    'ca',
    '-batch',
    '-config',
    'ca.cnf',
    '-in',
    `${name}.csr`,
    '-out',
    `${name}.pem`,
    '-extfile',
    extensions,
    ...days,
  )
}

const CA = `[ca]
default_ca = own
[own]
database = index
serial = serial
new_certs_dir = issued
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_days = 2
policy = any
[any]
commonName = supplied
`

describe('faci health over TLS, and where an answer leads elsewhere', () => {
  const entries: Record<string, string> = {}
  const serve = async (name: string, certificate: string): Promise<void> => {
    const files = {
      cert: readFileSync(join(folder, `${certificate}.pem`)),
      key: readFileSync(join(folder, `${certificate}.key`)),
    }
    const server = await listening(createTlsServer(files, (_request, response) => response.end('{"status":"UP"}')))
    entries[name] = `https://localhost:${String(portOf(server))}/health`
  }

  beforeAll(async () => {
    mkdirSync(join(folder, 'issued'))
    writeFileSync(join(folder, 'index'), '')
    writeFileSync(join(folder, 'serial'), '1000\n')
    writeFileSync(join(folder, 'ca.cnf'), CA)
    selfSigned('ca', 'own CA')
    selfSigned('self', 'localhost')
    signed('good', 'DNS:localhost', [])
    signed('old', 'DNS:localhost', ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'])
    signed('early', 'DNS:localhost', ['-startdate', '20980101000000Z', '-enddate', '20990101000000Z'])
    signed('other', 'DNS:shop.example,DNS:www.shop.example', [])
    for (const [name, certificate] of [
      ['good', 'good'],
      ['old', 'old'],
      ['early', 'early'],
      ['other', 'other'],
      ['self', 'self'],
    ] as const)
      await serve(name, certificate)
    const plain = portOf(
      await listening(
        createServer((request, response) => {
          const cookie = {'Content-Type': 'text/html', Location: '/login?next=%2Fhealth'}
          if (request.url === '/health') response.writeHead(302, cookie).end('<a href="/login">')
          else response.end('<h1>Sign in</h1>')
        }),
      ),
    )
    entries['plain'] = `https://localhost:${String(plain)}/health`
    entries['login'] = `http://localhost:${String(plain)}/health`
    const health = Object.entries(entries).map(([name, url]) => `  ${name}: {url: '${url}'}\n`)
    const expecting = `  expected: {url: '${entries['login']}', expect: {status: 302, header: {location: /login}}}\n`
    const yaml = `service: shop\ncompose: {}\nhealth:\n${health.join('')}${expecting}`
    writeFileSync(join(folder, 'faci.yml'), yaml)
  })

  const told = async (environment: Record<string, string>): Promise<Readonly<Record<string, string>>> => {
    const {stdout} = await runHosted(['health'], folder, environment)
    return Object.fromEntries(stdout.split('\n').map((line) => [line.split(/\s+/)[0] ?? '', line]))
  }

  it('says what is wrong with a certificate, and what to do about it', async () => {
    const lines = await told({NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem')})
    expect(lines['good']).toContain('● healthy')
    expect(lines['old']).toMatch(/✖ down .*its certificate has expired: renew it/)
    expect(lines['early']).toMatch(/✖ down .*its certificate is not valid yet: check the clocks/)
    expect(lines['other']).toMatch(/✖ down .*its certificate is for shop\.example, www\.shop\.example: use such a name/)
    expect(lines['self']).toMatch(/✖ down .*its certificate is self-signed: to trust it, set NODE_EXTRA_CA_CERTS/)
    expect(lines['plain']).toMatch(/✖ down .*it does not speak TLS: write http:\/\//)
  })

  it('trusts no CA that nobody named', async () => {
    expect((await told({}))['good']).toMatch(/✖ down .*from an unknown issuer: to trust it, set NODE_EXTRA_CA_CERTS/)
  })

  it('names where a redirect leads and does not follow it, unless that is what is expected', async () => {
    const lines = await told({})
    expect(lines['login']).toMatch(/✖ down +302 .*HTTP 302, redirects to \/login {2}/)
    expect(lines['expected']).toMatch(/● healthy +302/)
  })
})
