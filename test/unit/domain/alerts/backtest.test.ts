import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {backtest, firingEpisodes} from '../../../../src/domain/alerts/backtest.js'

const STEP = 60

/** As Prometheus does it: one evaluation after the other. */
function evaluated(truths: readonly boolean[], forSeconds: number): readonly boolean[] {
  let activeSince: number | null = null
  return truths.map((isTrue, index) => {
    if (!isTrue) {
      activeSince = null
      return false
    }
    activeSince ??= index
    return (index - activeSince) * STEP >= forSeconds
  })
}

function timesOf(truths: readonly boolean[]): readonly number[] {
  return truths.flatMap((isTrue, index) => (isTrue ? [index * STEP] : []))
}

const rule = (forSeconds: number) => ({forSeconds, stepSeconds: STEP})

describe('the backtest of an alert', () => {
  it('fires when Prometheus would have, evaluation by evaluation', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), {maxLength: 60}), fc.integer({min: 0, max: 600}), (truths, forSeconds) => {
        const firing = evaluated(truths, forSeconds)
        const starts = firing.filter((one, index) => one && firing[index - 1] !== true).length
        const points = timesOf(truths).map((at) => ({at, value: 1}))
        expect(backtest([{labels: {}, points}], rule(forSeconds))).toEqual({
          firings: starts,
          firingSeconds: firing.filter((one) => one).length * STEP,
        })
      }),
    )
  })

  it('gives episodes in order, apart from each other, each as long as it lasted', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), {maxLength: 60}), fc.integer({min: 0, max: 300}), (truths, forSeconds) => {
        const episodes = firingEpisodes(timesOf(truths), rule(forSeconds))
        for (const [index, {from, to}] of episodes.entries()) {
          expect(to).toBeGreaterThan(from)
          expect(from).toBeGreaterThan(episodes[index - 1]?.to ?? -1)
        }
      }),
    )
  })

  it('waits for as long as `for` says, and counts each series', () => {
    expect(firingEpisodes([0, 60, 120, 180], rule(120))).toEqual([{from: 120, to: 240}])
    expect(firingEpisodes([0, 60, 120], rule(180))).toEqual([])
    expect(firingEpisodes([0, 60, 300], rule(0))).toEqual([
      {from: 0, to: 120},
      {from: 300, to: 360},
    ])
    expect(firingEpisodes([0, 60, 120], rule(90))).toEqual([{from: 120, to: 180}])
    const points = [{at: 0, value: Number.NaN}]
    expect(
      backtest(
        [
          {labels: {a: '1'}, points},
          {labels: {a: '2'}, points},
        ],
        rule(0),
      ).firings,
    ).toBe(2)
    expect(backtest([], rule(0))).toEqual({firings: 0, firingSeconds: 0})
  })
})
