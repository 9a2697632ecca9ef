import {parser} from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {adjustedSpans} from '../../../../src/domain/slo/adjustments.js'
import {eventQueries} from '../../../../src/domain/slo/event-queries.js'
import {
  crossing,
  exhaustionGrids,
  exhaustionStep,
  momentWithin,
  type Step,
} from '../../../../src/domain/slo/exhausted-at.js'
import {figuresQuery, readFigures} from '../../../../src/domain/slo/figures.js'
import {budgetRatio, type Indicator} from '../../../../src/domain/slo/objective.js'

const requests = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const
const errors = {...requests, matchers: ['status=~"5.."']}
const latency = {kind: 'latency', histogram: 'h_seconds', matchers: [], thresholdSeconds: 0.5, native: false} as const
const INDICATORS: Readonly<Record<string, Indicator>> = {
  errors: {kind: 'errors', errors, total: requests},
  expression: {
    kind: 'errors',
    errors: {kind: 'expression', text: 'sum(increase(failed_total[WINDOW]))'},
    total: {kind: 'expression', text: 'sum(increase(done_total[WINDOW])) + sum(increase(failed_total[WINDOW]))'},
  },
  latency,
  native: {...latency, native: true},
  up: {kind: 'up'},
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

function question(indicator: Indicator, job: string | null = 'shop') {
  return {queries: eventQueries(indicator, {job}), windowSeconds: 2_592_000, adjustments: [{start: 10, end: 70}]}
}

describe('the query of an indicator', () => {
  it.each(Object.entries(INDICATORS))('parses: %s', (_, indicator) => {
    expect(syntaxErrors(figuresQuery(question(indicator)))).toBe(0)
    expect(syntaxErrors(figuresQuery(question(indicator, null)))).toBe(0)
  })

  it('is about the job and the requests of users, unless the matchers speak of them', () => {
    const {part, total} = eventQueries({kind: 'errors', errors, total: requests}, {job: 'shop'})
    expect(part('[1h]')).toBe(
      'sum(increase(http_requests_total{job="shop",endpoint!~"/metrics|/health",status=~"5.."}[1h]))',
    )
    expect(total('[1h] @ 7')).toBe(
      'sum(increase(http_requests_total{job="shop",endpoint!~"/metrics|/health"}[1h] @ 7))',
    )
    const own = {...requests, matchers: ['job=~"a|b"', 'endpoint="/buy"']}
    expect(eventQueries({kind: 'errors', errors, total: own}, {job: 'shop'}).total('[1h]')).toBe(
      'sum(increase(http_requests_total{job=~"a|b",endpoint="/buy"}[1h]))',
    )
  })

  it.each([
    [0.5, String.raw`le=~"0\\.50*"`],
    [1, String.raw`le=~"1(\\.0+)?"`],
    [2.5, String.raw`le=~"2\\.50*"`],
  ])('finds the bucket of %d s as Prometheus 2 and 3 write it', (thresholdSeconds, matcher) => {
    expect(eventQueries({...latency, thresholdSeconds}, {job: null}).part('[5m]')).toContain(matcher)
  })
})

describe('readFigures', () => {
  const sample = (figure: string, value: number, more = {}) => ({labels: {faci_figure: figure, ...more}, value})

  it('finds each figure by its label', () => {
    const samples = [
      sample('period:part', 3),
      sample('period:total', 100),
      sample('slots', 4320),
      sample('300:total', 7),
    ]
    const read = readFigures(question({kind: 'up'}), samples)
    expect(read).toMatchObject({period: {part: 3, total: 100}, coverage: 0.5, side: 'good'})
    expect(read.burn.get(300)).toEqual({part: null, total: 7})
    expect(read.adjusted).toEqual([{part: null, total: null}])
  })

  it('refuses several series where one is expected, and names the labels', () => {
    const samples = [
      sample('period:total', 1, {instance: 'a', job: 'shop'}),
      sample('period:total', 2, {instance: 'b', job: 'shop'}),
    ]
    expect(() => readFigures(question({kind: 'up'}), samples)).toThrow(/2 series where one is expected.*instance$/)
  })
})

describe('adjustedSpans', () => {
  const moment = fc.integer({min: 0, max: 200})
  const spans = fc.array(
    fc.tuple(moment, moment).map(([one, other]) => ({
      ...{start: Math.min(one, other), end: Math.max(one, other)},
      ...{reason: 'x', approver: null, objectives: []},
    })),
  )

  it('covers each moment of the window that an adjustment covers, and no other, once', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const window = {start: 50, end: 150}
        const merged = adjustedSpans(all, 'x', window)
        for (let at = 0.5; at < 200; at += 1) {
          const isIn = ({start, end}: {start: number; end: number}) => at > start && at < end
          const wanted = isIn(window) && all.some(isIn)
          expect(merged.filter(isIn).length).toBe(wanted ? 1 : 0)
        }
      }),
    )
  })

  it('is for the objectives that it names', () => {
    const one = {start: 60, end: 70, reason: 'x', approver: null, objectives: ['latency']}
    expect(adjustedSpans([one], 'uptime', {start: 0, end: 100})).toEqual([])
    expect(adjustedSpans([one], 'latency', {start: 0, end: 100})).toEqual([{start: 60, end: 70}])
  })
})

describe('when the budget was spent', () => {
  const steps = (values: readonly number[]): readonly Step[] =>
    values.map((bad, index) => ({start: index, end: index + 1, bad}))

  it('is in the first step with more behind it than allowed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), {minLength: 1}), fc.nat(2000), (values, allowed) => {
        const sums = values.map((_, index) => values.slice(0, index + 1).reduce((sum, value) => sum + value, 0))
        const first = sums.findIndex((sum) => sum > allowed)
        const found = crossing(steps(values), allowed)
        expect(found).toEqual(first === -1 ? null : {step: steps(values)[first], before: sums[first - 1] ?? 0})
      }),
    )
  })

  it('lies in its step, and is later the more is allowed', () => {
    const amounts = fc.array(fc.nat(100), {minLength: 5, maxLength: 5})
    fc.assert(
      fc.property(amounts, fc.boolean(), fc.nat(500), fc.nat(500), (bad, isTold, one, other) => {
        const step = {start: 600, end: 900, bad: bad.reduce((sum, value) => sum + value, 0)}
        const fine = bad.map((value, index) => ({start: 600 + 60 * index, end: 660 + 60 * index, bad: value}))
        const [early = 0, late = 0] = [one, other]
          .toSorted((a, b) => a - b)
          .map((missing) => momentWithin(step, isTold ? fine : [], missing))
        expect(early).toBeLessThanOrEqual(late)
        expect([early, late].every((at) => at >= 600 && at <= 900)).toBe(true)
      }),
    )
  })

  it('is told to the minute where scrapes are frequent enough, else by even spread', () => {
    const step = {start: 0, end: 900, bad: 100}
    const fine = Array.from({length: 15}, (_, index) => ({
      start: 60 * index,
      end: 60 * index + 60,
      bad: index === 9 ? 100 : 0,
    }))
    expect(momentWithin(step, fine, 50)).toBe(570)
    expect(
      momentWithin(
        step,
        fine.map((one) => ({...one, bad: 0})),
        50,
      ),
    ).toBe(450)
  })

  it('is asked for in the same steps whenever it is asked for, which reach to the end', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 40 * 86_400}), fc.integer({min: 1e9, max: 2e9}), (seconds, end) => {
        const [grid, tail] = exhaustionGrids(end - seconds, end)
        expect((grid?.end ?? end - seconds) + (tail?.stepSeconds ?? 0)).toBe(end)
        if (grid === null) return
        expect([grid.start % grid.stepSeconds, grid.end % grid.stepSeconds]).toEqual([0, 0])
        expect(end - grid.end).toBeLessThan(grid.stepSeconds)
        expect(grid.start - (end - seconds)).toBeLessThanOrEqual(grid.stepSeconds)
      }),
    )
  })

  it('asks for fewer points than a backend refuses, whatever the window', () => {
    for (const days of [0.01, 1, 7, 30, 31, 90, 365]) {
      expect((days * 86_400) / exhaustionStep(days * 86_400)).toBeLessThanOrEqual(2881)
    }
  })

  it('asks for steps with several scrapes in them, and none longer than the window', () => {
    expect([60, 3600, 86_400, 30 * 86_400].map(exhaustionStep)).toEqual([60, 300, 300, 900])
  })
})

describe('budgetRatio', () => {
  it.each([
    [0.995, 0.005],
    [0.999, 0.001],
    [0.9999, 0.0001],
    [0.95, 0.05],
  ])('of %d is %d, without noise', (objective, budget) => {
    expect(budgetRatio({objective})).toBe(budget)
  })
})
