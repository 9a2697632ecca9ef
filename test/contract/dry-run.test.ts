import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {fileIncidents} from '../../src/adapters/store/incidents/file-incidents.js'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {fileOverrides} from '../../src/adapters/store/oncall/file-overrides.js'
import {masker} from '../../src/domain/secrets/masker.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {COMMAND_TABLE} from '../../src/cli/frame/command-table.js'
import {runbookHash} from '../../src/domain/runbook/runbook-hash.js'
import {type Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {writeNotice} from '../support/old-store.js'
import {type ReadOnlyStack, readOnlyStack} from '../support/servers/read-only-stack.js'
import {openingLeases} from '../support/opening-leases.js'

const SPY = join(import.meta.dirname, '../support/processes/change-spy.cjs')

/** What a command needs besides the flag. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  restart: ['api'],
  start: ['api'],
  stop: ['api'],
  scale: ['api=2'],
  runbook: ['api-down'],
  'alerts:silence': ['APIDown', '--for', '1h', '--comment', 'deploy'],
  'alerts:unsilence': ['Quiet'],
  'oncall:swap': ['Ana', 'Bia'],
  'oncall:take': ['--for', '2h', '--person', 'Bia', '--at', '2027-01-02'],
}

/** What needs no consent, and takes none. */
const ASKS_NOBODY: ReadonlySet<string> = new Set(['oncall:escalate'])

const RUNBOOKS = readdirSync(join(repositoryRoot, 'runbooks'))
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => file.slice(0, -'.md'.length))

const COMPOSE = `#!/bin/sh
case "$*" in
  *version*) echo 2.29.1 ;;
  *--profiles* | *--dry-run*) ;;
  *config*) echo '{"services":{"api":{"image":"api:1"},"redis":{"image":"redis:1"}}}' ;;
  *) echo "$*" >"$COMPOSE_CHANGED" ;;
esac
`

const root = mkdtempSync(join(tmpdir(), 'faci-dry-'))
const work = join(root, 'work')
const tools = join(root, 'tools')
const violations = join(root, 'violations')
const changed = join(root, 'changed')

let stack: ReadOnlyStack

async function commandsWithDryRun(): Promise<readonly string[]> {
  const loaded = await Promise.all(
    Object.entries(COMMAND_TABLE).map(async ([id, load]) => [id, (await load()).default] as const),
  )
  return loaded.filter(([, {flags}]) => Object.keys({...flags}).includes('dry-run')).map(([id]) => id)
}

const COMMANDS = await commandsWithDryRun()

/** What `resume` goes on with: a run that died before its first block. */
function leaveKilledRun(): void {
  const runId = '01K00000000000000000000000'
  const folder = join(work, '.faci', 'runs', runId)
  const source = readFileSync(join(work, 'runbooks', 'api-down.md'), 'utf8')
  const started = {
    ...{sequence: 1, at: '2026-11-24T00:00:00.000Z', by: 'ana@laptop', kind: 'run.started', elapsedSeconds: 0, runId},
    ...{
      runbook: 'api-down',
      title: 'API down',
      hash: runbookHash(source),
      service: 'faciliauto',
      project: 'faciliauto',
    },
    ...{environment: 'development', operator: 'ana', directory: work, mode: 'full', force: false, secretInputs: []},
    ...{selection: {only: [], skip: [], from: null}, inputs: {}},
  }
  mkdirSync(folder, {recursive: true})
  writeFileSync(join(folder, 'journal.jsonl'), `${JSON.stringify(started)}\n`)
  writeFileSync(join(folder, 'runbook.md'), source)
}

beforeAll(async () => {
  stack = await readOnlyStack()
  for (const folder of [work, tools, join(work, '.faci')]) mkdirSync(folder, {recursive: true})
  cpSync(join(repositoryRoot, 'faci.yml'), join(work, 'faci.yml'))
  appendFileSync(
    join(work, 'faci.yml'),
    '\noncall: {people: [{name: Ana}, {name: Bia}], rotation: weekly, escalation: [{notify: current}]}\n',
  )
  cpSync(join(repositoryRoot, 'runbooks'), join(work, 'runbooks'), {recursive: true})
  writeFileSync(join(work, 'docker-compose.yml'), 'services: {api: {image: "api:1"}}\n')
  writeFileSync(join(work, '.faci', 'kept'), 'as it was\n')
  writeFileSync(join(tools, 'docker'), '#!/bin/sh\nexit 1\n', {mode: 0o700})
  writeFileSync(join(tools, 'docker-compose'), COMPOSE, {mode: 0o700})
  leaveKilledRun()
  // For `prune`: what was delivered longer ago than it is kept.
  writeNotice(join(work, '.faci'), 120, 'delivered')
  const overrides = join(work, '.faci', 'oncall', 'overrides')
  const ids = {next: () => '01K00000000000000000000000'}
  const store = fileOverrides({
    ...{directory: overrides, clock: systemClock, ids, by: 'ana@laptop'},
    leases: fileLeases({directory: overrides, clock: systemClock, operator: 'ana'}),
  })
  const year = {start: Date.parse('2027-01-01'), end: Date.parse('2028-01-01')}
  const incidents = fileIncidents({
    ...{directory: join(work, '.faci'), masker: masker([]), clock: systemClock, ids: ulidIds(), by: 'ana@laptop'},
    leases: openingLeases(join(work, '.faci')),
  })
  const opened = {kind: 'incident.opened', title: 'API down', severity: 'P0', services: [], alerts: []} as const
  const at = {happenedAt: '2026-11-28T06:00:00.000Z', detectedAt: '2026-11-28T06:00:00.000Z', startedAt: null}
  await incidents.open({...opened, ...at, impact: null, runId: null})
  await store.add({act: 'take', overrides: [{person: 'Ana', replaces: null, ...year}]})
})

afterAll(async () => {
  await stack.close()
  rmSync(root, {recursive: true, force: true})
})

beforeEach(() => {
  for (const file of [violations, changed]) rmSync(file, {force: true})
})

function spied(): Record<string, string> {
  return {NODE_OPTIONS: `--require ${SPY}`, SPY_VIOLATIONS: violations, SPY_PORTS: String(stack.port)}
}

function run(argv: readonly string[]): Promise<Outcome> {
  const port = String(stack.port)
  return runHosted(argv, work, {
    ...spied(),
    PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}`,
    DOCKER_HOST: `tcp://127.0.0.1:${port}`,
    ...{API_PORT: port, PROMETHEUS_PORT: port, ALERTMANAGER_PORT: port},
    COMPOSE_CHANGED: changed,
  })
}

/** What the spy caught. */
function caught(): string {
  return existsSync(violations) ? readFileSync(violations, 'utf8') : ''
}

/** Every path with its size and time. */
function snapshot(): readonly string[] {
  return readdirSync(work, {recursive: true, encoding: 'utf8'})
    .sort()
    .map((name) => {
      const {size, mtimeMs, mode} = statSync(join(work, name))
      return `${name} ${String(size)} ${String(mtimeMs)} ${String(mode)}`
    })
}

async function expectNoChange(argv: readonly string[]): Promise<Outcome> {
  const before = snapshot()
  const asked = stack.requests.length
  const outcome = await run(argv)
  expect(caught()).toBe('')
  expect(snapshot()).toEqual(before)
  expect(existsSync(changed)).toBe(false)
  const changing = stack.requests
    .slice(asked)
    .filter((request) => !/^(GET|HEAD) |^POST \/api\/v1\/query$/.test(request))
  expect(changing).toEqual([])
  return outcome
}

describe('a dry run', () => {
  it('is offered by the commands that change something', () => {
    expect(COMMANDS).toEqual(expect.arrayContaining(['up', 'down', 'restart', 'runbook']))
    expect(RUNBOOKS.length).toBeGreaterThan(0)
  })

  it.each(COMMANDS)('of %s changes nothing', async (id) => {
    const outcome = await expectNoChange([...id.split(':'), ...(NEEDED[id] ?? []), '--dry-run', '--json'])
    expect(outcome).toMatchObject({exitCode: 0})
    expect(stack.requests.length).toBeGreaterThan(0)
  })

  it.each(RUNBOOKS)('of the runbook %s changes nothing, whatever else is given', async (name) => {
    await expectNoChange(['runbook', name, '--dry-run'])
    expect((await expectNoChange(['runbook', name, '--dry-run', '--force'])).stdout).toContain('@')
    await expectNoChange(['runbook', name, '--dry-run', '--yes', '--force'])
  })
})

describe('the spy', () => {
  it.each(COMMANDS.filter((id) => id !== 'runbook'))('catches a %s that is meant', async (id) => {
    await run([...id.split(':'), ...(NEEDED[id] ?? []), ...(ASKS_NOBODY.has(id) ? [] : ['--yes'])])
    expect(caught()).not.toBe('')
    expect(existsSync(changed)).toBe(false)
  })

  it('catches a run of a runbook that is meant', async () => {
    await run(['runbook', 'api-down', '--yes', '--force'])
    expect(caught()).not.toBe('')
  })

  it.each([
    ['fs.writeFile', "require('node:fs').writeFileSync('x', '')"],
    ['fs.mkdir', "require('node:fs/promises').mkdir('x')"],
    ['fs.open', "require('node:fs').openSync('x', 'a')"],
    ['fs.createWriteStream', "require('node:fs').createWriteStream('x')"],
    ['request POST /x', "require('node:http').request({method: 'POST', path: '/x', port: process.env.SPY_PORTS})"],
    ['connect 192.0.2.1:80', "require('node:net').connect(80, '192.0.2.1')"],
    ['connect /run/other.sock', "require('node:net').connect('/run/other.sock')"],
    ['spawn touch x', "require('node:child_process').spawn('touch', ['x'])"],
    ['spawn bash block.sh', "require('node:child_process').spawnSync('bash', ['block.sh'])"],
    [
      'spawn docker compose -p config up',
      "require('node:child_process').execFile('docker', ['compose', '-p', 'config', 'up'])",
    ],
    [
      'spawn docker compose --dry-run up',
      "require('node:child_process').execFile('docker', ['compose', '--dry-run', 'up', '--no-build'])",
    ],
    ['kill 0', "process.kill(0, 'SIGCONT')"],
  ])('catches %s', async (what, script) => {
    await execa(process.execPath, ['-e', script], {cwd: work, env: spied(), reject: false})
    expect(caught()).toContain(what)
  })
})
