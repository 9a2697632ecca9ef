import {expect, it} from 'vitest'
import type {Result} from '../../../../src/domain/result.js'
import type {OverrideReport} from '../../../../src/domain/oncall/override-report.js'
import type {WrittenRota} from '../../../../src/domain/oncall/rota.js'
import type {Prompt} from '../../../../src/ports/prompt.js'
import type {DecideDeps, TypedMoment} from '../../../../src/usecases/oncall/decide-override.js'
import {takeShift} from '../../../../src/usecases/oncall/take-shift.js'
import {undoOverride} from '../../../../src/usecases/oncall/undo-override.js'
import {aLayer, aRota} from '../../../support/builders/rota.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeIds} from '../../../support/fakes/ids.js'
import {fakeOverrides} from '../../../support/fakes/overrides.js'
import {fakePrompt} from '../../../support/fakes/prompt.js'

const people = ['Ana', 'Bia', 'Caio']
const written: WrittenRota = {
  ...aRota([aLayer({people})], {people: people.map((name) => ({name, email: null, slack: null, pagerduty: null}))}),
  overrides: [],
  absences: [],
}

function scene(prompt: Prompt) {
  const [clock, ids] = [fakeClock('2026-11-24T12:00:00.000Z'), fakeIds()]
  const deps: DecideDeps = {overrides: fakeOverrides({clock, ids}), clock, prompt, showPlan: () => Promise.resolve()}
  const take = (person: string, yes = true, at: TypedMoment | null = null): Promise<Result<OverrideReport>> =>
    takeShift(deps, {
      ...{written, person, yes, operator: 'ana', at, seconds: 7200, dryRun: false},
      ...{environment: 'staging', production: false, signal: new AbortController().signal},
    })
  return {deps, take}
}

it('is not taken by a plan that somebody else has overtaken: nothing is written, and the loser is told', async () => {
  const {deps, take} = scene({
    ...fakePrompt([]),
    available: true,
    choose: async () => {
      await take('Ana')
      return 'y'
    },
  })
  const lost = take('Caio', false)
  await expect(lost).rejects.toThrow('Ana is on call there now. Nothing was written')
  await expect(lost).rejects.toMatchObject({code: 'refused', suggestions: ['faci oncall take --person Caio --for 2h']})
  expect((await deps.overrides.list()).decisions).toHaveLength(1)
  expect((await take('Caio')).data).toMatchObject({nowOnCall: 'Caio', unlike: []})
})

it('waits for whoever decides, and says so when that lasts', async () => {
  const {deps, take} = scene(fakePrompt())
  const right = await deps.overrides.alone()
  await expect(take('Ana')).rejects.toMatchObject({code: 'locked'})
  await right?.release()
  expect((await take('Ana')).verdict).toBe('ok')
})

it('is taken back once: a second time is told, and is not suggested', async () => {
  const {deps, take} = scene(fakePrompt())
  await take('Caio')
  const [decision] = (await deps.overrides.list()).decisions
  const undo = (id: string): Promise<Result<OverrideReport>> =>
    undoOverride(deps, {
      ...{written, id, yes: true, dryRun: false, environment: 'staging', production: false},
      signal: new AbortController().signal,
    })
  const id = decision?.id ?? ''
  expect((await undo(id)).verdict).toBe('ok')
  await expect(undo(id)).rejects.toMatchObject({code: 'notFound', message: `Override ${id} was taken back before`})
  await expect(undo('zzz')).rejects.toMatchObject({suggestions: ['faci oncall schedule']})
})

it('changes nothing of who was on call', async () => {
  const {deps, take} = scene(fakePrompt())
  const at = {at: deps.clock.now().getTime() - 3 * 3_600_000, typed: '3h ago'}
  await expect(take('Ana', true, at)).rejects.toThrow('--at 3h ago is in the past')
  expect((await deps.overrides.list()).decisions).toEqual([])
})

it('taken again by whoever has it is no second override', async () => {
  const {deps, take} = scene(fakePrompt())
  await take('Caio')
  await deps.clock.sleep(20)
  const again = await take('Caio')
  expect([again.verdict, again.data.isAlready]).toEqual(['ok', true])
  expect(again.data.alreadyUntil).toBe('2026-11-24T14:00:00.000Z')
  expect((await deps.overrides.list()).decisions).toHaveLength(1)
  await deps.clock.sleep(600)
  expect((await take('Caio')).data.isAlready).toBe(false)
  await expect(take('\u200b')).rejects.toMatchObject({code: 'usage'})
})

it('says that whoever goes on call is absent for some of that time, in the plan and afterwards', async () => {
  const {deps} = scene(fakePrompt())
  const at = (hour: number) => ({wall: Date.parse(`2026-11-24T${String(hour)}:00:00.000Z`), zone: 'UTC', plusMs: 0})
  const absences = [
    {person: 'Caio', from: at(13), to: at(20), reason: null},
    {person: 'Ana', from: at(10), to: at(20), reason: null},
  ]
  const away = {...written, absences}
  const take = (person: string): Promise<Result<OverrideReport>> =>
    takeShift(deps, {
      ...{written: away, person, yes: true, operator: 'ana', at: null, seconds: 7200, dryRun: false},
      ...{environment: 'staging', production: false, signal: new AbortController().signal},
    })
  expect((await take('Caio')).data.plan.away).toEqual([
    {person: 'Caio', start: '2026-11-24T13:00:00.000Z', end: '2026-11-24T14:00:00.000Z'},
  ])
  expect((await take('Bia')).data.plan.away).toEqual([])
})
