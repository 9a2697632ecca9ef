import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {deadlineOf} from './suites/bad-day.js'
import {openDocker} from '../../src/adapters/docker/docker-connection.js'
import {resolveDockerEndpoint} from '../../src/adapters/docker/docker-endpoint.js'
import {createDockerodeEngine} from '../../src/adapters/docker/dockerode-engine.js'
import type {Engine} from '../../src/ports/engine.js'
import {aContainer} from '../support/builders/container.js'
import {fakeEngine} from '../support/fakes/engine.js'
import {type Misbehaviour, misbehavingServer} from '../support/servers/misbehaving.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const BUSY = 'const end = () => { for (const to = Date.now() + 50; Date.now() < to;); setTimeout(end, 50) }; end()'

const LABEL = 'com.docker.compose'

let real: ThrowawayProject

beforeAll(async () => {
  real = await throwawayProject({
    api: {script: BUSY, keys: {mem_limit: '256m', cpus: 0.5}},
    worker: {script: 'process.exit(7)'},
  })
  await real.compose.apply({kind: 'up', services: [], build: false, recreate: false, replicas: {}}, () => undefined)
  await real.compose.apply({kind: 'scale', replicas: {api: 2}}, () => undefined)
})

afterAll(() => real.remove())

function engineAt(host: string | undefined, deadlineSeconds = 30): Engine {
  const environment = host === undefined ? process.env : {DOCKER_HOST: host}
  return createDockerodeEngine(openDocker(resolveDockerEndpoint(environment)), {deadlineSeconds})
}

function fake(): Engine {
  const limits = {memoryLimitBytes: 256 * 1024 * 1024, cpuLimitCores: 0.5, project: real.project}
  const containers = [
    aContainer({
      service: 'worker',
      project: real.project,
      state: 'exited',
      exitCode: 7,
      finishedAt: '2026-11-23T06:00:02.000Z',
    }),
    aContainer({replica: 2, ...limits}),
    aContainer({replica: 1, ...limits}),
    aContainer({project: 'another'}),
  ]
  const stats = containers.slice(1, 3).map(({id}) => ({
    containerId: id,
    cpuCores: 0.4,
    cpuAvailableCores: 0.5,
    memoryBytes: 20_000_000,
    memoryLimitBytes: limits.memoryLimitBytes,
    networkReceivedBytes: 1000,
    networkSentBytes: 0,
    blockReadBytes: 0,
    blockWrittenBytes: 0,
    processes: 7,
  }))
  const images = [{id: 'sha256:api', tags: ['api:1'], createdAt: '2026-11-23T06:00:00.000Z'}]
  return fakeEngine(containers, {stats, images})
}

describe.each([
  ['the fake', fake],
  ['a real Docker', () => engineAt(undefined)],
])('Engine: %s', (_, make) => {
  it('tells its version and where it is', async () => {
    const {version, apiVersion, endpoint} = await make().info()
    expect(version).toMatch(/^\d+\./)
    expect(apiVersion).toMatch(/^1\.\d+$/)
    expect(endpoint).toMatch(/^(unix|tcp|npipe):/)
  })

  it('finds the containers of a project, stopped ones too, by service and replica', async () => {
    const containers = await make().containers(real.project)
    expect(containers.map(({service, replica, state}) => [service, replica, state])).toEqual([
      ['api', 1, 'running'],
      ['api', 2, 'running'],
      ['worker', 1, 'exited'],
    ])
    expect(containers[0]).toMatchObject({
      memoryLimitBytes: 268_435_456,
      cpuLimitCores: 0.5,
      exitCode: null,
      health: 'none',
      tty: false,
    })
    expect(containers[0]?.startedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(containers[2]).toMatchObject({exitCode: 7, outOfMemory: false})
  })

  it('tells what ended, when and with what code, in the time that was asked about', async () => {
    const engine = make()
    const [, , worker] = await engine.containers(real.project)
    const finishedAt = new Date(worker?.finishedAt ?? NaN)
    const around = (from: number, to: number) =>
      engine.events(real.project, new Date(finishedAt.getTime() + from), new Date(finishedAt.getTime() + to))
    const events = await around(-5000, 5000)
    expect(events.filter(({service}) => service === 'worker')).toMatchObject([
      {kind: 'ended', containerId: worker?.id, replica: 1, exitCode: 7},
    ])
    expect(await around(-9000, -6000)).toEqual([])
    const untilTomorrow = await around(-5000, 86_400_000)
    expect(
      untilTomorrow.filter(({containerId}) => containerId === worker?.id),
      'nobody waits for it',
    ).toHaveLength(1)
    expect(await engine.events('no-such-project', new Date(0), finishedAt)).toEqual([])
  })

  it('finds nothing of a project that is not there', async () => {
    expect(await make().containers('no-such-project')).toEqual([])
  })

  it('tells the projects that have containers, and what runs of them', async () => {
    const projects = await make().projects()
    expect(projects.find(({project}) => project === real.project)).toMatchObject({
      services: ['api', 'worker'],
      running: 2,
      total: 3,
    })
  })

  it('describes images once each, and leaves out those it does not have', async () => {
    const engine = make()
    const imageId = (await engine.containers(real.project))[0]?.imageId ?? ''
    const images = await engine.images([imageId, imageId, `sha256:${'0'.repeat(64)}`])
    expect(images.map(({id}) => id)).toEqual([imageId])
    expect(images[0]?.tags.length).toBeGreaterThan(0)
  })

  it('measures running containers, and leaves out the others', async () => {
    const engine = make()
    const containers = await engine.containers(real.project)
    const stats = await engine.stats(containers.map(({id}) => id))
    expect(stats.map(({containerId}) => containerId)).toEqual(containers.slice(0, 2).map(({id}) => id))
    for (const {cpuCores, cpuAvailableCores, memoryBytes, memoryLimitBytes, processes} of stats) {
      // Neither nanoseconds nor per cent. How near to its half core it comes, a busy machine decides, and so do the engine's samples.
      expect(cpuCores).toBeGreaterThan(0)
      expect(cpuCores).toBeLessThan(4)
      expect(cpuAvailableCores).toBe(0.5)
      expect(memoryBytes).toBeGreaterThan(1_000_000)
      expect(memoryLimitBytes).toBe(268_435_456)
      expect(processes).toBeGreaterThan(0)
    }
  })

  it('tells who is on a network, and that nobody is on one that is not there', async () => {
    const engine = make()
    const containers = await engine.containers(real.project)
    const there = await engine.attached(`${real.project}_default`)
    expect(there.toSorted()).toEqual(containers.slice(0, 2).map(({name}) => name))
    expect(await engine.attached(`${real.project}_nowhere`)).toEqual([])
  })

  it('gives the whole inspection document, and says when there is none', async () => {
    const engine = make()
    const id = (await engine.containers(real.project))[0]?.id ?? ''
    expect(await engine.inspect(id)).toMatchObject({Id: id})
    await expect(engine.inspect('0'.repeat(64))).rejects.toMatchObject({code: 'badAnswer'})
  })
})

it('a container whose image brought Compose’s labels along is none of the project', async () => {
  const docker = async (...argv: readonly string[]): Promise<string> => (await execa('docker', argv)).stdout.trim()
  const before = await engineAt(undefined).containers(real.project)
  const hash = before[0]?.configHash ?? ''
  const labels = {project: real.project, service: 'api', 'container-number': '1', 'config-hash': hash, oneoff: 'False'}
  const template = await docker('create', real.image, 'node')
  const changes = Object.entries(labels).flatMap(([name, value]) => ['--change', `LABEL ${LABEL}.${name}=${value}`])
  const image = await docker('commit', ...changes, template)
  const forged = await docker('create', image, 'node')
  // Nor one that says by hand whose it is, without Compose's marks.
  const named = ['project', 'service'] as const
  const byHand = await docker(
    'create',
    ...named.flatMap((name) => ['--label', `${LABEL}.${name}=${labels[name]}`]),
    real.image,
    'node',
  )
  try {
    for (const id of [forged, byHand]) await docker('start', '--attach', id)
    const events = await engineAt(undefined).events(real.project, new Date(Date.now() - 60_000), new Date())
    expect(events.filter(({containerId}) => [forged, byHand].includes(containerId))).toEqual([])
    const projects = await engineAt(undefined).projects()
    expect(await engineAt(undefined).containers(real.project)).toEqual(before)
    expect(projects.find(({project}) => project === real.project)).toMatchObject({total: before.length})
  } finally {
    await docker('rm', '--force', template, forged, byHand)
    await docker('rmi', '--force', image)
  }
})

it('a container that Compose made of an image that was committed from one of its own is one of the project', async () => {
  const docker = async (...argv: readonly string[]): Promise<string> => (await execa('docker', argv)).stdout.trim()
  const [one] = await engineAt(undefined).containers(real.project)
  const image = await docker('commit', one?.id ?? '')
  // As v2 makes it for the same Compose file: all labels of the image again, but for the image's own id.
  const made = await docker('create', '--label', `${LABEL}.image=${image}`, image)
  const byHand = await docker('create', image)
  try {
    const ids = (await engineAt(undefined).containers(real.project)).map(({id}) => id)
    expect([made, byHand].map((id) => ids.includes(id))).toEqual([true, false])
  } finally {
    await docker('rm', '--force', made, byHand)
    await docker('rmi', '--force', image)
  }
})

describe('a Docker having a bad day', () => {
  const days: readonly (readonly [Misbehaviour, string])[] = [
    ['slow', 'timedOut'],
    ['trickle', 'timedOut'],
    ['junk', 'badAnswer'],
    ['html', 'badAnswer'],
    ['wrongShape', 'badAnswer'],
    ['error500', 'badAnswer'],
    ['reset', 'unreachable'],
  ]

  it.each(days)('that is %s is %s', async (how, code) => {
    const server = await misbehavingServer(how)
    try {
      const engine = engineAt(server.url.replace('http:', 'tcp:'), deadlineOf(code))
      const started = performance.now()
      for (const answer of [engine.containers('x'), engine.info(), engine.images(['x'])]) {
        await expect(answer).rejects.toMatchObject({name: 'FaciError', code})
      }
      expect(performance.now() - started).toBeLessThan(20_000)
    } finally {
      await server.close()
    }
  })

  it('that is slow twice, in its list and in its details, has one deadline for both', async () => {
    const server = createServer((request, response) => {
      const listed = [{Id: 'c1', Labels: {[`${LABEL}.container-number`]: '1', [`${LABEL}.config-hash`]: 'h'}}]
      if (request.url?.includes('/images/json') === true) response.end('[]')
      if (request.url?.includes('/containers/json') === true)
        setTimeout(() => response.end(JSON.stringify(listed)), 2500)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const engine = engineAt(`tcp://127.0.0.1:${String((server.address() as AddressInfo).port)}`, 3)
      const started = performance.now()
      await expect(engine.containers('x')).rejects.toMatchObject({
        code: 'timedOut',
        message: expect.stringContaining('3 s') as string,
      })
      // One for each would be 5.5 s.
      expect(performance.now() - started).toBeLessThan(5000)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it.each([
    ['tcp://127.0.0.1:1', 'connection refused'],
    ['unix:///no/such/docker.sock', 'no such socket'],
  ])('that is not at %s is unreachable, with what to try', async (host, why) => {
    const error = engineAt(host).containers('x')
    await expect(error).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(why) as string,
      suggestions: expect.arrayContaining(['docker info']) as string[],
    })
  })
})
