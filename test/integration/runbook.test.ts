import {spawn} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {onContainer, replicas} from '../support/containers.js'
import {eventually} from '../support/eventually.js'
import {ownStack} from '../support/own-stack.js'
import {SLACK_TOKEN, type SlackServer, slackServer} from '../support/servers/slack.js'
import {type Workspace, workspace} from '../support/workspace.js'

const stack = await ownStack()
const {project} = stack
let slack: SlackServer
let here: Workspace
let env: Record<string, string>

beforeAll(async () => {
  slack = await slackServer()
  env = {SLACK_BOT_TOKEN: SLACK_TOKEN, SLACK_API_URL: slack.apiUrl}
})
beforeEach(() => {
  here = workspace(stack)
})
afterEach(async () => {
  const {exitCode, stderr} = await here.faci(['up', 'api', '--yes', '--takeover', 'clean up after a test'])
  expect(exitCode, stderr).toBe(0)
  await untilUp(1)
  here.remove()
})
afterAll(async () => {
  await slack.close()
})

interface RunDocument {
  readonly verdict: string
  readonly data: {readonly runId: string | null}
}

async function untilUp(count: number): Promise<void> {
  await eventually(async () => {
    const {stdout} = await here.faci([
      'query',
      'sum(up{job="faciliauto-api"}) and count(up{job="faciliauto-api"} == 0) or sum(up{job="faciliauto-api"})',
    ])
    expect(stdout).toMatch(new RegExp(`^ *${count} `, 'm'))
  })
}

async function stopApi(): Promise<void> {
  await onContainer(project, 'api', (id) => ['stop', '--time', '1', id])
}

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

function runs(): readonly string[] {
  const folder = join(here.storeDirectory, 'runs')
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

function journal(run: string): readonly {kind: string; by: string; [key: string]: unknown}[] {
  const text = readFileSync(join(here.storeDirectory, 'runs', run, 'journal.jsonl'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as {kind: string; by: string})
}

/** Everything faci wrote below a folder, as one text. */
function everythingIn(folder: string): string {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

describe('faci runbook api-down', () => {
  it('restores a stopped API, proves it, and tells Slack: a root that ends resolved and its thread', async () => {
    await stopApi()
    const before = slack.posts.length
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'api-down', '--yes'], {env})
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/resolved by restart/)
    expect(stdout).toMatch(/up +resolved by `restart`/)
    expect((await fetch(`${stack.urls.api}/health`)).status).toBe(200)
    const [root, ...thread] = slack.posts.slice(before)
    expect(root).toMatchObject({threadTs: null, edits: 1})
    expect(JSON.stringify(root?.blocks)).toMatch(/Resolvido/)
    expect(thread.length).toBeGreaterThan(0)
    expect(thread.every(({threadTs}) => threadTs === root?.ts)).toBe(true)
  })

  it('leaves a journal of who did what, and no lock', async () => {
    await stopApi()
    const {stdout} = await here.faci(['runbook', 'api-down', '--yes', '--json'], {env})
    const {data, verdict} = JSON.parse(stdout) as RunDocument
    expect(verdict).toBe('ok')
    const events = journal(data.runId ?? '')
    expect(events[0]).toMatchObject({kind: 'run.started'})
    expect(events.at(-1)).toMatchObject({kind: 'run.finished'})
    expect(events.every(({by}) => by.startsWith('ana@'))).toBe(true)
    const status = JSON.parse((await here.faci(['status', '--json'])).stdout) as {
      data: {lock: {value: {state: string}}}
    }
    expect(status.data.lock.value.state).toBe('free')
  })

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
    await stopApi()
    const plan = await here.faci(['runbook', 'api-down', '--dry-run'], {env})
    const approval = /--approve (recreate@[0-9a-f]+)/.exec(plan.stdout)?.[1] ?? ''
    expect(approval).not.toBe('')
    const refused = await here.faci(['runbook', 'api-down', '--yes'], {env, timeoutSeconds: 240})
    expect(refused.exitCode).toBe(5)
    expect(refused.stdout + refused.stderr).toContain(`--approve ${approval}`)
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'api-down', '--yes', '--approve', approval], {
      env,
      timeoutSeconds: 300,
    })
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/resolved by recreate/)
    const kept = runs().flatMap((run) => readdirSync(join(here.storeDirectory, 'runs', run)))
    expect(kept.some((name) => /api.*\.log$/.test(name))).toBe(true)
  }, 600_000)

  it('changes nothing, takes no lock and tells nobody when it is already resolved', async () => {
    await untilUp(1)
    const before = [await replicas(project, 'api'), slack.posts.length]
    const {stdout, exitCode} = await here.faci(['runbook', 'api-down', '--yes'], {env})
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/already resolved/)
    expect([await replicas(project, 'api'), slack.posts.length]).toEqual(before)
    expect(existsSync(join(here.storeDirectory, 'locks'))).toBe(false)
  })

  it('without a terminal and without --yes ends at the gate with what would be accepted', async () => {
    await stopApi()
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'api-down'], {env})
    expect(exitCode).toBe(5)
    expect(stdout + stderr).toMatch(/faci runbook api-down .*--yes|--approve restart@/)
    expect((await replicas(project, 'api')).map(({running}) => running)).toEqual([false])
  })

  it('--dry-run and --diagnose change nothing', async () => {
    await stopApi()
    const planned = await here.faci(['runbook', 'api-down', '--dry-run'], {env})
    expect(planned.exitCode).toBe(0)
    expect(planned.stdout).toMatch(/nothing was changed/)
    expect(runs()).toEqual([])
    const diagnosed = await here.faci(['runbook', 'api-down', '--diagnose'], {env})
    expect(diagnosed.exitCode).toBe(3)
    expect((await replicas(project, 'api')).map(({running}) => running)).toEqual([false])
  })

  it('never escalates on what it cannot see', async () => {
    here.editRunbook('api-down', (text) => text.replace('within: 30s', 'within: 10s'))
    await stopApi()
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'api-down', '--yes'], {
      env: {...env, PROMETHEUS_PORT: '1'},
      timeoutSeconds: 200,
    })
    expect(exitCode, stderr).toBe(4)
    expect(stdout).toMatch(/Prometheus/)
    expect(stdout).toMatch(/mitigate +restart/)
    expect(stdout).not.toMatch(/✔ +mitigate +(up|recreate)/)
    expect((await fetch(`${stack.urls.api}/health`)).status).toBe(200)
  })

  it('does not lose the notice when Slack is down, and does not wait for it', async () => {
    const bad = {...env, SLACK_API_URL: 'http://127.0.0.1:1/api/'}
    await stopApi()
    const run = await here.faci(['runbook', 'api-down', '--yes'], {env: bad})
    expect(run.exitCode).toBe(9)
    const before = slack.posts.length
    expect((await here.faci(['notify', 'flush'], {env: bad})).exitCode).toBe(9)
    const flushed = await here.faci(['notify', 'flush'], {env})
    expect(flushed.exitCode, flushed.stderr).toBe(0)
    expect(slack.posts.length).toBeGreaterThan(before)
    expect((await here.faci(['status', '--json'])).stdout).toMatch(/"undelivered": \{\s*"kind": "read",\s*"value": 0/)
  })

  it('tells the second operator who is at it', async () => {
    await stopApi()
    const first = here.faci(['runbook', 'api-down', '--yes'], {env})
    await eventually(() => {
      expect(existsSync(join(here.storeDirectory, 'locks'))).toBe(true)
    })
    const second = await here.faci(['restart', 'api', '--yes'], {env: {...env, FACI_OPERATOR: 'bob'}})
    expect(second.exitCode).toBe(5)
    expect(second.stderr).toMatch(/ana.*api-down|api-down.*ana/s)
    expect((await first).exitCode).toBe(0)
  })

  it('kill -9 in the middle leaves a readable journal and a lock that is known to be stale', async () => {
    await stopApi()
    const child = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), 'runbook', 'api-down', '--yes'], {
      cwd: here.directory,
      env: {...process.env, ...stack.env, ...env, FACI_OPERATOR: 'ana'},
      stdio: 'ignore',
    })
    await eventually(() => {
      expect(everythingIn(join(here.storeDirectory, 'runs'))).toMatch(/"restart"/)
    })
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const [run = ''] = runs()
    expect(journal(run)[0]).toMatchObject({kind: 'run.started'})
    expect((await here.faci(['status'])).stdout).toMatch(/lock stale by ana/)
    const again = await here.faci(['restart', 'api', '--yes'])
    expect(again.exitCode).toBe(5)
    expect(again.stderr).toMatch(/--takeover/)
  })

  it('Ctrl-C stops the block, journals it, and gives the lock back', async () => {
    await stopApi()
    const child = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), 'runbook', 'api-down', '--yes'], {
      cwd: here.directory,
      env: {...process.env, ...stack.env, ...env, FACI_OPERATOR: 'ana'},
      stdio: 'ignore',
    })
    await eventually(() => {
      expect(everythingIn(join(here.storeDirectory, 'runs'))).toMatch(/"restart"/)
    })
    child.kill('SIGINT')
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect(code).toBe(130)
    expect(journal(runs()[0] ?? '').at(-1)).toMatchObject({kind: 'run.finished'})
    expect((await here.faci(['status'])).stdout).not.toMatch(/lock (held|stale)/)
  })

  it('shows the token nowhere: not on a stream, in the journal, the outbox, or an argument list', async () => {
    await stopApi()
    const seen: string[] = []
    const watching = setInterval(() => {
      void execa('ps', ['-eo', 'args'], {reject: false}).then(({stdout}) => seen.push(stdout))
    }, 200)
    const run = await here.faci(['runbook', 'api-down', '--yes'], {env: {...env, FACI_DEBUG: '1'}})
    clearInterval(watching)
    expect(run.exitCode).toBe(0)
    const all = [run.stdout, run.stderr, everythingIn(here.storeDirectory), ...seen].join('\n')
    expect(seen.length).toBeGreaterThan(3)
    expect(all).not.toContain(SLACK_TOKEN)
    expect(all).not.toContain(Buffer.from(SLACK_TOKEN).toString('base64'))
  })
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
      await here.faci(['restart', 'api', '--yes'])
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

describe('runbooks that cannot be run', () => {
  it('suggests the name that was meant', async () => {
    const {stderr, exitCode} = await here.faci(['runbook', 'api-dwn', '--yes'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/api-down/)
  })

  it('refuses an input that is not allowed, before anything runs', async () => {
    const {stderr, exitCode} = await here.faci(['runbook', 'api-down', '--yes', '--input', 'service=postgres'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/api, redis/)
    expect(runs()).toEqual([])
  })

  it('lists and shows', async () => {
    const list = await here.faci(['runbook', 'list'])
    expect(list.exitCode).toBe(0)
    expect(list.stdout).toMatch(/api-down +critical +API down/)
    const show = await here.faci(['runbook', 'show', 'api-down'])
    expect(show.exitCode).toBe(0)
    expect(show.stdout).toMatch(/faci restart "\$service"/)
  })
})
