import {appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {jsonlJournal} from '../../src/adapters/store/jsonl-journal.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {RunEvent} from '../../src/domain/execution/events.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {Lease} from '../../src/ports/lease.js'
import {runBuilt} from '../support/built-faci.js'
import {HEALING, journaled, RESTARTED, startedEvent} from '../support/journaled-runs.js'

const RESOLVED = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const TORN = '01BX5ZZKBKACTAV9WEVGEMMVRZ'
const COMMAND = '01CX5ZZKBKACTAV9WEVGEMMVRW'
const RUNNING = '01DX5ZZKBKACTAV9WEVGEMMVRX'

const here = mkdtempSync(join(tmpdir(), 'faci-runs-'))
const store = join(here, '.faci')
let lease: Lease

const RESULT = {outcome: 'ok', exitCode: 0, durationSeconds: 2, detail: '', captured: {}} as const
const EVENTS: readonly RunEvent[] = [
  startedEvent(RESOLVED, {inputs: {service: 'api'}, secretInputs: ['token']}),
  {kind: 'lease.taken', takenFrom: null, elapsedSeconds: 1},
  {kind: 'gate.answered', id: 'restart', hash: 'h', answer: 'yes', how: 'typed', elapsedSeconds: 2},
  {kind: 'block.started', id: 'restart', attempt: 1, elapsedSeconds: 2},
  {kind: 'block.finished', id: 'restart', ...RESULT, output: 'restarted', elapsedSeconds: 4},
  {
    ...{kind: 'look', after: 'restart', state: 'true', elapsedSeconds: 5},
    conditions: [{condition: 'health api', state: 'true', detail: 'healthy'}],
  },
  {
    ...{kind: 'run.finished', outcome: 'resolved', verdict: 'undelivered', reason: '', elapsedSeconds: 6},
    summary: 'restart resolved it after 5.0 s.',
  },
]

beforeAll(async () => {
  writeFileSync(join(here, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml, project: x}\n')
  const journal = jsonlJournal<RunEvent>({directory: store, masker: masker([]), clock: systemClock, by: 'ana@laptop'})
  await journaled(journal, RESOLVED, EVENTS)
  await journaled(journal, RESOLVED, RESTARTED, 'action-1')
  const writer = await journal.open(RESOLVED)
  await writer.keep('runbook.md', HEALING)
  await writer.close()
  await journaled(journal, TORN, [startedEvent(TORN)])
  appendFileSync(join(store, 'runs', TORN, 'journal.jsonl'), '{"sequence":2,"at":"20')
  await journaled(journal, COMMAND, RESTARTED)
  await journaled(journal, RUNNING, [startedEvent(RUNNING, {runbook: 'high-latency', title: 'High latency'})])
  const leases = fileLeases({directory: store, clock: systemClock, operator: 'ana'})
  lease = await leases.take('x', {reason: 'runbook high-latency', runId: RUNNING})
})

afterAll(async () => {
  await lease.release()
  rmSync(here, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]) => runBuilt(['runbook', 'runs', ...argv], here)

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
    [['01ZZ'], 'there is no run 01ZZ', `faci runbook runs ${RUNNING}`],
    [[COMMAND], `${COMMAND} is not the run of a runbook`, 'faci runbook runs --all'],
    [['01'], '01 is part of the ids of 4 runs', `faci runbook runs ${RUNNING}`],
    [['--output', 'md'], '--output md: which run?', 'faci runbook runs last --output md'],
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
    const {stdout, exitCode} = await runBuilt(['runbook', 'runs'], empty)
    expect({stdout, exitCode}).toEqual({stdout: 'no runs\n', exitCode: 0})
    expect(existsSync(join(empty, '.faci'))).toBe(false)
    rmSync(empty, {recursive: true, force: true})
  })
})
