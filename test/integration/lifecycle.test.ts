import {spawn} from 'node:child_process'
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterAll, afterEach, describe, expect, it} from 'vitest'
import {composeV2Config} from '../../service/stack/debian.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {removeProject} from '../../service/stack/containers.js'
import {LOOPBACK} from '../support/built-faci.js'
import {replicas} from '../support/containers.js'
import {eventually} from '../support/eventually.js'
import {ownStack} from '../support/own-stack.js'
import {isLocked, restoreApi} from '../support/restore-api.js'
import {workspace} from '../support/workspace.js'

const stack = await ownStack()
const here = workspace(stack)

async function healthStatus(): Promise<number> {
  return fetch(`${stack.urls.api}/health`).then(({status}) => status)
}

afterEach(async () => {
  await restoreApi(stack, here)
})
afterAll(() => {
  here.remove()
})

describe('changing the service without a terminal', () => {
  it('refuses without --yes, changes nothing, and prints what would be accepted', async () => {
    const before = await replicas(stack.project, 'api')
    const {stdout, stderr, exitCode} = await here.faci(['restart', 'api'])
    expect(exitCode).toBe(5)
    expect(stdout + stderr).toMatch(/faci restart api --yes/)
    expect(await replicas(stack.project, 'api')).toEqual(before)
  })

  it('--dry-run shows the plan and changes nothing, not even the store', async () => {
    const fresh = workspace(stack)
    const before = await replicas(stack.project, 'api')
    const {stdout, exitCode} = await fresh.faci(['restart', 'api', '--dry-run'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/restart api/)
    expect(stdout).toMatch(/nothing was changed/)
    expect(await replicas(stack.project, 'api')).toEqual(before)
    expect(existsSync(fresh.storeDirectory)).toBe(false)
    fresh.remove()
  })

  it('restart starts the container again and waits until /health answers', async () => {
    const [before] = await replicas(stack.project, 'api')
    const {exitCode} = await here.faci(['restart', 'api', '--yes'])
    expect(exitCode).toBe(0)
    const [after] = await replicas(stack.project, 'api')
    expect(after?.id).toBe(before?.id)
    expect(after?.startedAt).not.toBe(before?.startedAt)
    expect(await healthStatus()).toBe(200)
  })

  it('stop stops, start starts', async () => {
    expect((await here.faci(['stop', 'api', '--yes'])).exitCode).toBe(0)
    expect((await replicas(stack.project, 'api')).map(({running}) => running)).toEqual([false])
    expect((await here.faci(['status'])).exitCode).toBe(3)
    expect((await here.faci(['start', 'api', '--yes'])).exitCode).toBe(0)
    expect(await healthStatus()).toBe(200)
  })

  it('scale makes replicas that really serve, and Prometheus finds them', async () => {
    const {exitCode} = await here.faci(['scale', 'api=3', '--yes'])
    expect(exitCode).toBe(0)
    expect((await replicas(stack.project, 'api')).filter(({running}) => running)).toHaveLength(3)
    // The proxy asks Docker's DNS for them, and each for its health, a little later than Compose.
    await eventually(async () => {
      const instances = new Set<string>()
      for (let asked = 0; asked < 12; asked += 1) {
        const body = (await fetch(`${stack.urls.api}/health`).then((answer) => answer.json())) as {instance: string}
        instances.add(body.instance)
      }
      expect(instances.size).toBe(3)
    })
    await eventually(async () => {
      // Not what stopped while Prometheus itself was away: it has no end, and is found for five minutes more.
      const up = 'up{job="faciliauto-api"}'
      const {stdout} = await here.faci(['query', `sum(${up} and timestamp(${up}) > time() - 20)`])
      expect(stdout).toMatch(/^ *3 /m)
    })
    expect((await here.faci(['up', 'api', '--yes'])).exitCode).toBe(0)
    expect(await replicas(stack.project, 'api')).toHaveLength(3)
    expect((await here.faci(['scale', 'api=1', '--yes'])).exitCode).toBe(0)
    expect(await replicas(stack.project, 'api')).toHaveLength(1)
  })

  it('suggests the service that was meant', async () => {
    const {stderr, exitCode} = await here.faci(['restart', 'apo', '--yes'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/apo/)
    expect(stderr).toMatch(/api/)
  })

  it('journals what was done, by whom', async () => {
    const {stdout} = await here.faci(['restart', 'api', '--yes', '--json'])
    const {data, verdict} = JSON.parse(stdout) as {verdict: string; data: {runId: string}}
    expect(verdict).toBe('ok')
    const journal = readFileSync(join(here.storeDirectory, 'runs', data.runId, 'journal.jsonl'), 'utf8')
    const events = journal
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as {kind: string; by: string})
    expect(events.length).toBeGreaterThan(2)
    expect(events.every(({by}) => by.startsWith('ana@'))).toBe(true)
  })

  it('is refused in production without naming it', async () => {
    const env = {FACI_ENVIRONMENT: 'production'}
    const refused = await here.faci(['restart', 'api', '--yes'], {env})
    expect(refused.exitCode).toBe(5)
    expect(refused.stdout + refused.stderr).toMatch(/--confirm production/)
    expect((await here.faci(['restart', 'api', '--yes', '--confirm', 'production'], {env})).exitCode).toBe(0)
  })
})

describe('two at once', () => {
  it('the second is told who holds the lock', async () => {
    const first = here.faci(['scale', 'api=2', '--yes'])
    await eventually(() => {
      expect(isLocked(here)).toBe(true)
    })
    const second = await here.faci(['restart', 'api', '--yes'], {env: {FACI_OPERATOR: 'bob'}})
    expect(second.exitCode).toBe(5)
    expect(second.stderr).toMatch(/ana/)
    expect(second.stderr).toMatch(/pid \d+/)
    expect((await first).exitCode).toBe(0)
    await here.faci(['scale', 'api=1', '--yes'])
  })

  it('kill -9 leaves a lock that is recognised as stale, and a readable journal', async () => {
    const child = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), 'scale', 'api=2', '--yes'], {
      cwd: here.directory,
      env: {...process.env, ...stack.env, FACI_OPERATOR: 'ana'},
      stdio: 'ignore',
    })
    const runs = join(here.storeDirectory, 'runs')
    const before = new Set(existsSync(runs) ? readdirSync(runs) : [])
    const fresh = () => readdirSync(runs).find((name) => !before.has(name))
    // Begun, not only made: killed between the two it would have nothing in it, which is no journal to read.
    await eventually(() => {
      expect(readFileSync(join(runs, fresh() ?? 'none', 'journal.jsonl'), 'utf8')).toContain('\n')
    })
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const journal = readFileSync(join(runs, fresh() ?? '', 'journal.jsonl'), 'utf8')
    expect(() =>
      journal
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).not.toThrow()
    // What Compose had begun it brings to its end, and until then the lock is held.
    await eventually(async () => {
      const refused = await here.faci(['restart', 'api', '--yes'], {env: {FACI_OPERATOR: 'bob'}})
      expect(refused.exitCode).toBe(5)
      expect(refused.stderr).toMatch(/ana/)
      expect(refused.stderr).toMatch(/--takeover/)
    }, 60)
    const taken = await here.faci(['scale', 'api=1', '--yes', '--takeover', 'ana was killed'])
    expect(taken.exitCode).toBe(0)
  })
})

describe('down', () => {
  it('removes the containers, keeps the volumes and the evidence; up brings everything back', async () => {
    const volumes = async () =>
      (await execa('docker', ['volume', 'ls', '--quiet', '--filter', `name=${stack.project}_`])).stdout
        .split('\n')
        .sort()
    const before = await volumes()
    const down = await here.faci(['down', '--yes', '--json'])
    expect(down.exitCode).toBe(0)
    const {data} = JSON.parse(down.stdout) as {data: {evidence: string[]}}
    expect(data.evidence.some((file) => /api.*\.log$/.test(file) && readFileSync(file, 'utf8').length > 0)).toBe(true)
    expect(await replicas(stack.project, 'api')).toEqual([])
    expect(await volumes()).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
    expect((await here.faci(['up', '--yes'])).exitCode).toBe(0)
    expect(await healthStatus()).toBe(200)
  })
})

describe.concurrent('any Compose project, with two lines of faci.yml', () => {
  it.for([
    ['Compose v2', 'v2', /docker compose /, {}],
    ['Compose v1.29', 'v1', /docker-compose /, {DOCKER_CONFIG: join(tmpdir(), 'no-docker-config')}],
  ] as const)('goes up, shows, scales and goes down with %s', async ([, which, tool, more], {onTestFinished}) => {
    const project = `faci-any-${which}-${String(process.pid)}`
    const directory = mkdtempSync(join(tmpdir(), 'faci-any-'))
    onTestFinished(() => {
      removeProject(project)
      rmSync(directory, {recursive: true, force: true})
    })
    const image = stack.env['REDIS_IMAGE'] ?? 'redis:8-alpine'
    const compose = {version: '3.8', services: {store: {image, command: ['redis-server', '--save', '']}}}
    writeFileSync(join(directory, 'docker-compose.yml'), JSON.stringify(compose))
    writeFileSync(join(directory, 'faci.yml'), `service: any\ncompose: {project: ${project}}\n`)
    const env = {DOCKER_CONFIG: await composeV2Config(), COMPOSE_FILE: '', COMPOSE_PROJECT_NAME: '', ...more}
    const faci = (...argv: readonly string[]) =>
      execa(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), ...argv], {
        cwd: directory,
        env: {...LOOPBACK, ...env, NO_COLOR: '1'},
        reject: false,
        stdin: 'ignore',
      })
    const up = await faci('up', '--yes')
    expect(up.exitCode, up.stderr).toBe(0)
    expect(up.stderr).toMatch(tool)
    const status = await faci('status')
    expect(status.exitCode, status.stdout).toBe(0)
    expect(status.stdout).toMatch(/store +● healthy +1\/1/)
    expect(status.stdout).not.toMatch(/unknown/)
    expect((await faci('scale', 'store=2', '--yes')).exitCode).toBe(0)
    expect(await replicas(project, 'store')).toHaveLength(2)
    expect((await faci('restart', 'store', '--yes')).exitCode).toBe(0)
    expect((await faci('stop', '--yes')).exitCode).toBe(0)
    expect((await replicas(project, 'store')).every(({running}) => !running)).toBe(true)
    expect((await faci('down', '--yes')).exitCode).toBe(0)
    expect(await replicas(project, 'store')).toEqual([])
  })
})
