import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {adviseOn, type NoiseCounts, rankNoise} from '../../../../src/domain/alerts/noise.js'
import {noiseQueries, ruleSets} from '../../../../src/domain/alerts/noise-queries.js'
import {aLoadedRule} from '../../../support/fakes/loaded-rules.js'

const DAY = 86_400
const counts = (over: Partial<NoiseCounts> = {}): NoiseCounts => ({
  ...{name: 'A', firings: 1, flaps: 0, firingSeconds: 600},
  ...over,
})
const anyCounts = fc.array(
  fc.record({
    name: fc.string({minLength: 1}),
    firings: fc.nat(50),
    flaps: fc.nat(50),
    firingSeconds: fc.nat(14 * DAY),
  }),
)

describe('what to tune', () => {
  it.each([
    ['a quiet one', counts(), null],
    ['one that comes and goes', counts({firings: 4, flaps: 2}), 'flapping'],
    ['one flap is no flapping', counts({firings: 1, flaps: 1}), null],
    ['flaps that are the exception', counts({firings: 5, flaps: 2}), null],
    ['one that never stops', counts({firings: 0, firingSeconds: 4 * DAY}), 'constant'],
    ['more than once a day', counts({firings: 8}), 'frequent'],
    ['once a day', counts({firings: 7}), null],
  ])('%s', (_, given, advice) => {
    expect(adviseOn(given, 'book', 7 * DAY)).toBe(advice)
  })

  it('one firing in a short window is not frequent, and without a runbook it is told', () => {
    expect(adviseOn(counts(), 'book', 3600)).toBeNull()
    expect(adviseOn(counts(), null, 7 * DAY)).toBe('noRunbook')
    expect(adviseOn(counts({firings: 0, firingSeconds: 0}), null, 7 * DAY)).toBeNull()
  })
})

describe('the ranking', () => {
  it('has a page for a runbook', () => {
    const rules = [{name: 'A', severity: null, runbook: null, runbookUrl: 'https://rb.example/a'}]
    expect(rankNoise([counts()], rules, 7 * DAY)).toMatchObject([{name: 'A', runbook: null, advice: null}])
  })

  it('has each that fired once, the noisiest first, with a share of the window', () => {
    fc.assert(
      fc.property(anyCounts, fc.nat(14 * DAY), (given, covered) => {
        const ranked = rankNoise(given, [], covered)
        expect(ranked).toHaveLength(given.filter((one) => one.firings > 0 || one.firingSeconds > 0).length)
        for (const [index, {firings, firingRatio}] of ranked.entries()) {
          expect(firings).toBeLessThanOrEqual(ranked[index - 1]?.firings ?? Infinity)
          expect(firingRatio).toBeGreaterThanOrEqual(0)
          expect(firingRatio).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('knows what the rule says', () => {
    const rules = [{name: 'A', severity: 'info', runbook: 'a-book', runbookUrl: null}]
    expect(rankNoise([counts()], rules, DAY)).toMatchObject([{severity: 'info', runbook: 'a-book'}])
  })
})

describe('the queries', () => {
  it('step by the evaluation interval of their rules, the watchdog in none', () => {
    const rules = [
      aLoadedRule({name: 'Fast', intervalSeconds: 5}),
      aLoadedRule({name: 'Slow', intervalSeconds: 60}),
      aLoadedRule({name: 'Slow', intervalSeconds: 30}),
      aLoadedRule({name: 'Other', intervalSeconds: 5}),
      aLoadedRule({name: 'Watchdog', intervalSeconds: 1}),
      aLoadedRule({name: 'InfoInhibitor', intervalSeconds: 1}),
    ]
    expect(ruleSets(rules)).toEqual([
      {intervalSeconds: 5, names: ['Fast', 'Other']},
      {intervalSeconds: 30, names: ['Slow']},
    ])
    const {firings, firing} = noiseQueries({intervalSeconds: 5, names: ['Fast', 'O+r']}, 7 * DAY)
    const alerts = String.raw`ALERTS{alertstate="firing",alertname=~"Fast|O\\+r"}`
    expect(firings).toBe(`sum by (alertname) (sum_over_time(((${alerts} unless ${alerts} offset 5s))[7d:5s]))`)
    expect(firing).toBe(`sum by (alertname) (count_over_time((${alerts})[7d:5s]))`)
  })
})
