// A faci that is killed in the middle of a change, on the real engine: the lock is held until what it started has ended.
import {execFileSync, spawn} from 'node:child_process'
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {describe, expect, it, type TestContext} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {lockDirectory, type Outcome, runBuilt} from '../support/built-faci.js'
import {eventually} from '../support/eventually.js'
import {throwawayProject, type ThrowawayProject} from '../support/throwaway-project.js'

/** Long enough for a faci that starts meanwhile to find the lock, on a busy machine too. */
const STOP_SECONDS = 10
const STUBBORN = {
  script: 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1e6)',
  keys: {stop_signal: 'SIGTERM', stop_grace_period: `${String(STOP_SECONDS)}s`},
}

interface World {
  readonly project: ThrowawayProject
  readonly directory: string
  readonly container: string
  readonly faci: (...argv: readonly string[]) => Promise<Outcome>
}

async function bringUp(generation: 'v1' | 'v2', onTestFinished: TestContext['onTestFinished']): Promise<World> {
  const project = await throwawayProject({api: STUBBORN}, generation)
  const directory = mkdtempSync(join(tmpdir(), 'faci-outlives-'))
  onTestFinished(async () => {
    await project.remove()
    rmSync(directory, {recursive: true, force: true})
  })
  const compose = JSON.stringify({file: project.file, project: project.project})
  writeFileSync(join(directory, 'faci.yml'), `service: shop\ncompose: ${compose}\n`)
  const up = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}} as const
  await project.compose.apply(up, () => undefined)
  const container = [project.project, 'api', '1'].join(generation === 'v1' ? '_' : '-')
  return {project, directory, container, faci: (...argv) => runBuilt(argv, directory, project.environment)}
}

function noted({directory}: World): readonly string[] {
  try {
    return readdirSync(join(directory, '.faci', 'locks')).filter((name) => name.endsWith('.started'))
  } catch {
    return []
  }
}

/** While Compose waits for the container to stop. */
async function killedStop(world: World): Promise<void> {
  const {directory, project} = world
  const child = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), 'stop', 'api', '--yes'], {
    cwd: directory,
    env: {...project.environment, FACI_OPERATOR: 'ana', FACI_LOCK_DIRECTORY: lockDirectory(directory)},
    stdio: 'ignore',
  })
  await eventually(() => {
    expect(noted(world)).toHaveLength(1)
  }, 60)
  await wait(1000)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('close', resolve))
}

function isRunning({container, project}: World): string {
  const argv = ['inspect', '--format', '{{.State.Running}}', container]
  return execFileSync('docker', argv, {encoding: 'utf8', env: project.environment}).trim()
}

// Both at once: they wait.
describe.concurrent.each(['v1', 'v2'] as const)('a stop that is killed, with Compose %s', (which) => {
  it('is brought to its end by Compose under the lock, which nobody takes over before', async ({
    expect,
    onTestFinished,
  }) => {
    const world = await bringUp(which, onTestFinished)
    const {faci} = world
    await killedStop(world)
    const early = await faci('start', 'api', '--yes', '--takeover', 'ana was killed')
    expect([early.exitCode, early.stderr]).toEqual([
      5,
      expect.stringMatching(/ana .*that faci is gone, its session \d+ is not/),
    ])
    expect(early.stderr).toMatch(/→ ps -o pid,etime,args --sid \d+/)
    await eventually(async () => {
      const unasked = await faci('start', 'api', '--yes')
      expect([unasked.exitCode, unasked.stderr]).toEqual([5, expect.stringContaining('--takeover')])
    }, 60)
    expect(isRunning(world)).toBe('false')
    const started = await faci('start', 'api', '--yes', '--takeover', 'ana was killed')
    expect(started.exitCode, started.stderr).toBe(0)
    await wait(2000)
    expect(isRunning(world)).toBe('true')
    expect(noted(world)).toEqual([])
  }, 180_000)
})
