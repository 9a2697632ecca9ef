import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, afterEach, beforeEach, describe, expect, it} from 'vitest'
import {badImage, type BadImage} from '../support/bad-image.js'
import {imageOf, onContainer, replicas} from '../support/containers.js'
import {eventually} from '../support/eventually.js'
import {ownStack} from '../support/own-stack.js'
import {restoreApi} from '../support/restore-api.js'
import {type SteadyLoad, steadyLoad} from '../support/steady-load.js'
import {type Workspace, workspace} from '../support/workspace.js'

const stack = await ownStack()
const {project} = stack
/** Two scrapes of every series are in it even when one failed. */
const WINDOW = '16s'
const SHORT_WINDOW = ['--input', `window=${WINDOW}`]
const TRAFFIC = 'job="faciliauto-api", endpoint!~"/metrics|/health"'
const ERRORS = `(sum(rate(http_requests_total{${TRAFFIC}, status=~"5.."}[${WINDOW}])) or vector(0)) / (sum(rate(http_requests_total{${TRAFFIC}}[${WINDOW}])) > 0)`
const MEMORY = 'max(process_resident_memory_bytes{job="faciliauto-api"})'
/** A Prometheus that was started again still answers with the last samples of replicas that it never saw go. */
const SERVING = 'count(up{job="faciliauto-api"} == 1 and timestamp(up) > time() - 8)'
const HITS = `sum(rate(cache_hits_total[${WINDOW}])) / (sum(rate(cache_hits_total[${WINDOW}])) + sum(rate(cache_misses_total[${WINDOW}])) > 0)`

let here: Workspace
let load: SteadyLoad
let bad: BadImage | null = null

beforeEach(() => {
  here = workspace(stack)
  load = steadyLoad(stack.urls.api)
})
afterEach(async () => {
  await load.stop()
  await restoreApi(stack, here)
  await onContainer(project, 'api', (id) => ['exec', id, 'node', '/app/faultctl.cjs', 'reset'])
  await eventually(async () => {
    expect(await measured(SERVING)).toBe(1)
  })
  here.remove()
})
afterAll(async () => {
  await bad?.remove()
})

/** What Prometheus itself says now; NaN without an answer. */
async function measured(expression: string): Promise<number> {
  const url = `${stack.urls.prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`
  const answer = (await fetch(url).then((response) => response.json())) as {
    data: {result: readonly {readonly value: readonly [number, string]}[]}
  }
  return Number(answer.data.result[0]?.value[1] ?? Number.NaN)
}

async function breakApi(fault: object): Promise<void> {
  await onContainer(project, 'api', (id) => ['exec', id, 'node', '/app/faultctl.cjs', 'set', JSON.stringify(fault)])
}

/** What does not help is given up sooner than shipped, and what helps is believed sooner. */
function impatient(name: string, within: string): void {
  here.editRunbook(name, (text) => {
    const edited = text.replace(/^ {2}within: \w+$/m, `  within: ${within}`).replace(/^ {2}hold: \w+$/m, '  hold: 3s')
    expect(edited).not.toBe(text)
    return edited
  })
}

/** What the runs in this workspace have written so far. */
function journals(): string {
  const runs = join(here.storeDirectory, 'runs')
  if (!existsSync(runs)) return ''
  return readdirSync(runs)
    .map((run) => readFileSync(join(runs, run, 'journal.jsonl'), 'utf8'))
    .join('\n')
}

async function approvalOf(argv: readonly string[], block: string): Promise<string> {
  const {stdout} = await here.faci([...argv, '--yes', '--rollback', 'always', '--dry-run'])
  const approval = new RegExp(`--approve (${block}@[0-9a-f]+)`).exec(stdout)?.[1]
  expect(approval, stdout).toBeDefined()
  return approval ?? ''
}

describe('faci runbook high-error-rate', () => {
  it('goes back from a bad release to the image before it, with consent to exactly that', async () => {
    const release = `faci-test/${project}:bad`
    const good = await imageOf(project, 'api')
    bad = await badImage(good, release)
    const env = {API_IMAGE: release}
    const deployed = await here.faci(['up', 'api', '--yes'], {env})
    expect(deployed.exitCode, deployed.stderr).toBe(0)
    expect(deployed.stdout).toContain(`The previous image of api is kept as faci/${project}/api:previous`)
    expect(await imageOf(project, 'api')).not.toBe(good)
    await eventually(async () => {
      expect(await measured(ERRORS)).toBeGreaterThan(0.2)
    })
    impatient('high-error-rate', '40s')
    const argv = ['runbook', 'high-error-rate', ...SHORT_WINDOW]
    // Prometheus may have too few samples of a new container at first: then nothing would be changed.
    const approval = await eventually(() => approvalOf(argv, 'previous-image'), 60)
    const {stdout, stderr, exitCode} = await here.faci(
      [...argv, '--yes', '--rollback', 'always', '--approve', approval],
      {
        env,
        timeoutSeconds: 200,
      },
    )
    expect(exitCode, stderr.slice(-3000)).toBe(0)
    expect(stdout).toMatch(/resolved by previous-image/)
    expect(stderr).toMatch(/\/recommend/)
    expect(stdout).toMatch(/newest-image +not needed/)
    expect(await imageOf(project, 'api')).toBe(good)
    expect(await measured(ERRORS)).toBeLessThanOrEqual(0.005)
  }, 300_000)
})

describe('faci runbook high-memory-usage', () => {
  it('waits for a quiet moment, restarts, and the memory is back', async () => {
    await breakApi({memory: {growMiBPerSecond: 100, maxMiB: 300}})
    await eventually(async () => {
      expect(await measured(MEMORY)).toBeGreaterThan(300e6)
    })
    impatient('high-memory-usage', '60s')
    const [before] = await replicas(project, 'api')
    const argv = ['runbook', 'high-memory-usage', '--yes', ...SHORT_WINDOW]
    const inputs = ['limit=250000000', 'quiet_rps=2', 'trend=1m'].flatMap((input) => ['--input', input])
    const run = here.faci([...argv, ...inputs], {timeoutSeconds: 200})
    await eventually(() => {
      expect(journals()).toMatch(/"block.started".*"quiet-restart"/)
    }, 60)
    await new Promise((resolve) => setTimeout(resolve, 6000))
    expect(await replicas(project, 'api')).toEqual([before])
    await load.stop()
    const {stdout, stderr, exitCode} = await run
    expect(exitCode, stderr.slice(-3000)).toBe(0)
    expect(stdout).toMatch(/resolved by quiet-restart/)
    const [after] = await replicas(project, 'api')
    expect(after?.startedAt).not.toBe(before?.startedAt)
    expect(await measured(MEMORY)).toBeLessThan(250e6)
  }, 300_000)
})

describe('faci runbook low-cache-hit-rate', () => {
  it('climbs from the warm-up, which finds that the cache takes nothing, to the restart that cures it', async () => {
    await eventually(async () => {
      expect(await measured(HITS)).toBeGreaterThan(0.8)
    })
    await breakApi({cache: 'off'})
    await eventually(async () => {
      expect(await measured(HITS)).toBeLessThan(0.5)
    })
    // As long as it takes: on a busy machine the cache fills slowly.
    impatient('low-cache-hit-rate', '60s')
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'low-cache-hit-rate', '--yes', ...SHORT_WINDOW], {
      timeoutSeconds: 200,
    })
    expect(exitCode, stderr.slice(-3000)).toBe(0)
    expect(stderr).toMatch(/the cache said \{ BYPASS: 24 \}/)
    expect(stdout).toMatch(/resolved by restart/)
    expect(await measured(HITS)).toBeGreaterThanOrEqual(0.8)
  }, 300_000)
})
