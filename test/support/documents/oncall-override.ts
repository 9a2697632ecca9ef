import type {OverrideReport} from '../../../src/domain/oncall/override-report.js'
import type {OncallDiffDocument, OncallOverrideDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {diffRotas} from '../../../src/usecases/oncall/diff-rotas.js'
import {aLayer, anOverride, aRota} from '../builders/rota.js'
import {NOW} from './stack.js'

const CHANGE = {start: '2026-11-23T06:12:00.000Z', end: '2026-11-23T08:12:00.000Z', before: 'Ana', after: 'Bia'}
const PLAN: OverrideReport['plan'] = {
  away: [],
  ...{at: NOW.toISOString(), environment: 'staging', production: false, act: 'take', people: ['Bia']},
  changes: [CHANGE],
}
const NOTHING: OverrideReport = {
  ...{plan: PLAN, dryRun: false, refusal: null, isAlready: false, alreadyUntil: null},
  ...{id: null, nowOnCall: null, unlike: []},
}
const ID = '01K00000000000000000000000'
const ACCEPT = 'faci oncall take --person Bia --for 2h --yes'
const SWAP: OverrideReport['plan'] = {
  ...{...PLAN, act: 'swap', people: ['Ana', 'Bia']},
  changes: [CHANGE, {start: '2026-11-30T09:00:00.000Z', end: '2026-12-07T09:00:00.000Z', before: 'Bia', after: 'Ana'}],
}
const GAP = {...CHANGE, before: 'Bia', after: null}

export function oncallOverrideDocuments(): Promise<readonly OncallOverrideDocument[]> {
  const make = (verdict: 'ok' | 'bad' | 'refused', over: Partial<OverrideReport>): OncallOverrideDocument =>
    envelope('oncall-override', {verdict, data: {...NOTHING, ...over}}, NOW)
  return Promise.resolve([
    make('ok', {id: ID, nowOnCall: 'Bia'}),
    make('ok', {dryRun: true}),
    make('ok', {
      plan: {
        ...PLAN,
        away: [{person: PLAN.people[0] ?? '', start: '2026-11-24T12:00:00.000Z', end: '2026-11-24T14:00:00.000Z'}],
      },
      id: ID,
      nowOnCall: PLAN.people[0] ?? null,
    }),
    make('ok', {isAlready: true, alreadyUntil: '2026-11-24T14:00:00.000Z', plan: {...PLAN, changes: []}}),
    make('refused', {refusal: {reason: 'no terminal to confirm on', accept: ACCEPT}}),
    make('bad', {id: ID, nowOnCall: 'Caio', unlike: [{...CHANGE, before: 'Bia', after: 'Caio'}]}),
    make('ok', {plan: SWAP, id: ID, nowOnCall: 'Bia'}),
    make('ok', {plan: {...PLAN, act: 'undo', changes: [GAP]}, id: ID}),
    make('ok', {plan: {...PLAN, act: 'undo', people: [], changes: []}, dryRun: true}),
  ])
}

export function oncallDiffDocuments(): Promise<readonly OncallDiffDocument[]> {
  const now = NOW.getTime()
  const input = {against: '/tmp/oncall.yml', now, asked: {start: now, end: now + 28 * 86_400_000}}
  const [old, rota] = [aRota(), aRota([aLayer({people: ['Ana', 'Caio']})])]
  const some = aRota([aLayer()], {overrides: [anOverride('Ana', '2026-11-24T20:00Z', '2026-12-02T08:00Z')]})
  const results = [
    ...[diffRotas({...input, rota, old}), diffRotas({...input, rota: some, old})],
    ...[diffRotas({...input, rota: old, old}), diffRotas({...input, rota: null, old})],
  ]
  return Promise.resolve(results.map((result) => envelope('oncall-diff', result, NOW)))
}
