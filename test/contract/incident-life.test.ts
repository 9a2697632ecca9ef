// The life of an incident, as it is typed, and what several machines at once and a killed one leave of it.
import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {readdir} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {ownIdentity} from '../../src/adapters/store/process-identity.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {type Outcome, plainEnvironment, runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'

let here: string
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'faci-incident-life-'))
  writeFileSync(join(here, 'faci.yml'), 'service: shop\ncompose: {file: c.yml}\n')
})
afterEach(() => {
  rmSync(here, {recursive: true, force: true})
})

type Environment = Readonly<Record<string, string | undefined>>

const incident = (argv: readonly string[], environment: Environment = {}): Promise<Outcome> =>
  runHosted(['incident', ...argv], here, {FACI_OPERATOR: 'ana', ...environment})

/** What it answers as JSON; that it was done is expected. */
async function documentOf(...argv: readonly string[]): Promise<{readonly schema: string; readonly data: Shown}> {
  const {stdout, stderr, exitCode} = await incident([...argv, '--json'])
  expect([exitCode, stderr.includes('✖')], stderr).toEqual([0, false])
  return JSON.parse(stdout) as {readonly schema: string; readonly data: Shown}
}

interface Fields extends Readonly<Record<'startedAt' | 'detectedAt' | 'acknowledgedAt' | 'nextUpdateDueAt', unknown>> {
  readonly state: unknown
  readonly owner: unknown
  readonly handle: unknown
  readonly timeToDetectSeconds: unknown
}

interface Shown {
  readonly done: string
  readonly incident: Fields
  readonly incidents: readonly Fields[]
  readonly timeline: readonly Readonly<Record<'at' | 'enteredAt' | 'kind' | 'by' | 'text', string>>[]
  readonly actions: readonly Readonly<Record<string, unknown>>[]
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const OPEN = ['open', '--title', 'API down', '--severity', 'P0', '--service', 'api', '--quiet']
const PROMISED = [
  ...['id', 'handle', 'title', 'severity', 'state', 'services', 'alerts', 'owner', 'startedAt', 'detectedAt'],
  ...['acknowledgedAt', 'mitigatedAt', 'resolvedAt', 'nextUpdateDueAt', 'timeToDetectSeconds'],
  ...['timeToAcknowledgeSeconds', 'timeToMitigateSeconds', 'timeToResolveSeconds'],
]

describe('an incident by hand', () => {
  it('is opened, acknowledged, noted, told of, mitigated, resolved, and comes back', async () => {
    expect((await documentOf(...OPEN, '--started-at', '30m ago')).data).toMatchObject({
      ...{done: 'opened', incident: {handle: 'INC-1', state: 'open', severity: 'P0', services: ['api']}},
    })
    expect((await documentOf('ack', '--quiet')).data.incident).toMatchObject({state: 'acknowledged', owner: 'ana'})
    expect((await documentOf('ack', '--owner', 'bia')).data).toMatchObject({done: 'already', incident: {owner: 'ana'}})
    expect((await documentOf('note', 'cache flushed', '--at', '20m ago')).data.done).toBe('noted')
    expect((await documentOf('update', '-m', 'restoring', '--commander', 'caio', '--quiet')).data).toMatchObject({
      ...{done: 'updated', incident: {commander: 'caio'}},
    })
    expect((await documentOf('mitigate', 'inc1', '-m', 'rolled back', '--quiet')).data.incident.state).toBe('mitigated')
    expect((await documentOf('resolve', '1', '--quiet')).data.incident.state).toBe('resolved')
    expect((await documentOf('reopen', 'last', '--quiet')).data.incident).toMatchObject({
      ...{state: 'reopened', reopenings: 1, resolvedAt: null},
    })
    const {schema, data} = await documentOf('show')
    expect(schema).toBe('faci.incident/v1')
    expect(Object.keys(data.incident)).toEqual(expect.arrayContaining(PROMISED))
    for (const name of ['startedAt', 'detectedAt', 'acknowledgedAt', 'nextUpdateDueAt'] as const)
      expect(data.incident[name]).toMatch(ISO)
    expect(data.incident.timeToDetectSeconds).toBeCloseTo(1800, -1)
    for (const entry of data.timeline)
      expect([entry.at, entry.enteredAt]).toEqual([expect.stringMatching(ISO), expect.stringMatching(ISO)])
    expect(data.timeline.map(({text}) => text)).toEqual([
      ...['cache flushed', 'Opened INC-1 as P0: API down', 'Acknowledged: ana is on it', 'Commander: caio'],
      ...['Update: restoring', 'Mitigated: rolled back', 'Resolved', 'Reopened'],
    ])
  })

  it('is a table in Markdown, whose lines follow one another, with what was entered later', async () => {
    await documentOf(...OPEN)
    await documentOf('note', 'a | b', '--at', '20m ago')
    const {stdout, exitCode} = await incident(['timeline', '--output', 'md'])
    const [title, blank, ...table] = stdout.trimEnd().split('\n')
    expect([title, blank, exitCode]).toEqual(['# INC-1 API down', '', 0])
    expect(table.slice(0, 2)).toEqual(['| When | By | What |', '| --- | --- | --- |'])
    expect(table).toHaveLength(4)
    expect(table[2]).toMatch(/^\| .* \| a \\\| b \(entered later: .*\) \|$/)
  })

  it('is a table in the language of faci.yml, whose order follows a corrected time', async () => {
    writeFileSync(
      join(here, 'faci.yml'),
      'service: shop\ncompose: {file: c.yml}\nlocale: pt-BR\ntimezone: America/Sao_Paulo\n',
    )
    await documentOf(...OPEN, '--started-at', '2h ago', '--detected-at', '1h ago')
    await documentOf('note', 'cache limpo')
    await documentOf('ack', '--quiet')
    await documentOf('ack', '--at', '30m ago', '--quiet')
    const rows = (await incident(['timeline', '--output', 'md'])).stdout.trimEnd().split('\n').slice(2)
    expect(rows[0]).toBe('| Quando | Quem | O quê |')
    expect(rows[2]).toMatch(
      /^\| \d\d\/\d\d\/\d{4}, \d\d:\d\d:\d\d BRT \| .* \| Reconhecido: ana .*\(registrado depois: .* BRT\) \|$/,
    )
    expect(rows[3]).toContain('| INC-1 aberto como P0: API down |')
    expect(rows.join('\n')).not.toMatch(/\d{4}-\d\d-\d\d|unverified/)
    expect(rows[2]).toContain('(não verificado)')
    expect((await documentOf('show')).data.timeline[0]).toMatchObject({kind: 'incident.acknowledged'})
    const early = await incident(['mitigate', '--at', '40m ago', '--quiet'])
    expect(early.exitCode).toBe(2)
    const [, remedy = ''] = /→ faci incident (.*)/.exec(early.stderr) ?? []
    expect(remedy).toMatch(/^ack INC-1 --at \S+Z$/)
    await documentOf(...remedy.split(' '), '--quiet')
    expect((await documentOf('mitigate', '--at', '39m ago', '--quiet')).data.incident.state).toBe('mitigated')
  })

  it('is listed with its next update, and as JSON', async () => {
    await documentOf(...OPEN)
    await documentOf('open', '--title', 'Search is slow', '--severity', 'P2', '--new', '--quiet')
    await documentOf('resolve', '2', '--as', 'false-alarm', '--quiet')
    expect((await incident(['list'])).stdout).toMatch(/INC-2 +P2 .*Search is slow\n.*INC-1 +P0 .*due in .*API down/)
    const {schema, data} = await documentOf('list', '--open')
    expect([schema, data.incidents.map(({handle}) => handle)]).toEqual(['faci.incident-list/v1', ['INC-1']])
    expect(Object.keys(data.incidents[0] ?? {})).toEqual(expect.arrayContaining(PROMISED))
  })

  it('has action items, and a handover that needs no backend', async () => {
    await documentOf(...OPEN)
    await documentOf('actions', '--add', 'alert on disk space', '--owner', 'bia', '--due', '2026-01-15')
    expect((await documentOf('actions')).data.actions).toMatchObject([
      {incident: 'INC-1', number: 1, owner: 'bia', isOverdue: true},
    ])
    const {stdout, exitCode} = await incident(['handover', '--to', 'bia'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/INC-1 API down · P0 .* bia/)
    expect(stdout).toContain('alert on disk space')
    await documentOf('actions', 'INC-1', '--done', '1')
    expect((await documentOf('actions')).data.actions).toEqual([])
    expect((await documentOf('show')).data.incident.owner).toBe('bia')
  })

  it('is told on this terminal where no channel is set up', async () => {
    const {stderr, stdout, exitCode} = await incident(OPEN.filter((flag) => flag !== '--quiet'))
    expect(exitCode).toBe(0)
    expect(stdout + stderr).toContain('An incident has been opened.')
  })
})

describe('what cannot be', () => {
  it.each([
    {argv: ['ack'], says: /No incident is open/, code: 2},
    {
      argv: ['show', 'last'],
      says: /No incident has been opened yet\n +→ faci incident open --title 'API down'/,
      code: 2,
    },
    {argv: ['note', 'INC-1', 'a b'], says: /→ faci incident note --incident INC-1 'a b'/, code: 2},
    {argv: ['note', 'INC-1'], says: /→ faci incident note --incident INC-1 'what you see'/, code: 2},
    {argv: ['show', 'INC-9'], says: /No incident INC-9\n +→ faci incident list/, code: 2},
    {argv: ['open'], says: /--title is required/, code: 2},
    {argv: ['open', '--title', ' '], says: /needs a title/, code: 2},
    {argv: ['open', '--title', '\u200b\n\u2060'], says: /needs a title/, code: 2},
    {argv: ['open', 'API down'], says: /→ faci incident open --title 'API down'/, code: 2},
    {argv: ['note', '\u200b\n'], says: /needs a text/, code: 2},
    {argv: ['update', '--title', '\u200b'], says: /needs a title/, code: 2},
    {argv: ['update', '--message', '\u200b\u2060'], says: /--message: nobody would see this text/, code: 2},
    {argv: ['update', '--owner', '\u200b'], says: /names nobody/, code: 2},
    {argv: ['update', '--commander', '\u200b'], says: /names nobody/, code: 2},
    {argv: ['update', '--scribe', ' \u2060'], says: /names nobody/, code: 2},
    {argv: ['ack', '--owner', '\u200b'], says: /names nobody/, code: 2},
    {argv: ['open', '--title', 'x', '--severity', 'P9'], says: /P0, P1, P2/, code: 2},
    {argv: ['open', '--title', 'x', '--started-at', 'yesterdayish'], says: /yesterdayish/, code: 2},
    {argv: ['open', '--title', 'x', '--detected-at', '2099-01-01'], says: /future/, code: 2},
    {argv: ['note'], says: /text/i, code: 2},
    {argv: ['update'], says: /Nothing to update/, code: 2},
    {argv: ['resolve', '--as', 'whatever'], says: /fixed, false-alarm, duplicate/, code: 2},
    {argv: ['merge', 'INC-1'], says: /into/i, code: 2},
    {argv: ['actions', '--owner', 'bia'], says: /belong to an action item/, code: 2},
    {argv: ['actions', '--done', '1', '--drop', '2'], says: /--drop/, code: 2},
  ])('faci incident $argv', async ({argv, says, code}) => {
    const {exitCode, stderr, stdout} = await incident(argv)
    expect([exitCode, stdout]).toEqual([code, ''])
    expect(stderr).toMatch(says)
    expect((await documentOf('list')).data.incidents).toEqual([])
  })

  it('says what to type where no incident is open, and where several are', async () => {
    expect((await incident(['ack'])).stderr).toContain("→ faci incident open --title 'API down'")
    await documentOf(...OPEN)
    await documentOf('resolve', '--quiet')
    expect((await incident(['timeline'])).stderr).toMatch(/`last`\n +→ faci incident show last\n/)
    await documentOf('reopen', 'last', '--quiet')
    await documentOf('open', '--title', 'Search is slow', '--new', '--quiet')
    const {exitCode, stderr} = await incident(['ack'])
    expect(exitCode).toBe(2)
    expect((await incident(['update', 'INC-1', '--quiet'])).stderr).toContain(
      "→ faci incident update INC-1 --quiet --message 'we are on it'",
    )
    expect(stderr).toMatch(/INC-1  P0  API down\n +INC-2  P1  Search is slow\n +→ faci incident ack INC-1\n/)
  })

  it('does not happen in the future, nor in the wrong order, nor to what is not over', async () => {
    await documentOf(...OPEN)
    for (const [argv, code, says] of [
      [['ack', '--at', '2099-01-01'], 2, /in the future/],
      [['note', 'x', '--at', '2099-01-01'], 2, /in the future/],
      [['resolve', '--at', '3h ago'], 2, /would be before/],
      [['reopen'], 5, /nothing to reopen/],
    ] as const) {
      const {exitCode, stderr} = await incident(argv)
      expect([argv, exitCode]).toEqual([argv, code])
      expect(stderr).toMatch(says)
    }
    expect((await documentOf('show')).data.timeline).toHaveLength(1)
  })

  it('is nothing that changes the record where only reading is allowed', async () => {
    await documentOf(...OPEN)
    const locked = {FACI_READ_ONLY: '1'}
    for (const argv of [
      ['ack'],
      ['note', 'x'],
      ['resolve'],
      OPEN,
      ['actions', '--add', 'x'],
      ['handover', '--to', 'bia'],
    ])
      expect([argv, (await incident(argv, locked)).exitCode]).toEqual([argv, 5])
    for (const argv of [['show'], ['list'], ['timeline'], ['actions'], ['handover']])
      expect([argv, (await incident(argv, locked)).exitCode]).toEqual([argv, 0])
    expect((await documentOf('show')).data.incident.state).toBe('open')
  })

  it('is a name that somebody gave himself as a verified one', async () => {
    await documentOf(...OPEN)
    expect((await documentOf('show')).data.timeline[0]?.by).toMatch(/^ana@\S+ \(unverified\)$/)
  })
})

function start(...argv: readonly string[]): ChildProcess {
  const env = plainEnvironment(here, {FACI_OPERATOR: 'ana'})
  return spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), 'incident', ...argv], {
    ...{cwd: here, env, stdio: 'ignore'},
  })
}

const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('close', resolve))

async function listed(): Promise<readonly unknown[]> {
  return (await documentOf('list')).data.incidents.map(({handle}) => handle)
}

describe('several at once', () => {
  it('six who open one each have six short names', async () => {
    const opened = await Promise.all(
      Array.from({length: 6}, (_, index) =>
        runBuilt(['incident', 'open', '--title', `trouble ${String(index)}`, '--quiet', '--json'], here),
      ),
    )
    const handles = opened.map(({stdout}) => (JSON.parse(stdout) as {data: Shown}).data.incident.handle)
    const six = ['INC-1', 'INC-2', 'INC-3', 'INC-4', 'INC-5', 'INC-6']
    expect([...handles].sort()).toEqual(six)
    expect([...(await listed())].sort()).toEqual(six)
  })

  it('twenty who open one for the same alert open one, and each is told which', async () => {
    const opened = await Promise.all(
      Array.from({length: 20}, (_, index) =>
        runBuilt(
          ['incident', 'open', '--title', `trouble ${String(index)}`, '--alert', 'APIDown', '--quiet', '--json'],
          here,
        ),
      ),
    )
    const told = opened.map(({stdout}) => (JSON.parse(stdout) as {data: Shown}).data)
    expect(told.map(({done}) => done).sort()).toEqual([...Array.from({length: 19}, () => 'known'), 'opened'])
    expect(new Set(told.map(({incident: {handle}}) => handle))).toEqual(new Set(['INC-1']))
    expect(await listed()).toEqual(['INC-1'])
  }, 60_000)

  it('one that was killed while it opened another holds up nobody', async () => {
    const {pid} = process
    const gone = {...ownIdentity(), pid: 2 ** 22 + (pid % 1000)}
    await documentOf('open', '--title', 'before', '--quiet')
    const leases = fileLeases({
      directory: join(here, '.faci', 'incidents'),
      ...{clock: systemClock, operator: 'bia', identity: gone},
    })
    await leases.take('opening', {reason: 'opening an incident', runId: null})
    const {done, incident: opened} = (await documentOf(...OPEN)).data
    expect([done, opened.handle]).toEqual(['opened', 'INC-2'])
  })

  it('of the same title are one, unless another is wanted', async () => {
    await documentOf(...OPEN)
    const {stdout, exitCode} = await incident(['open', '--title', 'api  Down', '--message', 'still', '--quiet'])
    expect([exitCode, stdout.split('\n')[0]]).toEqual([
      0,
      '✔ INC-1 is open for this already: nothing new was opened (--new opens another one)',
    ])
    expect(stdout).toContain("→ faci incident note --incident INC-1 '…'")
    expect((await documentOf('show', 'INC-1')).data.timeline.map(({text}) => text)).toContain('still')
    expect((await documentOf('open', '--title', 'API down', '--new', '--quiet')).data.incident.handle).toBe('INC-2')
    expect((await documentOf('open', '--title', 'API down', '--service', 'mail', '--quiet')).data.done).toBe('opened')
  })

  it('one that is killed in the middle harms nobody', async () => {
    await documentOf(...OPEN)
    const handles = join(here, '.faci', 'incidents', 'handles')
    const killed = start('open', '--title', 'killed', '--new', '--quiet')
    const over = ended(killed)
    const others = ['one', 'two'].map((title) => ended(start('open', '--title', title, '--new', '--quiet')))
    while ((await readdir(handles)).length < 2) await wait(1)
    killed.kill('SIGKILL')
    await Promise.all([over, ...others])
    const before = await listed()
    expect(before.length).toBeGreaterThanOrEqual(3)
    expect(new Set(before).size).toBe(before.length)
    await documentOf('note', 'still here', '--incident', 'INC-1')
    const {handle} = (await documentOf('open', '--title', 'after', '--new', '--quiet')).data.incident
    expect(before).not.toContain(handle)
    expect((await documentOf('show', 'last')).data.incident).toMatchObject({handle, title: 'after'})
  })
})
