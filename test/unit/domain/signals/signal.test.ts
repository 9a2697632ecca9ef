import {parser} from '@prometheus-io/lezer-promql'
import {describe, expect, it} from 'vitest'
import {latencyQueries} from '../../../../src/domain/signals/latency.js'
import {promDuration, quoted} from '../../../../src/domain/promql/promql.js'
import {readSignals, worstSignal} from '../../../../src/domain/signals/reading.js'
import {BUSINESS_SIGNALS} from '../../../../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../../../../src/domain/signals/golden-signals.js'
import {union} from '../../../../src/domain/signals/signal.js'
import {someTargets} from '../../../support/builders/targets.js'

const scope = {job: 'we"ird\\job', windowSeconds: 300}

function syntaxErrors(expression: string): number {
  let errors = 0
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) errors += 1
    },
  })
  return errors
}

const SIGNALS = [...GOLDEN_SIGNALS, ...BUSINESS_SIGNALS]

describe('PromQL of the signals', () => {
  it.each(SIGNALS.map((signal) => [signal.name, signal] as const))('%s parses and selects the job', (_, signal) => {
    const expression = signal.expression(scope)
    expect(syntaxErrors(expression)).toBe(0)
    if (signal.name !== 'disk') expect(expression).toContain('job="we\\"ird\\\\job"')
  })

  it('is one expression for all of them', () => {
    expect(syntaxErrors(union(SIGNALS, scope))).toBe(0)
  })

  it('selects everything when no job is configured', () => {
    expect(union(SIGNALS, {job: null, windowSeconds: 60})).not.toContain('job=')
  })

  const queries: Readonly<Record<string, string>> = {...latencyQueries({scope, by: 'endpoint', quantile: 0.95, top: 5})}
  it.each(Object.entries(queries))('latency triage: %s parses', (_, expression) => {
    expect(syntaxErrors(expression)).toBe(0)
  })

  it.each([
    [300, '5m'],
    [90, '90s'],
    [3600, '1h'],
    [0.5, '500ms'],
    [172_800, '2d'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(promDuration(seconds)).toBe(text)
  })

  it('escapes strings', () => {
    expect(quoted('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"')
  })
})

describe('readSignals', () => {
  const targets = someTargets({latencyP95: 0.5, serverErrors: 0.001})
  const sample = (signal: string, value: number) => ({labels: {signal}, value})
  const read = (samples: readonly {labels: Record<string, string>; value: number}[], name: string) =>
    readSignals(GOLDEN_SIGNALS, samples, targets).find((one) => one.name === name)

  it('holds a value against its target', () => {
    expect(read([sample('traffic', 10), sample('latencyP95', 0.7)], 'latencyP95')).toMatchObject({
      reading: {kind: 'value', value: 0.7},
      verdict: 'degraded',
    })
    expect(read([sample('traffic', 10), sample('latencyP95', 0.5)], 'latencyP95')?.verdict).toBe('healthy')
  })

  it('tells no traffic from no data', () => {
    expect(read([sample('traffic', 0)], 'latencyP95')?.reading.kind).toBe('noTraffic')
    expect(read([], 'latencyP95')).toMatchObject({reading: {kind: 'noData'}, verdict: 'unknown'})
    expect(read([sample('traffic', 0)], 'memory')?.reading.kind).toBe('noData')
  })

  it('never lets NaN through', () => {
    expect(read([sample('traffic', 0), sample('serverErrors', NaN)], 'serverErrors')?.reading.kind).toBe('noTraffic')
  })

  it('judges nothing that has no target, whatever the value, and still misses its data', () => {
    for (const value of [0, 1e9]) {
      expect(read([sample('traffic', 10), sample('latencyP50', value)], 'latencyP50')?.verdict).toBe('noTarget')
    }
    expect(read([sample('traffic', 0)], 'latencyP50')?.verdict).toBe('noTarget')
    expect(read([], 'latencyP50')?.verdict).toBe('unknown')
  })

  it('is healthy as a whole by what was judged; unknown where nothing was', () => {
    expect(worstSignal(['noTarget', 'healthy'])).toBe('healthy')
    expect(worstSignal(['noTarget', 'degraded', 'healthy'])).toBe('degraded')
    expect(worstSignal(['noTarget'])).toBe('unknown')
  })

  it('calls a share under its least value degraded', () => {
    const hits = (value: number) =>
      readSignals(
        BUSINESS_SIGNALS,
        [sample('cacheLookups', 1), sample('cacheHits', value)],
        someTargets({cacheHits: 0.8}),
      ).find(({name}) => name === 'cacheHits')?.verdict
    expect([hits(0.79), hits(0.8), hits(0.9)]).toEqual(['degraded', 'healthy', 'healthy'])
  })

  it('names every signal, and records no two figures under one name', () => {
    expect(new Set(SIGNALS.map(({name}) => name)).size).toBe(SIGNALS.length)
    const expressions = new Map(SIGNALS.map(({recorded, expression}) => [recorded, expression(scope)]))
    for (const {recorded, expression} of SIGNALS) expect(expressions.get(recorded)).toBe(expression(scope))
    const traffic = SIGNALS.flatMap((signal) => signal.traffic ?? [])
    expect(SIGNALS.map(({name}) => name)).toEqual(expect.arrayContaining(traffic))
  })

  it('reads a traffic of zero as a value', () => {
    expect(read([sample('traffic', 0)], 'traffic')).toMatchObject({reading: {kind: 'value', value: 0}})
  })
})
