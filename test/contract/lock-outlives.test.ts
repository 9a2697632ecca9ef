// A faci that is killed in the middle of a change, on the real engine: the lock is held until what it started has ended.
import {execFileSync, spawn} from 'node:child_process'
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, describe, expect, it} from 'vitest'
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

let project: ThrowawayProject
let directory: string
let container: string

async function bringUp(generation: 'v1' | 'v2'): Promise<void> {
  project = await throwawayProject({api: STUBBORN}, generation)
  container = [project.project, 'api', '1'].join(generation === 'v1' ? '_' : '-')
  directory = mkdtempSync(join(tmpdir(), 'faci-outlives-'))
  const compose = JSON.stringify({file: project.file, project: project.project})
  writeFileSync(join(directory, 'faci.yml'), `service: shop\ncompose: ${compose}\n`)
  const up = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}} as const
  await project.compose.apply(up, () => undefined)
}

afterEach(async () => {
  await project.remove()
  rmSync(directory, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]): Promise<Outcome> => runBuilt(argv, directory, project.environment)

function noted(): readonly string[] {
  try {
    return readdirSync(join(directory, '.faci', 'locks')).filter((name) => name.endsWith('.started'))
  } catch {
    return []
  }
}

/** While Compose waits for the container to stop. */
async function killedStop(): Promise<void> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), 'stop', 'api', '--yes'], {
    cwd: directory,
    env: {...project.environment, FACI_OPERATOR: 'ana', FACI_LOCK_DIRECTORY: lockDirectory(directory)},
    stdio: 'ignore',
  })
  await eventually(() => {
    expect(noted()).toHaveLength(1)
  }, 20)
  await wait(1000)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('close', resolve))
}

function isRunning(): string {
  const argv = ['inspect', '--format', '{{.State.Running}}', container]
  return execFileSync('docker', argv, {encoding: 'utf8', env: project.environment}).trim()
}

describe.each(['v1', 'v2'] as const)('a stop that is killed, with Compose %s', (which) => {
  it('is brought to its end by Compose under the lock, which nobody takes over before', async () => {
    await bringUp(which)
    await killedStop()
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
    expect(isRunning()).toBe('false')
    const started = await faci('start', 'api', '--yes', '--takeover', 'ana was killed')
    expect(started.exitCode, started.stderr).toBe(0)
    await wait(2000)
    expect(isRunning()).toBe('true')
    expect(noted()).toEqual([])
  }, 180_000)
})
