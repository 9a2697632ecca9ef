// What an earlier faci wrote stays readable: runs, locks, the outbox, and the approval that it printed.
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {type Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'
import {KEPT, keptStore, type KeptStore} from '../support/kept-store.js'
import {SLACK_TOKEN, slackServer} from '../support/servers/slack.js'

const ENVIRONMENT = {FACI_OPERATOR: 'ben', API_TOKEN: 'hunter2-hunter2', SLACK_BOT_TOKEN: SLACK_TOKEN}

let kept: KeptStore

beforeEach(() => {
  kept = keptStore()
})
afterEach(() => {
  kept.remove()
})

const faci = (...argv: readonly string[]): Promise<Outcome> => runHosted(argv, kept.directory, ENVIRONMENT)

async function documentOf(...argv: readonly string[]): Promise<unknown> {
  return (JSON.parse((await faci(...argv, '--json')).stdout) as {readonly data: unknown}).data
}

describe('runs', () => {
  it('are listed, with how each ended', async () => {
    const {runs} = (await documentOf('runbook', 'runs', '--all')) as {readonly runs: readonly object[]}
    const told = runs.map((run) => {
      const {runId, kind, what, operator, status, outcome, verdict, resolvedBy} = run as Record<string, unknown>
      return [runId, kind, what, operator, status, outcome, verdict, resolvedBy]
    })
    expect(told).toEqual([
      [KEPT.killed, 'runbook', 'api-down', 'ana', 'interrupted', null, null, null],
      [KEPT.restart, 'command', 'faci restart api', 'ana', 'finished', null, 'ok', null],
      [KEPT.refused, 'runbook', 'api-down', 'ana', 'finished', 'refused', 'refused', null],
      [KEPT.rolledBack, 'runbook', 'api-down', 'ana', 'finished', 'rolledBack', 'rolledBack', null],
      [KEPT.resolved, 'runbook', 'api-down', 'ana', 'finished', 'resolved', 'ok', 'restart'],
      [KEPT.ofAnotherProject, 'runbook', 'api-down', 'ana', 'finished', 'resolved', 'ok', 'restart'],
    ])
  })

  it.each([
    [KEPT.resolved, 'resolved', ['look ok', 'restart ok', 'recreate skipped', 'undo skipped', 'ended sent']],
    [KEPT.rolledBack, 'rolledBack', ['restart ok', 'recreate failed', 'undo ok', 'ended sent']],
    [KEPT.refused, 'refused', ['restart ok', 'recreate skipped', 'undo skipped', 'ended sent']],
    [KEPT.killed, 'interrupted', ['look ok', 'started pending', 'restart open', 'ended open']],
  ])('are shown one by one: %s', async (id, outcome, items) => {
    const run = (await documentOf('runbook', 'runs', id)) as {
      readonly outcome: string
      readonly items: readonly {readonly id: string; readonly outcome: string}[]
    }
    expect(run.outcome).toBe(outcome)
    expect(run.items.map((item) => `${item.id} ${item.outcome}`)).toEqual(expect.arrayContaining([...items]))
    const {stdout, exitCode} = await faci('runbook', 'runs', id, '--output', 'md')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^# API down\n[^]*\n\*\*restart\*\* \(mitigate\)[^]*\n## Timeline\n/)
  })

  it('are opened by faci runs, a direct change too, whose plan did not yet say whether it was production', async () => {
    expect(await documentOf('runs', KEPT.restart)).toMatchObject({
      ...{runId: KEPT.restart, command: 'faci restart api', environment: 'development', production: false},
      ...{status: 'finished', verdict: 'ok', evidence: []},
    })
  })

  it('go on: one that was killed with a torn line, and one that was refused', async () => {
    for (const id of [KEPT.killed, KEPT.refused]) {
      const {stdout, exitCode} = await faci('runbook', 'resume', id, '--dry-run', '--yes')
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Dry run')])
      expect(stdout).toContain('diagnose look')
    }
    const {stderr} = await faci('runbook', 'resume', KEPT.killed, '--dry-run', '--yes')
    expect(stderr).toMatch(/torn/)
  })
})

describe('locks', () => {
  it('stale and released are told apart', async () => {
    const directory = join(kept.directory, '.faci')
    const leases = fileLeases({directory, clock: systemClock, operator: 'ben'})
    expect(await leases.inspect('shop')).toMatchObject({
      kind: 'stale',
      holder: {operator: 'ana', host: 'vm', runId: KEPT.killed, reason: 'runbook api-down'},
    })
    expect(await leases.inspect('shop-staging')).toEqual({kind: 'free'})
  })

  it('that are stale are shown by status and hold up another run, with what to type', async () => {
    expect((await faci('status')).stdout).toMatch(/lock stale by ana@vm/)
    expect((await faci('status', '--config', 'staging.yml')).stdout).not.toMatch(/lock/)
    const [, ...approved] = readFileSync(join(kept.directory, 'approval.txt'), 'utf8').trim().split(' ')
    const old = await faci(...approved)
    expect([old.exitCode, old.stderr]).toEqual([5, expect.stringMatching(/hash of 12 characters can be forged/)])
    const [now = ''] = /recreate@[0-9a-f]{32}/.exec(old.stderr) ?? []
    const {exitCode, stderr} = await faci(...approved.slice(0, -1), now)
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining('--takeover')])
  })
})

describe('the outbox', () => {
  it('has what waits counted, and flush delivers it', async () => {
    expect((await faci('status')).stdout).toContain('2 undelivered')
    const waiting = await faci('notify', 'flush')
    expect([waiting.exitCode, waiting.stdout]).toEqual([9, expect.stringContaining('Deploy tonight waits for slack')])
    const slack = await slackServer()
    try {
      const config = readFileSync(join(kept.directory, 'faci.yml'), 'utf8')
      kept.write('faci.yml', config.replace('http://127.0.0.1:9/api/', slack.apiUrl))
      const {stdout, exitCode} = await faci('notify', 'flush', '--now')
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Deploy tonight delivered to slack')])
    } finally {
      await slack.close()
    }
  })
})
