import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {GOLDEN_SIGNALS} from '../../../../src/domain/signals/golden-signals.js'
import type {Sample} from '../../../../src/domain/signals/sample.js'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {surveySignals} from '../../../../src/usecases/signals/survey-signals.js'
import {aContainer} from '../../../support/builders/container.js'
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

const none = {containers: () => Promise.resolve([])}

describe('surveySignals', () => {
  it('asks for now, an hour, a day and a week before, at one time each', async () => {
    const metrics = history({
      [AT]: every(4),
      [AT - 3600]: every(3),
      [AT - 86_400]: every(2),
      [AT - 604_800]: every(1),
    })
    const {data} = await surveySignals({metrics, ...none}, SIGNALS_INPUT)
    for (const signal of data.signals) {
      expect(signal).toMatchObject({reading: {kind: 'value', value: 4}, hourAgo: 3, dayAgo: 2, weekAgo: 1})
    }
  })

  it('calls what was absent before unknown, not zero', async () => {
    const {data} = await surveySignals({metrics: history({[AT]: every(0)}), ...none}, SIGNALS_INPUT)
    expect(data.signals.map(({hourAgo}) => hourAgo)).toEqual(GOLDEN_SIGNALS.map(() => null))
  })

  it('is unknown, never healthy, without data', async () => {
    const {verdict, data} = await surveySignals({metrics: history({}), ...none}, SIGNALS_INPUT)
    expect(verdict).toBe('unknown')
    expect(new Set(data.signals.map(({reading}) => reading.kind))).toEqual(new Set(['noData']))
  })

  it('holds CPU and memory against the smallest limit of the containers that are watched', async () => {
    const containers = [
      aContainer({cpuLimitCores: 2, memoryLimitBytes: 1000}),
      aContainer({replica: 2, cpuLimitCores: 1, memoryLimitBytes: 4000}),
      aContainer({service: 'redis', cpuLimitCores: 0.1, memoryLimitBytes: 1}),
    ]
    const {data} = await surveySignals(
      {metrics: history({[AT]: every(0)}), containers: () => Promise.resolve(containers)},
      SIGNALS_INPUT,
    )
    const target = (name: string) => data.signals.find((signal) => signal.name === name)?.target
    expect([target('cpu'), target('memory')]).toEqual([0.7, 800])
  })

  it('holds a container without limits against the machine', async () => {
    const machine = [
      {labels: {signal: 'machineCores'}, value: 4},
      {labels: {signal: 'machineMemory'}, value: 8000},
    ]
    const containers = [aContainer({cpuLimitCores: null, memoryLimitBytes: null})]
    const {data} = await surveySignals(
      {metrics: history({[AT]: [...every(0), ...machine]}), containers: () => Promise.resolve(containers)},
      SIGNALS_INPUT,
    )
    const target = (name: string) => data.signals.find((signal) => signal.name === name)?.target
    expect([target('cpu'), target('memory')]).toEqual([0.7 * 4, 0.8 * 8000])
  })

  it('goes on without targets for them when the engine cannot be asked, and says so', async () => {
    const containers = () => Promise.reject(new FaciError('unreachable', 'Docker is away'))
    const {data, warnings} = await surveySignals({metrics: history({[AT]: every(0)}), containers}, SIGNALS_INPUT)
    expect(data.signals.find(({name}) => name === 'cpu')?.target).toBeNull()
    expect(warnings).toEqual(['CPU and memory have no targets: Docker is away'])
  })

  it('is unreliable when Prometheus warns', async () => {
    const metrics: Metrics = {
      ...fakeMetrics({}),
      query: () => Promise.resolve({kind: 'vector', samples: every(0), warnings: ['partial'], notes: []}),
    }
    expect(await surveySignals({metrics, ...none}, SIGNALS_INPUT)).toMatchObject({
      verdict: 'unknown',
      warnings: ['Prometheus: partial'],
    })
  })
})
