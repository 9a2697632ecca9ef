import {describe, expect, it} from 'vitest'
import {BURN_WINDOWS} from '../../../../src/domain/slo/burn-tiers.js'
import {recordedQuery} from '../../../../src/domain/slo/recorded-figures.js'
import {definitionHash} from '../../../../src/domain/slo/slo-rules.js'
import {promDuration} from '../../../../src/domain/promql/promql.js'
import type {Sample} from '../../../../src/domain/promql/sample.js'
import type {Metrics} from '../../../../src/ports/metrics.js'
import {measureObjectives, type SloInput} from '../../../../src/usecases/slo/measure-objectives.js'
import {SLO_INPUT, UPTIME, uptimeQuery, uptimeSamples} from '../../../support/documents/slo.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'

const clock = fakeClock(new Date(SLO_INPUT.at * 1000).toISOString())

/** A Metrics port that tells what it was asked. */
function spied(metrics: Metrics): {readonly metrics: Metrics; readonly asked: string[]} {
  const asked: string[] = []
  const note = <T>(what: string, answer: Promise<T>): Promise<T> => {
    asked.push(what)
    return answer
  }
  return {
    asked,
    metrics: {
      ...metrics,
      query: (expression, limits) => note(expression, metrics.query(expression, limits)),
      queryRange: (expression, range) => note('range', metrics.queryRange(expression, range)),
      retention: () => note('retention', metrics.retention()),
    },
  }
}

function recordedSamples(definition: string, coverage = 0.97): readonly Sample[] {
  const sample = (name: string, value: number): Sample => ({labels: {__name__: name, slo: 'uptime', definition}, value})
  const event = (kind: string, seconds: number, value: number): Sample => ({
    labels: {faci_figure: `${kind}:${promDuration(seconds)}`, slo: 'uptime', definition},
    value,
  })
  return [
    sample('slo:period_events:total', 1000),
    sample('slo:period_events:bad', 2),
    sample('slo:period_coverage:ratio', coverage),
    ...BURN_WINDOWS.flatMap((seconds) => [event('total', seconds, 500), event('bad', seconds, 5)]),
  ]
}

const RECORDED = recordedQuery([UPTIME], SLO_INPUT.job)
const recording: SloInput = {...SLO_INPUT, prefersRecorded: true}
const hash = definitionHash(UPTIME, SLO_INPUT.job)

describe('measureObjectives', () => {
  it('asks once for objectives with one indicator, all at the same time', async () => {
    const objectives = [UPTIME, {...UPTIME, name: 'uptime-too', objective: 0.9}]
    const times: (number | undefined)[] = []
    const {metrics, asked} = spied(fakeMetrics({[uptimeQuery()]: uptimeSamples(998)}))
    const timed: Metrics = {
      ...metrics,
      query: (expression, limits = {}) => {
        times.push(limits.at)
        return metrics.query(expression, limits)
      },
    }
    const {measured} = await measureObjectives({metrics: timed, clock}, {...SLO_INPUT, objectives})
    expect(measured.map(({report}) => [report.name, report.sli])).toEqual([
      ['uptime', 0.998],
      ['uptime-too', 0.998],
    ])
    // Since when the job is known, the samples' retention and the figures of both.
    expect(asked).toHaveLength(3)
    expect(times).toEqual([SLO_INPUT.at, SLO_INPUT.at])
  })

  it('asks for the course of events only of a budget that is spent', async () => {
    const {metrics, asked} = spied(fakeMetrics({[uptimeQuery()]: uptimeSamples(900)}))
    await measureObjectives({metrics, clock}, SLO_INPUT)
    expect(asked.filter((what) => what === 'range')).toHaveLength(1)
  })

  it('takes what rules have recorded, by one request', async () => {
    const {metrics, asked} = spied(fakeMetrics({[RECORDED]: recordedSamples(hash)}))
    const {measured, source} = await measureObjectives({metrics, clock}, recording)
    expect(source).toBe('recordingRules')
    expect(asked).toEqual([RECORDED])
    expect(measured[0]?.report).toMatchObject({status: 'met', total: 1000, good: 998, sli: 0.998, coverage: 0.97})
    expect(measured[0]?.report.burnRates['1h']).toBeCloseTo(2, 9)
  })

  it.each([
    ['of another definition', recordedSamples('00000000')],
    ['of a part only', recordedSamples(hash).slice(1)],
    ['of less of the window than the samples are', recordedSamples(hash, 0.2)],
    ['of nothing', []],
  ])('counts samples where rules have recorded figures %s', async (_, samples) => {
    const metrics = fakeMetrics({[RECORDED]: samples, [uptimeQuery()]: uptimeSamples(990)})
    const {measured, source} = await measureObjectives({metrics, clock}, recording)
    expect([source, measured[0]?.report.sli]).toEqual(['samples', 0.99])
  })

  it('counts samples for a window that rules do not know', async () => {
    const {metrics, asked} = spied(fakeMetrics({}))
    await measureObjectives({metrics, clock}, {...recording, windowSeconds: 3600})
    expect(asked).not.toContain(RECORDED)
  })

  it('doubts a window that is longer than samples are kept', async () => {
    const metrics = {...fakeMetrics({[uptimeQuery()]: uptimeSamples(1000)}), retention: () => Promise.resolve(86_400)}
    const {measured} = await measureObjectives({metrics, clock}, SLO_INPUT)
    expect(measured[0]?.report).toMatchObject({
      status: 'unreliable',
      notes: [{why: 'notKept', keptSeconds: 86_400, windowSeconds: 604_800, coveredSeconds: 86_400}],
    })
  })
})

describe('definitionHash', () => {
  it('changes with whatever the figures depend on', () => {
    const hashes = [
      definitionHash(UPTIME, 'a'),
      definitionHash(UPTIME, 'b'),
      definitionHash({...UPTIME, windowSeconds: 1}, 'a'),
      definitionHash({...UPTIME, objective: 0.9}, 'a'),
      definitionHash(
        {
          ...UPTIME,
          indicator: {kind: 'errors', errors: {kind: 'expression', text: 'x'}, total: {kind: 'expression', text: 'y'}},
        },
        'a',
      ),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
    expect(definitionHash({...UPTIME, runbook: 'other'}, 'a')).toBe(hashes[0])
  })
})
