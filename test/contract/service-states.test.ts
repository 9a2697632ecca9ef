import {execFileSync} from 'node:child_process'
import {writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {eventually} from '../support/eventually.js'
import {busyEngine} from '../support/servers/busy-engine.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const STAYS = 'setInterval(() => undefined, 1e6)'
const CRASHES = 'setTimeout(() => process.exit(1), 1500)'
const GROWS = 'const all = []; setInterval(() => all.push(Buffer.alloc(8e6, 1)), 20)'

const SERVICES = {
  web: {script: STAYS},
  replicated: {script: STAYS, keys: {scale: 2}},
  migrate: {script: '0', keys: {restart: 'no'}},
  idle: {script: STAYS, keys: {scale: 0}},
  load: {script: STAYS, keys: {profiles: ['load']}},
  hog: {script: GROWS, keys: {profiles: ['hog'], mem_limit: '48m'}},
}

interface ChangeSeen {
  readonly at: string
  readonly what: string
  readonly kind: string
  readonly services: readonly string[]
  readonly ending: {readonly exitCode: number | null; readonly outOfMemory: boolean} | null
  readonly restartCount: number | null
}

interface Status {
  readonly verdict: string
  readonly data: {
    readonly changes: readonly ChangeSeen[]
    readonly services: {
      readonly value: readonly {
        readonly service: string
        readonly verdict: string
        readonly reasons: readonly unknown[]
      }[]
    }
  }
}

let shop: ThrowawayProject
let looping: ThrowawayProject

async function withConfig(project: ThrowawayProject): Promise<ThrowawayProject> {
  const config = `service: shop\ncompose: {file: docker-compose.yml, project: ${project.project}}\n`
  await writeFile(join(dirname(project.file), 'faci.yml'), config)
  return project
}

function faci({file, environment}: ThrowawayProject, ...argv: readonly string[]): Promise<Outcome> {
  return runBuilt(argv, dirname(file), environment)
}

async function status(project: ThrowawayProject): Promise<Status> {
  return JSON.parse((await faci(project, 'status', '--json')).stdout) as Status
}

function stateOf({data}: Status, service: string): Status['data']['services']['value'][number] | undefined {
  return data.services.value.find((state) => state.service === service)
}

function changesOf({data}: Status, service: string): readonly ChangeSeen[] {
  return data.changes.filter(({services}) => services.includes(service))
}

function docker(...argv: readonly string[]): string {
  return execFileSync('docker', argv, {encoding: 'utf8'}).trim()
}

function containerOf({project}: ThrowawayProject, service: string): string {
  const labels = [`com.docker.compose.project=${project}`, `com.docker.compose.service=${service}`]
  const ids = docker('ps', '-aq', ...labels.flatMap((label) => ['--filter', `label=${label}`]))
  return ids.split('\n')[0] ?? ''
}

beforeAll(async () => {
  shop = await withConfig(await throwawayProject(SERVICES))
  looping = await withConfig(
    await throwawayProject({loop: {script: CRASHES, keys: {restart: 'always'}}, web: {script: STAYS}}),
  )
  const up = await faci(shop, 'up', '--yes')
  expect(up.exitCode, up.stdout + up.stderr).toBe(0)
})

afterAll(async () => {
  await Promise.all([shop, looping].map(({remove}) => remove()))
})

describe('what the Compose file wants, against what the engine has', () => {
  it('is healthy with a job that is done, of scale 0 and of a profile that is off', async () => {
    const seen = await status(shop)
    expect(seen.verdict).toBe('healthy')
    expect(stateOf(seen, 'migrate')).toMatchObject({verdict: 'healthy', reasons: [{why: 'finished'}]})
    expect(seen.data.services.value.map(({service}) => service).sort()).toEqual(['migrate', 'replicated', 'web'])
  })

  it('a container that was removed is seen by status, doctor and stats, and brought back by what they say', async () => {
    docker('rm', '-f', containerOf(shop, 'web'))
    const shown = await faci(shop, 'status')
    expect(shown.exitCode).toBe(3)
    expect(shown.stdout).toMatch(/^▲ degraded .*\n {2}✖ web: no container {2}→ faci up web\n/)
    expect(shown.stdout).toMatch(/IMAGE \/ WHY\n {2}web +✖ down +0\/1/)
    const doctor = await faci(shop, 'doctor')
    expect([doctor.exitCode, doctor.stdout]).toEqual([
      3,
      expect.stringMatching(/containers +✖ failed .*web: no container/),
    ])
    expect(shown.stdout).toMatch(/Recent changes\n(.*\n)* +\d+s ago {2}removed: web\n/)
    expect((await faci(shop, 'status', 'replicated')).exitCode).toBe(0)
    const up = await faci(shop, 'up', 'web', '--yes')
    expect(up.exitCode, up.stderr).toBe(0)
    expect((await status(shop)).verdict).toBe('healthy')
  })

  it('a replica that was removed is missed', async () => {
    docker('rm', '-f', containerOf(shop, 'replicated'))
    expect(stateOf(await status(shop), 'replicated')).toMatchObject({
      verdict: 'degraded',
      reasons: [{why: 'tooFewContainers', containers: 1, wanted: 2}],
    })
    expect((await faci(shop, 'scale', 'replicated=2', '--yes')).exitCode).toBe(0)
    expect((await status(shop)).verdict).toBe('healthy')
  })

  it('a restart is waited for until it is steady, and then all agree at once', async () => {
    const restart = await faci(shop, 'restart', 'web', '--yes', '--json')
    expect(restart.exitCode, restart.stderr).toBe(0)
    expect((await status(shop)).verdict).toBe('healthy')
    docker('restart', '-t', '0', containerOf(shop, 'web'))
    const seen = await status(shop)
    expect([seen.verdict, stateOf(seen, 'web')?.verdict]).toEqual(['unknown', 'unknown'])
    expect((await faci(shop, 'status')).exitCode).toBe(4)
  })

  it('a container that crashed, was short of memory or was killed stands among what changed, with its code and time', async () => {
    const before = Date.now()
    docker('kill', containerOf(shop, 'web'))
    const killed = await status(shop)
    expect(changesOf(killed, 'web')[0]).toMatchObject({
      what: 'exited with 137: web',
      kind: 'exited',
      ending: {exitCode: 137, outOfMemory: false},
    })
    expect(Date.parse(changesOf(killed, 'web')[0]?.at ?? '')).toBeGreaterThan(before - 1000)
    const up = {kind: 'up', services: ['hog'], build: false, recreate: false, replicas: {}} as const
    await shop.compose.apply(up, () => undefined)
    await eventually(async () => {
      expect(changesOf(await status(shop), 'hog')).toContainEqual(
        expect.objectContaining({
          what: 'exited with 137, out of memory: hog',
          ending: {exitCode: 137, outOfMemory: true},
        }),
      )
    }, 60)
    docker('rm', '-f', containerOf(shop, 'hog'))
    expect((await faci(shop, 'start', 'web', '--yes')).exitCode).toBe(0)
    // Somebody ended it and it runs again: no crash.
    expect(changesOf(await status(shop), 'web').map(({kind}) => kind)).not.toContain('exited')
  })

  it('an engine that is busy holds up no screen of many parts, and costs nobody the logs', async () => {
    const engine = await busyEngine(4)
    try {
      const busy = {...shop, environment: {...shop.environment, DOCKER_HOST: engine.host}}
      const [seen, logs] = await Promise.all([faci(busy, 'status'), faci(busy, 'logs', 'web')])
      expect([seen.exitCode, seen.stdout]).toEqual([
        4,
        expect.stringMatching(/did not describe a container within 2\.5 s/),
      ])
      expect([logs.exitCode, logs.stderr]).toEqual([0, expect.not.stringContaining('Docker')])
    } finally {
      await engine.stop()
    }
  })

  it('another project name does not suggest a second copy', async () => {
    const elsewhere = join(dirname(shop.file), 'elsewhere.yml')
    await writeFile(elsewhere, 'service: shop\ncompose: {file: docker-compose.yml, project: faci-test-nowhere}\n')
    const {stdout, exitCode} = await faci(shop, 'status', '--config', elsewhere)
    expect(exitCode).toBe(3)
    expect(stdout).toContain(`write compose: {project: ${shop.project}} in faci.yml`)
    expect(stdout).not.toContain('→ faci up')
  })
})

describe('a container that crashes again and again', () => {
  it('is not called up, and not healthy at any moment', async () => {
    const up = await faci(looping, 'up', '--yes', '--wait', '25s')
    expect(up.exitCode, up.stdout).toBe(3)
    expect(up.stdout).toMatch(/loop .*keeps restarting/)
    await eventually(async () => {
      expect(stateOf(await status(looping), 'loop')).toMatchObject({
        verdict: 'degraded',
        reasons: [{why: 'container', replica: 1, reason: {why: 'restartsOften'}}],
      })
    }, 60)
    const seen = await status(looping)
    const [change] = changesOf(seen, 'loop')
    expect(change).toMatchObject({kind: 'restarted', ending: {exitCode: 1, outOfMemory: false}})
    expect(change?.what).toMatch(/^restarted by the engine \d+ times, last after it exited with 1: loop$/)
    expect(change?.restartCount).toBeGreaterThanOrEqual(3)
    for (let look = 0; look < 8; look += 1) {
      const seen = await status(looping)
      expect(stateOf(seen, 'loop')?.verdict).toMatch(/^(down|degraded)$/)
      expect(seen.verdict).toBe('degraded')
    }
  })
})
