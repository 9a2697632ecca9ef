// A service on another one's network is cut off by whatever happens to that one: what faci says of it, and whether what it says to type mends it.
import {execFileSync} from 'node:child_process'
import {writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const STAYS = 'setInterval(() => undefined, 1e6)'
const INTERFACES = 'process.stdout.write(Object.keys(os.networkInterfaces()).filter((name) => name !== "lo").join())'

interface Seen {
  readonly service: string
  readonly verdict: string
  readonly reasons: readonly unknown[]
  readonly next: string | null
}

describe('a service on the network of another one', () => {
  let shop: ThrowawayProject

  const faci = (...argv: readonly string[]): Promise<Outcome> => runBuilt(argv, dirname(shop.file), shop.environment)
  const docker = (...argv: readonly string[]): string => execFileSync('docker', argv, {encoding: 'utf8'}).trim()

  function containerOf(service: string): string {
    const labels = [`com.docker.compose.project=${shop.project}`, `com.docker.compose.service=${service}`]
    return docker('ps', '-aq', ...labels.flatMap((label) => ['--filter', `label=${label}`]))
  }

  async function side(): Promise<Seen | undefined> {
    const {stdout} = await faci('status', '--json')
    const {data} = JSON.parse(stdout) as {data: {services: {value: readonly Seen[]}}}
    return data.services.value.find(({service}) => service === 'side')
  }

  /** What it has besides its loopback. */
  const interfaces = (): string => docker('exec', containerOf('side'), 'node', '-e', INTERFACES)

  const cutOff = (cause: string): unknown => ({
    verdict: 'degraded',
    reasons: [{why: 'container', replica: 1, reason: expect.objectContaining({why: 'deadNetwork', cause}) as unknown}],
  })

  async function mendedBy(next: string): Promise<void> {
    expect((await side())?.next).toBe(next)
    expect(interfaces()).toBe('')
    const done = await faci(...next.split(' ').slice(1), '--yes')
    expect(done.exitCode, done.stdout + done.stderr).toBe(0)
    expect(interfaces()).not.toBe('')
    expect(await side()).toMatchObject({verdict: 'healthy', reasons: [], next: null})
  }

  beforeAll(async () => {
    shop = await throwawayProject(
      {
        web: {script: STAYS},
        side: {script: STAYS, keys: {network_mode: 'service:web'}},
        db: {script: STAYS, keys: {healthcheck: {test: ['CMD', 'node', '-e', '0'], interval: '1s'}}},
        app: {script: STAYS, keys: {depends_on: {db: {condition: 'service_healthy'}}}},
      },
      'v2',
    )
    await writeFile(join(dirname(shop.file), 'faci.yml'), `service: shop\ncompose: {project: ${shop.project}}\n`)
    const {exitCode, stdout, stderr} = await faci('up', '--yes')
    expect(exitCode, stdout + stderr).toBe(0)
  })
  afterAll(() => shop.remove())

  it('is well while that one lives', async () => {
    expect(interfaces()).not.toBe('')
    expect(await side()).toMatchObject({verdict: 'healthy', reasons: [], next: null})
  })

  it('is cut off when that one was started again', async () => {
    docker('restart', '--time', '0', containerOf('web'))
    expect(await side()).toMatchObject(cutOff('ownerRestarted') as object)
    await mendedBy('faci restart side')
  })

  it('is cut off when that one was stopped', async () => {
    docker('stop', '--time', '0', containerOf('web'))
    expect(await side()).toMatchObject(cutOff('ownerStopped') as object)
    await mendedBy('faci up side --recreate')
  })

  it('and one that waits for another that has no container is refused before Compose fails at it', async () => {
    docker('stop', '--time', '0', containerOf('app'))
    docker('rm', '--force', containerOf('db'))
    const start = await faci('start', 'app', '--yes')
    expect([start.exitCode, start.stderr]).toEqual([
      2,
      expect.stringMatching(/app waits for db, which has no container to start[^]*faci up app/),
    ])
    expect((await faci('up', 'app', '--yes')).exitCode).toBe(0)
  })

  it('is cut off when that one was made anew', async () => {
    docker('rm', '--force', containerOf('web'))
    expect(await side()).toMatchObject(cutOff('ownerGone') as object)
    const restart = await faci('restart', 'side', '--yes')
    expect([restart.exitCode, restart.stderr]).toEqual([2, expect.stringMatching(/no longer exists[^]*faci up side/)])
    await mendedBy('faci up side')
  })
})
