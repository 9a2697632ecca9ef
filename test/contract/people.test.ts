// Who is on call and who works on an incident, as people type it: nobody is told what is not so.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Outcome} from '../support/built-faci.js'
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
