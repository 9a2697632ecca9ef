import type {ChildProcess} from 'node:child_process'
import {spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {connect, createServer} from 'node:net'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest'
import type {LogLine} from './service-harness.js'

const SOURCES = fileURLToPath(new URL('../../../../service/api/src/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'faciliauto-api-'))
const running: ChildProcess[] = []

/** As the images run them: bundled, from a folder with nothing else in it. */
beforeAll(async () => {
  await build({
    entryPoints: ['main', 'healthcheck', 'faultctl'].map((name) => join(SOURCES, `${name}.ts`)),
    outdir: folder,
    outExtension: {'.js': '.cjs'},
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
  })
})

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

afterAll(() => rmSync(folder, {recursive: true, force: true}))

interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Program {
  readonly child: ChildProcess
  readonly lines: () => readonly LogLine[]
  readonly finished: Promise<Finished>
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const script = join(folder, `${program}.cjs`)
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {env, stdio: 'pipe'})
  running.push(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return {
    child,
    lines: () => (stdout.match(/.+\n/g) ?? []).map((line) => JSON.parse(line) as LogLine),
    finished: new Promise((resolve) => child.once('close', (code) => resolve({code, stdout, stderr}))),
  }
}

async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function startApi(env: Readonly<Record<string, string>> = {}) {
  const redisUrl = `redis://127.0.0.1:${await unusedPort()}`
  const api = run('main', [], {PORT: '0', FAULTS_PORT: '0', FAULTS: 'enabled', REDIS_URL: redisUrl, ...env})
  const portOf = (message: string): string => String(api.lines().find((line) => line['message'] === message)?.['port'])
  await expect.poll(() => portOf('listening')).toMatch(/^\d+$/)
  const port = portOf('listening')
  return {api, port, url: `http://127.0.0.1:${port}`, faultsPort: portOf('fault switches are open')}
}

describe('the bundled API', () => {
  it('starts and serves without Redis, and its health check agrees', async () => {
    const {url, port} = await startApi()
    const health = await fetch(`${url}/health`)
    expect([health.status, ((await health.json()) as {status: string}).status]).toEqual([200, 'degraded'])
    expect((await fetch(`${url}/cars`)).status).toBe(200)
    expect((await fetch(`${url}/metrics`)).status).toBe(200)
    expect(await run('healthcheck', [], {PORT: port}).finished).toMatchObject({code: 0})
  })

  it('logs the line of the source, not of the bundle', async () => {
    const {api} = await startApi()
    const line = api.lines().find(({message}) => message === 'listening')
    const source = readFileSync(join(SOURCES, 'main.ts'), 'utf8').split('\n')
    expect(line).toMatchObject({module: 'main', function: 'start', level: 'INFO'})
    expect(source[Number(line?.['line']) - 1]).toContain("logger.info('listening'")
  })

  it('obeys faultctl', async () => {
    const {url, port, faultsPort} = await startApi()
    const faultctl = (...args: string[]) => run('faultctl', args, {FAULTS_PORT: faultsPort}).finished
    const set = await faultctl('set', '{"health":"failing","errors":{"ratio":1}}')
    expect(set.code).toBe(0)
    expect(JSON.parse(set.stdout)).toMatchObject({active: true, faults: {health: 'failing', errors: {ratio: 1}}})
    expect((await fetch(`${url}/stats`)).status).toBe(500)
    expect(await run('healthcheck', [], {PORT: port}).finished).toMatchObject({code: 1})
    expect((await faultctl('set', '{"errors":7}')).code).toBe(1)
    expect((await faultctl('frobnicate')).code).toBe(2)
    expect((await faultctl('reset')).code).toBe(0)
    expect((await fetch(`${url}/stats`)).status).toBe(200)
    expect(JSON.parse((await faultctl('show')).stdout)).toMatchObject({active: false})
  })

  it('crashes on demand with code 1 and a critical line that holds the exception', async () => {
    const {api, faultsPort} = await startApi({APP_ENV: 'production', LOG_LEVEL: 'info'})
    expect((await run('faultctl', ['crash'], {FAULTS_PORT: faultsPort}).finished).code).toBe(0)
    expect((await api.finished).code).toBe(1)
    const last = api.lines().at(-1)
    expect(last).toMatchObject({level: 'CRITICAL', message: 'uncaught exception'})
    expect(last?.['exception']).toMatch(/^Error: crash asked for .*\n {4}at .*main\.ts/)
  })

  it('on SIGTERM finishes what it is serving, then exits with 0', async () => {
    const {api, url, faultsPort} = await startApi({SHUTDOWN_GRACE: '60'})
    await run('faultctl', ['set', '{"latency":{"/cars":{"ms":2500}}}'], {FAULTS_PORT: faultsPort}).finished
    const response = fetch(`${url}/cars`)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    api.child.kill('SIGTERM')
    expect((await response).status).toBe(200)
    expect((await api.finished).code).toBe(0)
    expect(api.lines().some(({message}) => message === 'stopped with requests still open')).toBe(false)
  })

  it('on SIGTERM gives up on a request that takes too long, within its grace', async () => {
    const {api, port, faultsPort} = await startApi({SHUTDOWN_GRACE: '0.3'})
    await run('faultctl', ['set', '{"latency":{"/cars":{"ms":20000}}}'], {FAULTS_PORT: faultsPort}).finished
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write('GET /cars HTTP/1.1\r\nHost: x\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const start = performance.now()
    api.child.kill('SIGTERM')
    expect((await api.finished).code).toBe(0)
    // Not the twenty seconds that the request takes.
    expect(performance.now() - start).toBeLessThan(15_000)
    expect(api.lines().at(-1)).toMatchObject({level: 'WARNING', message: 'stopped with requests still open'})
  })

  it('refuses to start misconfigured, saying what is wrong', async () => {
    const {code, stdout} = await run('main', [], {APP_ENV: 'prod'}).finished
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({level: 'CRITICAL'})
    expect(stdout).toContain('APP_ENV is \\"prod\\"; it must be one of development, staging, production')
  })

  it('its health check fails when nothing listens, and when nothing answers', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const {port} = silent.address() as AddressInfo
    const [absent, hanging] = await Promise.all([
      run('healthcheck', [], {PORT: String(await unusedPort())}).finished,
      run('healthcheck', [], {PORT: String(port)}).finished,
    ])
    silent.close()
    expect([absent.code, hanging.code]).toEqual([1, 1])
  })
})
