// Who is on call and who works on an incident, as people type it: nobody is told what is not so.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {type Outcome, runInShell} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'

let here: string
const ROTA = 'oncall: {people: [{name: Ana}, {name: Bia}, {name: Caio}], rotation: daily, handoff: "09:00"}\n'

function configure(more: string, file = 'faci.yml'): string {
  const path = join(here, file)
  writeFileSync(path, `service: shop\ncompose: {file: c.yml}\n${more}`)
  return path
}

beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'faci-people-'))
  configure(`timezone: America/Sao_Paulo\n${ROTA}`)
})
afterEach(() => {
  rmSync(here, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]): Promise<Outcome> => runHosted(argv, here, {FACI_OPERATOR: 'root'})
const open = (...more: readonly string[]): Promise<Outcome> =>
  faci('incident', 'open', '--title', 'API down', '--severity', 'P0', '--quiet', ...more)

describe('oncall diff', () => {
  it.each([
    ['another zone', 'timezone: Europe/Berlin\n', /Shifts that differ/],
    ['no zone, which is UTC', '', /Shifts that differ/],
    ['the same zone', 'timezone: America/Sao_Paulo\n', /The same people are on call/],
  ])('with a faci.yml of %s', async (_, zone, said) => {
    const {stdout, exitCode} = await faci('oncall', 'diff', configure(`${zone}${ROTA}`, 'other.yml'))
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(said)])
  })
})

describe('a due date', () => {
  it('lies ahead, and one that would be overdue at once is refused', async () => {
    await open()
    const {stdout} = await faci('incident', 'actions', 'last', '--add', 'x', '--due', '7d', '--json')
    const [action] = (JSON.parse(stdout) as {data: {actions: {dueAt: string; isOverdue: boolean}[]}}).data.actions
    expect(action?.isOverdue).toBe(false)
    expect(Date.parse(action?.dueAt ?? '') - Date.now()).toBeGreaterThan(6 * 86_400_000)
    const today = new Date().toLocaleDateString('sv', {timeZone: 'America/Sao_Paulo'})
    expect((await faci('incident', 'actions', 'last', '--add', 'y', '--due', today)).stdout).not.toContain('overdue')
    const {exitCode, stderr} = await faci('incident', 'actions', 'last', '--add', 'z', '--due', 'soon')
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/invalid due date "soon": write 7d/)])
  })
})

describe('an empty name', () => {
  it.each([
    ['incident', 'update', '--owner', ''],
    ['incident', 'ack', '--owner', ' '],
    ['incident', 'actions', 'last', '--add', 'x', '--owner', ''],
    ['incident', 'handover', '--to', ''],
    ['oncall', 'take', '--for', '2h', '--yes', '--person', ''],
    ['oncall', 'schedule', '--person', ''],
    ['oncall', 'test', '--ack', ''],
    ['oncall', 'test', '--ack', '01K0000000', '--person', ''],
  ])('is refused: faci %s %s …', async (...argv) => {
    await open()
    const {exitCode, stderr} = await faci(...argv)
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/an empty (NAME|ID) names nobody[^]*→ faci /)])
  })
})

describe('whoever works on it', () => {
  it('is somebody of the rota, and whoever acknowledges it is on it', async () => {
    await open()
    const unknown = await faci('incident', 'handover', '--to', 'nobodyknown')
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringMatching(/nobody in the rota: .*Ana/)])
    expect((await faci('incident', 'handover', '--to', 'bia')).exitCode).toBe(0)
    expect((await faci('incident', 'show')).stdout).toMatch(/owner Bia · nobody has acknowledged it/)
    expect((await faci('incident', 'ack', '--quiet')).stdout).toMatch(/acknowledged: root is on it/)
    await faci('incident', 'resolve', '--quiet')
    expect((await faci('incident', 'reopen', 'last', '--quiet')).stdout).toMatch(
      /owner root · nobody has acknowledged it since it came back/,
    )
  })

  it('is taken as it is typed where there is no rota, with a warning', async () => {
    configure('')
    await open()
    const {exitCode, stderr} = await faci('incident', 'handover', '--to', 'dora')
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('whether dora is one of the team was not checked')])
  })
})

describe('several who acknowledge at once', () => {
  it('all hear who is on it, and the timeline says whose acknowledgement changed nothing', async () => {
    await open()
    const names = ['u1', 'u2', 'u3', 'u4']
    const said = await Promise.all(
      names.map((name) => faci('incident', 'ack', 'INC-1', '--owner', name, '--quiet', '--json')),
    )
    const heard = said.map(({stdout}) => (JSON.parse(stdout) as {data: {done: string; incident: {owner: string}}}).data)
    const owner = heard[0]?.incident.owner ?? ''
    expect(heard.map((one) => one.incident.owner)).toEqual(names.map(() => owner))
    expect(heard.map(({done}) => done)).toEqual(names.map((name) => (name === owner ? 'acknowledged' : 'already')))
    const {stdout} = await faci('incident', 'timeline', 'INC-1')
    expect(stdout.match(/\S+ is on it/g)).toEqual([`${owner} is on it`])
  })
})

describe('a person', () => {
  const TEAM = `timezone: America/Sao_Paulo
oncall:
  people: [{name: João, email: jp@x.test, slack: U012AB3CD}, {name: Ana Lima}, {name: Ana Souza}]
  rotation: daily
  handoff: "09:00"
`
  const shown = async (...argv: readonly string[]) => {
    const {stdout, stderr} = await faci(...argv, '--json')
    expect(stderr).toBe('')
    return (JSON.parse(stdout) as {data: Record<string, unknown>}).data
  }

  it('is the one of the rota, however they are typed, in every command', async () => {
    configure(TEAM)
    await open()
    expect(await shown('incident', 'ack', '--owner', 'joao', '--quiet')).toMatchObject({incident: {owner: 'João'}})
    expect(
      await shown('incident', 'update', '--owner', 'LIMA', '--commander', 'jp@x.test', '--scribe', 'dora', '--quiet'),
    ).toMatchObject({incident: {owner: 'Ana Lima', commander: 'João', scribe: 'dora'}})
    expect(await shown('incident', 'actions', 'last', '--add', 'x', '--owner', 'U012ab3cd')).toMatchObject({
      actions: [{owner: 'João'}],
    })
    expect(await shown('incident', 'handover', '--to', 'jo')).toMatchObject({to: 'João'})
    expect(await shown('oncall', 'schedule', '--person', 'souza', '--weeks', '1')).toMatchObject({person: 'Ana Souza'})
    expect((await faci('oncall', 'take', '--for', '2h', '--person', 'JOAO', '--yes')).stdout).toContain('João')
    expect((await faci('oncall', 'swap', 'joao', 'ana s', '--dry-run')).stdout).toMatch(
      /swap shifts of João and Ana Souza/,
    )
    expect((await faci('oncall', 'swap', 'joao', 'jp', '--dry-run')).stderr).toContain(
      'João cannot swap with themselves',
    )
  })

  it('whom nobody can tell from another is asked for, with the whole command for each', async () => {
    configure(TEAM)
    await open()
    for (const argv of [
      ['incident', 'ack', '--owner', 'ana', '--quiet'],
      ['incident', 'actions', 'last', '--add', 'x', '--owner', 'ana'],
      ['oncall', 'schedule', '--person', 'ana'],
      ['oncall', 'take', '--for', '2h', '--person', 'ana', '--dry-run'],
    ]) {
      const {exitCode, stderr} = await faci(...argv)
      const typed = (name: string): string => `→ faci ${argv.join(' ').replace('ana', `'${name}'`)}\n`
      expect([exitCode, stderr]).toEqual([
        2,
        expect.stringMatching(/^✖ ana may be Ana Lima or Ana Souza: say which one\n/),
      ])
      for (const name of ['Ana Lima', 'Ana Souza']) expect(stderr).toContain(typed(name))
    }
  })

  it('who acts is written as the rota has them', async () => {
    configure(TEAM)
    await open()
    const env = {FACI_OPERATOR: 'joao'}
    expect((await runHosted(['incident', 'ack', '--quiet'], here, env)).stdout).toContain('João is on it')
  })

  it('is as typed where the rota cannot be read: nobody waits for that to be on an incident', async () => {
    await open()
    configure('oncall: missing.yml\n')
    expect((await faci('incident', 'ack', '--owner', 'joao', '--quiet')).stdout).toContain('joao is on it')
  })
})

describe('a command for each open incident', () => {
  it.each([
    ['incident', 'show'],
    ['incident', 'timeline'],
    ['incident', 'ack', '--quiet'],
    ['incident', 'note', '--', '-1 replica'],
    ['incident', 'note', "it's DNS", '--at', '1m ago'],
    ['incident', 'update', '--message', '$(reboot)', '--quiet'],
    ['incident', 'mitigate', '--quiet'],
    ['incident', 'actions', '--add', 'x'],
    ['incident', 'resolve', '--as', 'false-alarm', '--quiet'],
  ])('can be typed as it is printed: faci %s %s …', async (...argv) => {
    await open()
    await faci('incident', 'open', '--title', 'Redis is down', '--quiet', '--detected-at', '2h ago')
    await faci('incident', 'update', '1', '--detected-at', '2h ago', '--quiet')
    const {exitCode, stderr} = await faci(...argv)
    const commands = stderr.match(/(?<=→ )faci .+/g) ?? []
    expect([exitCode, commands.length], stderr).toEqual([2, 2])
    for (const [index, typed] of commands.entries()) {
      const {stdout, exitCode: code} = await runInShell(typed.replace(/^faci/, '$FACI'), here)
      expect([code, stdout]).toEqual([0, expect.stringContaining(index === 0 ? 'INC-1' : 'INC-2')])
    }
  })
})
