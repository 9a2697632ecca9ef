import {spawn} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {onContainer, replicas} from '../support/containers.js'
import {drill, stopApi} from '../support/drill.js'
import {eventually} from '../support/eventually.js'
import {ownStack} from '../support/own-stack.js'
import {type Workspace, workspace} from '../support/workspace.js'

const stack = await ownStack()
const {project} = stack
const {env} = await drill(stack, () => here)
let here: Workspace

beforeEach(() => {
  here = workspace(stack)
})

/** What does not help is given up sooner than shipped. */
function impatient(): void {
  const shorter = {
    'within: 30s': 'within: 12s',
    'hold: 5s': 'hold: 2s',
    '"$service" --wait 45s': '"$service" --wait 3s',
    '"$service" --wait 60s': '"$service" --wait 15s',
  }
  here.editRunbook('api-down', (text) =>
    Object.entries(shorter).reduce((edited, [shipped, short]) => {
      expect(edited).toContain(shipped)
      return edited.replace(shipped, short)
    }, text),
  )
}

describe('faci runbook api-down, when the first rung does not help', () => {
  it('brings back an API whose container is gone, by the next rung', async () => {
    impatient()
    await onContainer(project, 'api', (id) => ['rm', '--force', id])
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'api-down', '--yes'], {env})
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/resolved by up/)
    expect((await replicas(project, 'api')).map(({running}) => running)).toEqual([true])
  })

  it('recreates what a restart cannot cure, with consent to exactly that block, evidence first', async () => {
    impatient()
    await onContainer(project, 'api', (id) => ['exec', '--user', '0', id, 'sh', '-c', 'echo "throw 1" > /app/main.cjs'])
    await stopApi(stack)
    const plan = await here.faci(['runbook', 'api-down', '--dry-run'], {env})
    const approval = /--approve (recreate@[0-9a-f]+)/.exec(plan.stdout)?.[1] ?? ''
    expect(approval).not.toBe('')
    const refused = await here.faci(['runbook', 'api-down', '--yes', '--from', 'recreate'], {env})
    expect(refused.exitCode).toBe(5)
    expect(refused.stdout + refused.stderr).toContain(`--approve ${approval}`)
    // Climbing from one rung to the next is shown above.
    const {stdout, stderr, exitCode} = await here.faci(
      ['runbook', 'api-down', '--yes', '--from', 'recreate', '--approve', approval],
      {env, timeoutSeconds: 300},
    )
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/resolved by recreate/)
    const kept = readdirSync(join(here.storeDirectory, 'runs'), {recursive: true, encoding: 'utf8'})
    expect(kept.some((name) => /api[^/]*\.log$/.test(name))).toBe(true)
  }, 600_000)
})

describe('faci runbook high-latency', () => {
  it('finds the slow endpoint, scales out with proof, and is resolved', async () => {
    const load = await startLoad()
    try {
      const fault = JSON.stringify({latency: {'*': {ms: 900, ratio: 0.12}}})
      await onContainer(project, 'api', (id) => ['exec', id, 'node', '/app/faultctl.cjs', 'set', fault])
      await eventually(async () => {
        const {stdout} = await here.faci(['latency', '--window', '20s', '--json'])
        expect((JSON.parse(stdout) as {verdict: string}).verdict).toBe('degraded')
      }, 60)
      const {stdout, stderr, exitCode} = await here.faci(
        ['runbook', 'high-latency', '--yes', '--input', 'window=20s', '--input', 'replicas=4'],
        {env, timeoutSeconds: 280},
      )
      expect(exitCode, stderr.slice(-3000)).toBe(0)
      expect(stdout).toMatch(/resolved by scale/)
      expect(stderr).toMatch(/\/cars|\/recommend/)
      expect((await replicas(project, 'api')).filter(({running}) => running)).toHaveLength(4)
    } finally {
      load.kill('SIGKILL')
      await here.faci(['scale', 'api=1', '--yes'])
      await onContainer(project, 'api', (id) => ['exec', id, 'node', '/app/faultctl.cjs', 'reset'])
    }
  }, 400_000)
})

async function startLoad() {
  const child = spawn(process.execPath, [join(repositoryRoot, 'service', 'load', 'dist', 'main.cjs')], {
    env: {...process.env, TARGET_URL: stack.urls.api, LOAD_RPS: '20', LOAD_DURATION: '300'},
    stdio: 'ignore',
  })
  await new Promise((resolve) => child.once('spawn', resolve))
  return child
}
