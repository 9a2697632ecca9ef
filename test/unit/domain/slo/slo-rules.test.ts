import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import {parser} from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {exampleLabels} from '../../../../src/domain/slo/label-examples.js'
import {eventSeries} from '../../../../src/domain/slo/event-series.js'
import {sloRuleSet} from '../../../../src/domain/slo/slo-rule-set.js'
import type {Objective} from '../../../../src/domain/slo/objective.js'
import {UPTIME} from '../../../support/documents/slo.js'

const OPTIONS = {job: 'shop', fewestBadEvents: 2}
const MONTH = {...UPTIME, windowSeconds: 2_592_000}

function expressions(objective: Objective): readonly string[] {
  return sloRuleSet([objective], OPTIONS, 'x.yml', re2jsPatterns).groups.flatMap(({rules}) =>
    rules.map(({expr}) => expr),
  )
}

function syntaxErrors(expression: string): number {
  let count = 0
  parser.parse(expression).iterate({
    enter: ({type}) => {
      if (type.isError) count += 1
    },
  })
  return count
}

describe('sloRules', () => {
  it('give expressions that parse, with thresholds written as arithmetic', () => {
    const all = expressions({...MONTH, objective: 0.999})
    for (const expression of all) expect(syntaxErrors(expression)).toBe(0)
    const thresholds = all.flatMap((expression) => expression.match(/> \([^)]*\)/g) ?? [])
    expect(thresholds).toContain('> (14.4 * 0.001)')
    expect(thresholds.join(' ')).not.toMatch(/\d{10}/)
  })

  it('leave out a tier that can never fire, and say so', () => {
    const {groups, notes} = sloRuleSet([{...MONTH, objective: 0.9}], OPTIONS, 'x.yml', re2jsPatterns)
    const windows = groups.flatMap(({rules}) => rules.flatMap(({labels}) => labels['long_window'] ?? []))
    expect(windows).toEqual(['6h', '1d', '3d'])
    expect(notes).toMatchObject([{objective: 'uptime', note: {why: 'neverFires', tierSeconds: 3600, factor: 14.4}}])
  })

  it('say when no tests can be made up', () => {
    const expression = {kind: 'expression', text: 'sum(increase(x[WINDOW]))'} as const
    const free: Objective = {...MONTH, indicator: {kind: 'errors', errors: expression, total: expression}}
    const {tests, notes} = sloRuleSet([free], OPTIONS, 'x.yml', re2jsPatterns)
    expect(tests.tests).toEqual([])
    expect(notes).toEqual([{objective: 'uptime', note: {why: 'noTests'}}])
  })
})

describe('exampleLabels', () => {
  it.each([
    [['job="shop"', 'status=~"5.."'], [], {job: 'shop', status: '500'}],
    [['endpoint!~"/metrics|/health"'], [], {endpoint: '200'}],
    [['status=~"5..|429"'], [], {status: '500'}],
    [['job="shop"'], ['job="shop"', 'status=~"5.."'], {job: 'shop', status: '200'}],
    [['job="shop"'], ['status!="ok"'], {job: 'shop', status: 'ok'}],
  ])('of %j that refuse %j are %j', (matchers, refusing, labels) => {
    expect(exampleLabels(re2jsPatterns, matchers, refusing)).toEqual(labels)
  })

  it('gives up on what it cannot make up, or where nothing is left to refuse', () => {
    expect(exampleLabels(re2jsPatterns, ['status=~"(a{3}b)+"'])).toBeNull()
    expect(exampleLabels(re2jsPatterns, ['job="shop"'], ['job="shop"'])).toBeNull()
  })
})

describe('eventSeries', () => {
  it('adds up to the events of each minute, restart or not', () => {
    const minutes = fc.array(fc.record({minutes: fc.integer({min: 1, max: 5}), total: fc.nat(20)}), {minLength: 1})
    const indicator = {kind: 'latency', histogram: 'h', matchers: [], thresholdSeconds: 1, native: false} as const
    fc.assert(
      fc.property(minutes, fc.nat(30), (spells, restartAt) => {
        const traffic = spells.map((spell) => ({...spell, bad: 0}))
        const values = eventSeries(indicator, {job: null}, {traffic, restartAt}, re2jsPatterns)?.[2]?.values ?? ''
        const samples = values.split(' ').flatMap((part) => {
          const [, first = '0', step = '0', count = '0'] = /^(\d+)(?:\+(\d+)x(\d+))?$/.exec(part) ?? []
          return Array.from({length: Number(count) + 1}, (_, index) => Number(first) + Number(step) * index)
        })
        const wanted = traffic.flatMap(({minutes: length, total}) => Array.from({length}, () => total))
        const got = samples.slice(1).map((value, index) => {
          const before = samples[index] ?? 0
          return index === restartAt ? value : value - before
        })
        expect(got).toEqual(wanted)
      }),
    )
  })
})
