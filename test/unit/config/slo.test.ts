import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Config} from '../../../src/config/config.js'
import {loadConfig} from '../../../src/config/load.js'
import {FaciError} from '../../../src/domain/errors.js'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-slo-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

function load(lines: string): Promise<Config> {
  writeFileSync(join(directory, 'faci.yml'), `service: shop\ncompose: {}\n${lines}`)
  return loadConfig({directory, file: undefined, environment: {}})
}

async function refusal(lines: string): Promise<string> {
  try {
    await load(lines)
  } catch (error) {
    if (error instanceof FaciError) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

function slo(over: string): string {
  return `slos:\n  - {name: x, objective: 99.5, indicator: {up: true}, ${over}}\n`
}

describe('slos in faci.yml', () => {
  it('take what a proxy refused, and leave the key away where it is not written', async () => {
    const {slos} = await load(`slos:
  - {name: a, objective: 99, indicator: {errors: a_total, total: b_total, refused: 'sum(increase(r_total[WINDOW]))'}}
  - {name: b, objective: 99, indicator: {errors: a_total, total: b_total}}
`)
    expect(slos[0]?.indicator).toMatchObject({kind: 'errors', refused: 'sum(increase(r_total[WINDOW]))'})
    // What is in the definition is in its hash: rules that are loaded have recorded today's.
    expect(Object.keys(slos[1]?.indicator ?? {})).toEqual(['kind', 'errors', 'total'])
  })

  it('reads the three kinds of indicator, over 30 days unless told otherwise', async () => {
    const {slos} = await load(`slos:
  - {name: up, objective: 99.5, indicator: {up: true}}
  - {name: ok, objective: 99.9, window: 7d, indicator: {errors: 'a_total{code=~"5..|x{2}"}', total: a_total}, runbook: api-down}
  - {name: fast, objective: 95, indicator: {histogram: h_seconds, threshold: 500ms, matchers: 'method="POST"'}}
  - {name: own, objective: 95, indicator: {errors: 'sum(increase(e[WINDOW]))', total: 'sum(increase(t[WINDOW]))'}}
`)
    expect(slos.map(({objective, windowSeconds}) => [objective, windowSeconds])).toEqual([
      [0.995, 2_592_000],
      [0.999, 604_800],
      [0.95, 2_592_000],
      [0.95, 2_592_000],
    ])
    expect(slos.map(({indicator}) => indicator)).toMatchObject([
      {kind: 'up'},
      {
        kind: 'errors',
        errors: {kind: 'selector', metric: 'a_total', matchers: ['code=~"5..|x{2}"']},
        total: {kind: 'selector', metric: 'a_total', matchers: []},
      },
      {kind: 'latency', histogram: 'h_seconds', thresholdSeconds: 0.5, matchers: ['method="POST"'], native: false},
      {kind: 'errors', errors: {kind: 'expression', text: 'sum(increase(e[WINDOW]))'}},
    ])
  })

  it.each([
    ['objective: 100', /5:\d+: slos\.0\.objective: must be under 100/],
    ['objective: 0', /must be above 0/],
    ['objective: 0.999', /is in percent: did you mean `99\.9`\?/],
    ['objective: 0.95', /did you mean `95`\?/],
  ])('refuses %s', async (text, message) => {
    expect(await refusal(`slos:\n  - name: x\n    ${text}\n    indicator: {up: true}\n`)).toMatch(message)
  })

  it.each([
    ['{errors: a_total}', /must be \{errors: COUNTER, total: COUNTER\}/],
    ['{up: true, histogram: h, threshold: 1s}', /must be \{errors: COUNTER/],
    ["{errors: 'rate(a_total)', total: a_total}", /indicator\.errors: is neither a counter such as/],
    ["{errors: 'a_total{code=5}', total: a_total}", /is neither a counter/],
    ['{histogram: h, treshold: 1s}', /unknown.*treshold.*did you mean `threshold/i],
    ['{up: true, native: true}', /belong to a histogram/],
    ["{up: true, refused: 'sum(increase(r_total[WINDOW]))'}", /refused belongs to errors and total/],
    ['{errors: a_total, total: b_total, refused: r_total}', /refused: must be an expression with \[WINDOW\]/],
    ["{histogram: h, threshold: 1s, matchers: 'a'}", /is not a list of matchers/],
  ])('refuses the indicator %s', async (text, message) => {
    expect(await refusal(`slos:\n  - {name: x, objective: 99, indicator: ${text}}\n`)).toMatch(message)
  })

  it('refuses two of one name, an unknown key and a window that is none', async () => {
    expect(await refusal(`${slo('')}  - {name: x, objective: 99, indicator: {up: true}}\n`)).toMatch(/the same name/)
    expect(await refusal(slo('windw: 7d'))).toMatch(/did you mean `window/i)
    expect(await refusal(slo('window: 30 days'))).toMatch(/is not a duration: did you mean `30d`/)
    expect(await refusal(slo('window: 5m'))).toMatch(/window: must be at least 1h/)
  })
})

describe('adjustments in faci.yml', () => {
  it('are times with a zone, a reason, and who approved', async () => {
    const {adjustments} = await load(
      'adjustments: [{start: 2026-10-01T02:00:00-03:00, end: "2026-10-01T03:00:00-03:00", reason: migration, approver: ana, slos: [x]}]\n',
    )
    expect(adjustments).toEqual([
      {start: 1_790_830_800, end: 1_790_834_400, reason: 'migration', approver: 'ana', objectives: ['x']},
    ])
  })

  it.each([
    ['{start: 2026-10-01T02:00:00, end: 2026-10-01T03:00:00Z, reason: x}', /is no time with a zone/],
    ['{start: 2026-10-01T03:00:00Z, end: 2026-10-01T02:00:00Z, reason: x}', /end must be after start/],
    ['{start: 2026-10-01T02:00:00Z, end: 2026-10-01T03:00:00Z}', /reason is required/],
  ])('refuses %s', async (text, message) => {
    expect(await refusal(`adjustments: [${text}]\n`)).toMatch(message)
  })
})
