import {execFileSync} from 'node:child_process'
import {appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {jsonlJournal} from '../../src/adapters/store/jsonl-journal.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {RunEvent} from '../../src/domain/journal/events.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {Journal} from '../../src/ports/journal.js'
import type {Lease} from '../../src/ports/lease.js'
import {runHosted} from '../support/hosted-faci.js'
import {HEALING, journaled, restartedKeeping, startedEvent} from '../support/journaled-runs.js'

const RESOLVED = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const TORN = '01BX5ZZKBKACTAV9WEVGEMMVRZ'
const COMMAND = '01CX5ZZKBKACTAV9WEVGEMMVRW'
const JOINED_LOG = 'x-redis-1.log'
const RUNNING = '01DX5ZZKBKACTAV9WEVGEMMVRX'

const here = mkdtempSync(join(tmpdir(), 'faci-runs-'))
const store = join(here, '.faci')
let lease: Lease

const RESULT = {outcome: 'ok', exitCode: 0, durationSeconds: 2, detail: null, captured: {}} as const
const LOG = 'listening on 3000\nout of memory\n'
const EVENTS: readonly RunEvent[] = [
  startedEvent(RESOLVED, {inputs: {service: 'api'}, secretInputs: ['token']}),
  {kind: 'lease.taken', takenFrom: null, elapsedSeconds: 1},
  {kind: 'gate.answered', id: 'restart', hash: 'h', answer: 'yes', how: {why: 'typed'}, elapsedSeconds: 2},
  {kind: 'block.started', id: 'restart', attempt: 1, elapsedSeconds: 2},
  {kind: 'block.finished', id: 'restart', ...RESULT, output: 'restarted', elapsedSeconds: 4},
  {
    ...{kind: 'look', after: 'restart', state: 'true', elapsedSeconds: 5},
    conditions: [{condition: 'health api', state: 'true', detail: {why: 'healthy'}}],
  },
  {
    ...{kind: 'run.finished', outcome: 'resolved', verdict: 'undelivered', reason: [], elapsedSeconds: 6},
    deeds: [{did: 'resolvedIt', id: 'restart', afterSeconds: 5}],
  },
]

/** The path of a file that was kept. */
async function kept(journal: Journal<RunEvent>, id: string, name: string, content: string): Promise<string> {
  const writer = await journal.open(id)
  const path = await writer.keep(name, content)
  await writer.close()
  return path
}

beforeAll(async () => {
  writeFileSync(join(here, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml, project: x}\n')
  const journal = jsonlJournal<RunEvent>({directory: store, masker: masker([]), clock: systemClock, by: 'ana@laptop'})
  await journaled(journal, RESOLVED, EVENTS)
  const joined = restartedKeeping([await kept(journal, RESOLVED, JOINED_LOG, LOG)])
  await journaled(journal, RESOLVED, joined, 'action-1')
  await kept(journal, RESOLVED, 'runbook.md', HEALING)
  await journaled(journal, TORN, [startedEvent(TORN)])
  appendFileSync(join(store, 'runs', TORN, 'journal.jsonl'), '{"sequence":2,"at":"20')
  await journaled(journal, COMMAND, restartedKeeping([await kept(journal, COMMAND, 'x-api-1.log', LOG)]))
  await journaled(journal, RUNNING, [startedEvent(RUNNING, {runbook: 'high-latency', title: 'High latency'})])
  const leases = fileLeases({directory: store, clock: systemClock, operator: 'ana'})
  lease = await leases.take('x', {reason: 'runbook high-latency', runId: RUNNING})
})

afterAll(async () => {
  await lease.release()
  rmSync(here, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]) => runHosted(['runbook', 'runs', ...argv], here)

interface ListDocument {
  readonly schema: string
  readonly verdict: string
  readonly data: {readonly runs: readonly {readonly runId: string; readonly status: string}[]}
}

async function listed(...argv: readonly string[]): Promise<ListDocument> {
  const {stdout, stderr, exitCode} = await faci(...argv, '--json')
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
  return JSON.parse(stdout) as ListDocument
}

describe('faci runbook runs', () => {
  it('lists the runs of runbooks, newest first', async () => {
    const {stdout, stderr, exitCode} = await faci()
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^RUN +WHEN +WHAT +OUTCOME +TOOK +OPERATOR +RESOLVED BY$/)
    expect(lines[1]).toMatch(new RegExp(`^${RUNNING} .* ago +high-latency +▶ running`))
    expect(lines[2]).toMatch(new RegExp(`^${TORN} .* api-down +■ no end recorded`))
    expect(lines[3]).toMatch(new RegExp(`^${RESOLVED} .*▲ resolved, notice undelivered +6\\.00 s +ana +restart$`))
    expect(stdout).not.toContain(COMMAND)
  })

  it('takes a limit, one runbook, and direct commands too', async () => {
    const ids = async (...argv: readonly string[]): Promise<readonly string[]> =>
      (await listed(...argv)).data.runs.map(({runId}) => runId)
    expect(await ids('--limit', '1')).toEqual([RUNNING])
    expect(await ids('--limit', 'all', '--runbook', 'api-down')).toEqual([TORN, RESOLVED])
    expect(await ids('--all')).toEqual([RUNNING, COMMAND, TORN, RESOLVED])
    expect(await ids('--runbook', 'nothing')).toEqual([])
    expect(await listed('--output', 'json')).toMatchObject({schema: 'faci.runbook-runs/v1', verdict: 'ok'})
  })

  it('shows one from beginning to end', async () => {
    const {stdout, stderr, exitCode} = await faci(RESOLVED)
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(stdout).toMatch(/^▲ API down resolved by restart after 6\.00 s\n/)
    for (const part of ['gate of restart: yes (typed)', 'faci restart api  ana@laptop  ✔ done', 'Timeline:'])
      expect(stdout).toContain(part)
  })

  it('gives the transcript of one, by the end of its id', async () => {
    const {stdout, exitCode} = await faci('G5FAV', '--output', 'md')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^# API down\n\n\| \| \|\n/)
    for (const part of ['| Outcome | resolved (undelivered) |', 'faci restart "$service"', '```text\nrestarted\n```'])
      expect(stdout).toContain(part)
  })

  it('is the document of a run as JSON, with its record', async () => {
    const {stdout, stderr, exitCode} = await faci(RESOLVED, '--output', 'json')
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'faci.runbook-run/v1',
      verdict: 'ok',
      data: {runId: RESOLVED, outcome: 'resolved', record: {status: 'finished', verdict: 'undelivered'}},
    })
  })

  it('shows a torn journal without a copy of its runbook, and says what is missing', async () => {
    const {stdout, stderr, exitCode} = await faci(TORN)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('ana started api-down')
    expect(stderr).toBe(
      '! a line of its journal cannot be read: what is shown is incomplete\n' +
        '! the copy of its runbook is gone: only its events are shown\n',
    )
  })

  it('shows a run that goes on', async () => {
    const {stdout, exitCode} = await faci('last')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\? High latency is still running/)
  })

  it.each([
    [['01ZZ'], 'there is no run 01ZZ', `faci runs ${RUNNING}`],
    [[COMMAND], `${COMMAND} is not the run of a runbook: it is a direct change`, `faci runs ${COMMAND}`],
    [['01'], '01 matches 4 runs', `faci runs ${RUNNING}`],
    [['--output', 'md'], '--output md needs a run', 'faci runbook runs last --output md'],
    [['last', '--limit', '3'], 'are for the list of runs', 'faci runbook runs last'],
    [['--limit', '0'], '--limit 0: write a number', 'faci runbook runs --help'],
    [['--all', '--runbook', 'x'], '--runbook', 'faci runbook runs --help'],
  ])('exits 2 for %j', async (argv, said, suggestion) => {
    const {stdout, stderr, exitCode} = await faci(...argv)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toContain(said)
    expect(stderr).toContain(`→ ${suggestion}`)
  })

  it('changes nothing where nothing was run', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'faci-no-runs-'))
    writeFileSync(join(empty, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml}\n')
    const {stdout, exitCode} = await runHosted(['runbook', 'runs'], empty)
    expect({stdout, exitCode}).toEqual({stdout: 'no runs\n', exitCode: 0})
    expect(existsSync(join(empty, '.faci'))).toBe(false)
    rmSync(empty, {recursive: true, force: true})
  })
})

describe('faci runs', () => {
  const any = (...argv: readonly string[]): ReturnType<typeof runHosted> => runHosted(['runs', ...argv], here)

  it('lists runs and direct changes, newest first', async () => {
    const {stdout, stderr, exitCode} = await any('--limit', '2')
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    const [, first, second, ...rest] = stdout.split('\n')
    expect(first).toMatch(new RegExp(`^${RUNNING} .* high-latency +▶ running`))
    expect(second).toMatch(new RegExp(`^${COMMAND} .* faci restart api +✔`))
    expect(rest.join('\n')).toBe('\nShow one: faci runs RUN\n')
  })

  it('shows a direct change: what happened when, and the command of each file of evidence', async () => {
    const {stdout, stderr, exitCode} = await any(COMMAND)
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^✔ \S+ +faci restart api$/)
    expect(lines[1]).toMatch(/^Started .* by ana@laptop in development, project x$/)
    const told = ['planned: docker compose restart api', 'evidence kept: 1 file', 'ended: ok']
    expect(lines.slice(3, 6).map((line) => line.replace(/^ {2}\S+ \S+ UTC {2}/, ''))).toEqual(told)
    expect(lines.slice(6)).toEqual(['', 'Evidence:', `  faci runs ${COMMAND} --evidence x-api-1.log`])
  })

  it('is the document of a change as JSON', async () => {
    const {stdout, exitCode} = await any(COMMAND.slice(0, 4), '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'faci.change-record/v1',
      data: {runId: COMMAND, command: 'faci restart api', status: 'finished', verdict: 'ok', evidence: ['x-api-1.log']},
    })
  })

  it('shows the run of a runbook as faci runbook runs does', async () => {
    expect(await any(RESOLVED)).toEqual(await faci(RESOLVED))
  })

  it.each([
    [COMMAND, 'x-api-1.log'],
    [RESOLVED, JOINED_LOG],
  ])('prints evidence as it was kept, also that of a change that joined: %s', async (id, name) => {
    const {stdout, stderr, exitCode} = await any(id, '--evidence', name)
    expect({stdout, stderr, exitCode}).toEqual({stdout: LOG, stderr: '', exitCode: 0})
  })

  it.each([
    [['01CX5ZZKBKACTAV9WEVGEMMVRV'], 'there is no run', `faci runs ${COMMAND}`],
    [['nothing'], 'there is no run nothing', `faci runs ${RUNNING}`],
    [[COMMAND, '--evidence', 'api.log'], `${COMMAND}: kept no api.log`, `faci runs ${COMMAND} --evidence x-api-1.log`],
    [[TORN, '--evidence', 'api.log'], `${TORN} kept no evidence`, `faci runs ${TORN}`],
    [
      [COMMAND, '--evidence', 'journal.jsonl'],
      `${COMMAND}: kept no journal.jsonl`,
      `faci runs ${COMMAND} --evidence x-api-1.log`,
    ],
    [['last', '--limit', '3'], '--limit is for the list', 'faci runs last'],
  ])('exits 2 for %j', async (argv, said, suggestion) => {
    const {stdout, stderr, exitCode} = await any(...argv)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toContain(said)
    expect(/→ .*/.exec(stderr)?.[0]).toBe(`→ ${suggestion}`)
  })
})

describe('a pipe where the journal of a run should be', () => {
  it.each([['status'], ['runs'], ['runbook', 'runs'], ['runbook', 'resume'], ['doctor']])(
    'is waited for by none: faci %s %s',
    async (...argv) => {
      const own = mkdtempSync(join(tmpdir(), 'faci-pipe-'))
      const run = join(own, '.faci', 'runs', '01EX5ZZKBKACTAV9WEVGEMMVRX')
      mkdirSync(run, {recursive: true, mode: 0o700})
      execFileSync('mkfifo', [join(run, 'journal.jsonl')])
      writeFileSync(join(own, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml, project: x}\n')
      const {exitCode} = await runHosted(argv, own)
      expect(exitCode).not.toBeNull()
      rmSync(own, {recursive: true, force: true})
    },
  )
})
