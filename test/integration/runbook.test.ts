import {spawn} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {execa} from 'execa'
import {beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {replicas} from '../support/containers.js'
import {drill, stopApi, untilUp} from '../support/drill.js'
import {eventually} from '../support/eventually.js'
import {ownStack} from '../support/own-stack.js'
import {SLACK_TOKEN} from '../support/servers/slack.js'
import {type Workspace, workspace} from '../support/workspace.js'

const stack = await ownStack()
const {project} = stack
const {env, slack} = await drill(stack, () => here)
let here: Workspace

beforeEach(() => {
  here = workspace(stack)
  here.editRunbook('api-down', (text) => text.replace('hold: 5s', 'hold: 1s'))
})

interface RunDocument {
  readonly verdict: string
  readonly data: {readonly runId: string | null}
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
  it('restores a stopped API, proves it, and tells Slack: a root that ends resolved and its thread; the token is nowhere else', async () => {
    here.remove()
    // As it is shipped.
    here = workspace(stack)
    await stopApi(stack)
    const before = slack.posts.length
    const seen: string[] = []
    const watching = setInterval(() => {
      void execa('ps', ['-eo', 'args'], {reject: false}).then(({stdout}) => seen.push(stdout))
    }, 500)
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'api-down', '--yes'], {
      env: {...env, FACI_DEBUG: '1'},
    })
    clearInterval(watching)
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/resolved by restart/)
    expect(stdout).toMatch(/up +resolved by `restart`/)
    expect((await fetch(`${stack.urls.api}/health`)).status).toBe(200)
    const [root, ...thread] = slack.posts.slice(before)
    expect(root).toMatchObject({threadTs: null, edits: 1})
    expect(JSON.stringify(root?.blocks)).toMatch(/Resolvido/)
    expect(thread.length).toBeGreaterThan(0)
    expect(thread.every(({threadTs}) => threadTs === root?.ts)).toBe(true)
    expect(seen.length).toBeGreaterThan(3)
    const all = [stdout, stderr, everythingIn(here.storeDirectory), ...seen].join('\n')
    expect(all).not.toContain(SLACK_TOKEN)
    expect(all).not.toContain(Buffer.from(SLACK_TOKEN).toString('base64'))
  })

  it('tells the second operator who is at it, and leaves a journal of who did what, and no lock', async () => {
    await stopApi(stack)
    const first = here.faci(['runbook', 'api-down', '--yes', '--json'], {env})
    await eventually(() => {
      expect(existsSync(join(here.storeDirectory, 'locks'))).toBe(true)
    })
    const second = await here.faci(['restart', 'api', '--yes'], {env: {...env, FACI_OPERATOR: 'bob'}})
    expect(second.exitCode).toBe(5)
    expect(second.stderr).toMatch(/ana.*api-down|api-down.*ana/s)
    const {stdout, stderr} = await first
    const {data, verdict} = JSON.parse(stdout) as RunDocument
    expect(verdict, stderr).toBe('ok')
    const events = journal(data.runId ?? '')
    expect(events[0]).toMatchObject({kind: 'run.started'})
    expect(events.at(-1)).toMatchObject({kind: 'run.finished'})
    expect(events.every(({by}) => by.startsWith('ana@'))).toBe(true)
    const status = JSON.parse((await here.faci(['status', '--json'])).stdout) as {
      data: {lock: {value: {state: string}}}
    }
    expect(status.data.lock.value.state).toBe('free')
  })

  it('changes nothing, takes no lock and tells nobody when it is already resolved', async () => {
    await untilUp(stack, 1)
    const before = [await replicas(project, 'api'), slack.posts.length]
    const {stdout, exitCode} = await here.faci(['runbook', 'api-down', '--yes'], {env})
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/already resolved/)
    expect([await replicas(project, 'api'), slack.posts.length]).toEqual(before)
    expect(existsSync(join(here.storeDirectory, 'locks'))).toBe(false)
  })

  it('without a terminal and without --yes ends at the gate with what would be accepted', async () => {
    await stopApi(stack)
    const {stdout, stderr, exitCode} = await here.faci(['runbook', 'api-down'], {env})
    expect(exitCode).toBe(5)
    expect(stdout + stderr).toMatch(/faci runbook resume \S+ --yes/)
    expect((await replicas(project, 'api')).map(({running}) => running)).toEqual([false])
  })

  it('--dry-run and --diagnose change nothing', async () => {
    await stopApi(stack)
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
    await stopApi(stack)
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
    await stopApi(stack)
    const run = await here.faci(['runbook', 'api-down', '--yes'], {env: bad})
    expect(run.exitCode).toBe(9)
    const before = slack.posts.length
    expect((await here.faci(['notify', 'flush'], {env: bad})).exitCode).toBe(9)
    const flushed = await here.faci(['notify', 'flush', '--now'], {env})
    expect(flushed.exitCode, flushed.stderr).toBe(0)
    expect(slack.posts.length).toBeGreaterThan(before)
    expect((await here.faci(['status', '--json'])).stdout).toMatch(/"undelivered": \{\s*"kind": "read",\s*"value": 0/)
  })

  it('kill -9 in the middle leaves a readable journal and a lock that is known to be stale', async () => {
    await stopApi(stack)
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
    await eventually(async () => {
      expect((await here.faci(['status'])).stdout).toMatch(/lock stale by ana/)
    }, 60)
    const again = await here.faci(['restart', 'api', '--yes'])
    expect(again.exitCode).toBe(5)
    expect(again.stderr).toMatch(/--takeover/)
  })

  it('Ctrl-C stops the block, journals it, and gives the lock back', async () => {
    await stopApi(stack)
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
})

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
