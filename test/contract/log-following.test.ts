import {connect, createServer, type Socket} from 'node:net'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {openDocker} from '../../src/adapters/docker/docker-connection.js'
import {resolveDockerEndpoint} from '../../src/adapters/docker/docker-endpoint.js'
import {createDockerodeEngine} from '../../src/adapters/docker/dockerode-engine.js'
import {createDockerodeLogSource} from '../../src/adapters/docker/dockerode-log-source.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {followLogs} from '../../src/usecases/logs/follow-logs.js'
import {eventually} from '../support/eventually.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const LINES = 6000

/** Bursts on both streams, with lines over one of the engine's 16 KiB pieces among them. */
const TALKER = `
let n = 0
setInterval(() => {
  for (let i = 0; i < 60 && n < ${String(LINES)}; i += 1) {
    const long = n % 500 === 0 ? 'x'.repeat(20000) : ''
    process[n % 7 === 0 ? 'stderr' : 'stdout'].write('line ' + n + ' ' + long + '\\n')
    n += 1
  }
}, 40)`

let real: ThrowawayProject

beforeAll(async () => {
  real = await throwawayProject({api: {script: TALKER}})
})

afterAll(() => real.remove())

/** A way to the engine whose connections can all be cut at once. */
async function frailEngine(): Promise<{readonly host: string; readonly cut: () => void; readonly close: () => void}> {
  const endpoint = resolveDockerEndpoint(process.env)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const {host, port} = endpoint.kind === 'tcp' ? endpoint : {host: '', port: 0}
    const upstream = endpoint.kind === 'socket' ? connect(endpoint.path) : connect(port, host)
    for (const one of [socket, upstream]) one.on('error', () => undefined)
    sockets.add(socket)
    socket.pipe(upstream).pipe(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      upstream.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    host: `tcp://127.0.0.1:${String(port)}`,
    cut,
    close: () => {
      cut()
      server.close()
    },
  }
}

it('a followed log whose connection is cut again and again gives each line once', async () => {
  const frail = await frailEngine()
  const docker = openDocker(resolveDockerEndpoint({DOCKER_HOST: frail.host}))
  const deps = {
    engine: createDockerodeEngine(docker),
    logs: createDockerodeLogSource(docker),
    stackModel: real.compose,
    clock: {...systemClock, sleep: (seconds: number, signal?: AbortSignal) => systemClock.sleep(seconds / 10, signal)},
  }
  await real.compose.apply({kind: 'up', services: [], build: false, recreate: false, replicas: {}}, () => undefined)
  const stop = new AbortController()
  const seen: number[] = []
  const notes: string[] = []
  const sink = (entries: readonly {readonly message: string}[]): Promise<void> =>
    Promise.resolve(void seen.push(...entries.map(({message}) => Number(message.split(' ')[1]))))
  const query = {project: real.project, services: [], filter: {}, since: 0}
  const done = followLogs(deps, query, sink, (text) => notes.push(text), stop.signal)
  for (let cuts = 1; cuts <= 6; cuts += 1) {
    const before = seen.length
    await eventually(() => {
      expect(seen.length).toBeGreaterThan(Math.min(before + 300, LINES - 1))
    })
    frail.cut()
  }
  await eventually(() => {
    expect(seen.length).toBeGreaterThanOrEqual(LINES)
  })
  stop.abort()
  await done
  frail.close()
  expect(seen.toSorted((one, other) => one - other)).toEqual(Array.from({length: LINES}, (_, index) => index))
  expect(notes.length).toBeGreaterThan(0)
})
