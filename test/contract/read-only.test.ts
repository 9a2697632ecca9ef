import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {COMMAND_TABLE} from '../../src/cli/frame/command-table.js'
import {runHosted} from '../support/hosted-faci.js'

const READING = [
  ...[
    'alerts:lint',
    'alerts:list',
    'dashboard',
    'check:daily',
    'alerts:noise',
    'alerts:show',
    'doctor',
    'health',
    'incident:actions',
    'incident:handover',
    'incident:list',
    'incident:show',
    'incident:timeline',
    'latency',
    'logs',
    'oncall',
    'oncall:diff',
    'oncall:check',
    'oncall:import',
    'oncall:schedule',
    'query',
    'runbook:lint',
    'runbook:list',
    'runbook:runs',
    'runbook:show',
    'runs',
    'signals',
    'slo:burn',
    'slo:report',
    'slo:rules',
    'stats',
    'status',
  ],
]

const CHANGING: Readonly<Record<string, readonly string[]>> = {
  up: ['up', '--yes'],
  down: ['down', '--yes'],
  restart: ['restart', 'api', '--yes'],
  stop: ['stop', 'api', '--yes'],
  start: ['start', 'api', '--yes'],
  scale: ['scale', 'api=2', '--yes'],
  runbook: ['runbook', 'api-down', '--yes'],
  'runbook:resume': ['runbook', 'resume'],
  notify: ['notify', '--title', 'API slow'],
  'notify:drop': ['notify', 'drop', '01ARZ3NDEKTSV4RRFFQ69G5FA1'],
  'notify:flush': ['notify', 'flush'],
  'notify:test': ['notify', 'test'],
  'alerts:silence': ['alerts', 'silence', 'X', '--for', '1h', '--comment', 'x', '--yes'],
  'alerts:test': ['alerts', 'test', '--yes'],
  'alerts:unsilence': ['alerts', 'unsilence', 'X', '--yes'],
  'incident:ack': ['incident', 'ack'],
  'incident:merge': ['incident', 'merge', 'INC-1', 'INC-2'],
  'incident:mitigate': ['incident', 'mitigate'],
  'incident:note': ['incident', 'note', 'x'],
  'incident:open': ['incident', 'open', '--title', 'x'],
  'incident:postmortem': ['incident', 'postmortem'],
  'incident:reopen': ['incident', 'reopen'],
  'incident:resolve': ['incident', 'resolve'],
  'incident:update': ['incident', 'update', '--message', 'x'],
  'oncall:escalate': ['oncall', 'escalate'],
  'oncall:test': ['oncall', 'test', '--wait', '1s'],
  'oncall:swap': ['oncall', 'swap', 'Ana', 'Bia', '--yes'],
  'oncall:take': ['oncall', 'take', '--for', '2h', '--yes'],
  'oncall:undo': ['oncall', 'undo', '--yes'],
  prune: ['prune', '--yes'],
  trust: ['trust', '.'],
}

const directory = mkdtempSync(join(tmpdir(), 'faci-read-only-'))

beforeAll(() => {
  writeFileSync(
    join(directory, 'faci.yml'),
    'service: shop\ncompose: {file: docker-compose.yml}\nalertmanager: {url: "http://127.0.0.1:9"}\n',
  )
  writeFileSync(join(directory, 'docker-compose.yml'), 'services: {api: {image: "api:1"}}\n')
})

afterAll(() => {
  rmSync(directory, {recursive: true, force: true})
})

describe('a faci in a block that may only look', () => {
  it('has every command on one side or the other', () => {
    expect([...READING, ...Object.keys(CHANGING)].sort()).toEqual(Object.keys(COMMAND_TABLE).sort())
  })

  it.each(Object.entries(CHANGING))('refuses %s, and leaves no trace', async (_, argv) => {
    const {exitCode, stdout} = await runHosted([...argv, '--json'], directory, {FACI_READ_ONLY: '1'})
    expect(JSON.parse(stdout)).toMatchObject({error: {code: 'refused'}})
    expect(exitCode).toBe(5)
    expect(existsSync(join(directory, '.faci'))).toBe(false)
  })

  it('may preview a notice', async () => {
    const {exitCode} = await runHosted(['notify', '--title', 'x', '--preview'], directory, {FACI_READ_ONLY: '1'})
    expect(exitCode).toBe(0)
  })
})
