import {describe, expect, it} from 'vitest'
import {GOLDEN_SIGNALS} from '../../../../src/domain/signals/golden-signals.js'
import type {Sample} from '../../../../src/domain/promql/sample.js'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {surveySignals} from '../../../../src/usecases/signals/survey-signals.js'
import {SIGNALS_INPUT} from '../../../support/documents/signals.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'

const AT = SIGNALS_INPUT.at

function every(value: number): readonly Sample[] {
  return GOLDEN_SIGNALS.map(({name: signal}) => ({labels: {signal}, value}))
}

/** A Metrics port that answers by evaluation time; at any other there is nothing. */
function history(byTime: Readonly<Record<number, readonly Sample[]>>): Metrics {
  return {
    ...fakeMetrics({}),
    query: (_, limits = {}) =>
      Promise.resolve({kind: 'vector', samples: byTime[limits.at ?? 0] ?? [], warnings: [], notes: []}),
  }
}

describe('surveySignals', () => {
  it('asks for now, an hour, a day and a week before, at one time each', async () => {
    const metrics = history({
      [AT]: every(4),
      [AT - 3600]: every(3),
      [AT - 86_400]: every(2),
      [AT - 604_800]: every(1),
    })
    const {data} = await surveySignals({metrics}, SIGNALS_INPUT)
    for (const signal of data.signals) {
      expect(signal).toMatchObject({reading: {kind: 'value', value: 4}, hourAgo: 3, dayAgo: 2, weekAgo: 1})
    }
  })

  it('calls what was absent before unknown, not zero', async () => {
    const {data} = await surveySignals({metrics: history({[AT]: every(0)})}, SIGNALS_INPUT)
    expect(data.signals.map(({hourAgo}) => hourAgo)).toEqual(GOLDEN_SIGNALS.map(() => null))
  })

  it('is unknown, never healthy, without data', async () => {
    const {verdict, data} = await surveySignals({metrics: history({})}, SIGNALS_INPUT)
    expect(verdict).toBe('unknown')
    expect(new Set(data.signals.map(({reading}) => reading.kind))).toEqual(new Set(['noData']))
  })

  it('holds CPU and memory against what Prometheus knows of limits', async () => {
    const limits = [
      {labels: {signal: 'cpuLimit'}, value: 4},
      {labels: {signal: 'memoryLimit'}, value: 8000},
    ]
    const {data} = await surveySignals({metrics: history({[AT]: [...every(0), ...limits]})}, SIGNALS_INPUT)
    const target = (name: string) => data.signals.find((signal) => signal.name === name)?.target
    expect([target('cpu'), target('memory')]).toEqual([0.7 * 4, 0.8 * 8000])
  })

  it('has no target for them where nothing is known', async () => {
    const {data} = await surveySignals({metrics: history({[AT]: every(0)})}, SIGNALS_INPUT)
    expect(data.signals.find(({name}) => name === 'cpu')?.target).toBeNull()
  })

  it('is unreliable when Prometheus warns', async () => {
    const metrics: Metrics = {
      ...fakeMetrics({}),
      query: () => Promise.resolve({kind: 'vector', samples: every(0), warnings: ['partial'], notes: []}),
    }
    expect(await surveySignals({metrics}, SIGNALS_INPUT)).toMatchObject({
      verdict: 'unknown',
      warnings: ['Prometheus: partial'],
    })
  })
})
