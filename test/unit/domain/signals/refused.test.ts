import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {SERVICE_SIGNALS} from '../../../../src/domain/signals/golden-signals.js'
import {readSignals} from '../../../../src/domain/signals/reading.js'
import {withRefused} from '../../../../src/domain/signals/refused.js'
import type {Sample} from '../../../../src/domain/promql/sample.js'
import {someTargets} from '../../../support/builders/targets.js'

function samples(values: Readonly<Record<string, number>>): readonly Sample[] {
  return Object.entries(values).map(([signal, value]) => ({labels: {signal}, value}))
}

function reading(given: Readonly<Record<string, number>>, name: string): number | string {
  const {reading: found} = readSignals(SERVICE_SIGNALS, withRefused(samples(given)), someTargets()).find(
    (signal) => signal.name === name,
  ) ?? {reading: {kind: 'absent'} as const}
  return 'value' in found ? found.value : found.kind
}

describe('requests that were refused before they reached the service', () => {
  it('are traffic and errors', () => {
    const given = {traffic: 10, serverErrors: 0.1, clientErrors: 0.5, refused: 30}
    expect(reading(given, 'traffic')).toBe(40)
    expect(reading(given, 'serverErrors')).toBeCloseTo(31 / 40, 9)
    expect(reading(given, 'clientErrors')).toBeCloseTo(5 / 40, 9)
  })

  it('are all there is when the service is gone: not "no data", and not "no traffic"', () => {
    expect(reading({refused: 3}, 'serverErrors')).toBe(1)
    expect(reading({traffic: 0, refused: 3}, 'serverErrors')).toBe(1)
    expect(reading({traffic: 0, refused: 3}, 'traffic')).toBe(3)
  })

  it('change nothing where there are none, or no metric of them', () => {
    for (const given of [
      {traffic: 4, serverErrors: 0.25},
      {traffic: 4, serverErrors: 0.25, refused: 0},
    ])
      expect([reading(given, 'traffic'), reading(given, 'serverErrors')]).toEqual([4, 0.25])
    expect(reading({refused: NaN}, 'traffic')).toBe('noData')
  })

  it('make a share of all that users sent, as counting each of them does', () => {
    const count = fc.integer({min: 0, max: 1000})
    fc.assert(
      fc.property(count, count, count, (good, bad, refused) => {
        fc.pre(good + bad > 0 && refused > 0)
        const given = {traffic: good + bad, serverErrors: bad / (good + bad), refused}
        expect(reading(given, 'serverErrors')).toBeCloseTo((bad + refused) / (good + bad + refused), 9)
      }),
    )
  })
})
