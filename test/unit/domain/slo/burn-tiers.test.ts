import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type ObjectiveBurn, verdictOfBurn} from '../../../../src/domain/slo/burn-report.js'
import {verdictOfStatus} from '../../../../src/domain/slo/slo-report.js'
import {burnFactor, fewestEvents, tierProblem, TIERS, tierThreshold} from '../../../../src/domain/slo/burn-tiers.js'

const DAY = 86_400

describe('the tiers of the SRE workbook', () => {
  it.each([
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 0.933333333333]],
    [90, [43.2, 18, 9, 3]],
  ])('over %d days burn at %j', (days, factors) => {
    expect(TIERS.map((tier) => burnFactor(tier, days * DAY))).toEqual(factors)
  })

  it.each([
    [0.01, [7, 17, 34, 100]],
    [0.005, [14, 34, 67, 200]],
    [0.001, [70, 167, 334, 1000]],
    [0.0001, [695, 1667, 3334, 10_000]],
  ])('with a budget of %d trip on one bad event of fewer than %j', (budget, events) => {
    expect(TIERS.map((tier) => fewestEvents(tier, 30 * DAY, budget))).toEqual(events)
  })

  it('have a short window of a twelfth of the long one', () => {
    for (const {longSeconds, shortSeconds} of TIERS) expect(longSeconds / shortSeconds).toBe(12)
  })

  it('can never fire where the threshold is an error ratio of 1 or more', () => {
    const page = TIERS[0]
    if (page === undefined) throw new Error('no tier')
    expect(tierProblem(page, 30 * DAY, 0.07)).toEqual({
      ...{why: 'neverFires', tierSeconds: 3600, factor: 14.4, budget: 0.07, threshold: 1.008},
    })
    expect(tierProblem(page, 30 * DAY, 0.069)).toBeNull()
  })

  it('are left out where they would fire below a burn rate of 1', () => {
    expect(TIERS.map((tier) => tierProblem(tier, 7 * DAY, 0.005) === null)).toEqual([true, true, false, false])
  })

  it('fire when the budget fraction is spent in the long window, whatever the budget', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TIERS),
        fc.integer({min: 30, max: 365}),
        fc.double({min: 1e-5, max: 0.05, noNaN: true}),
        (tier, days, budget) => {
          const spent = (tierThreshold(tier, days * DAY, budget) * tier.longSeconds) / (budget * days * DAY)
          expect(spent).toBeCloseTo(tier.budgetFraction, 9)
        },
      ),
    )
  })
})

describe('the verdict of a burning objective', () => {
  const firing = {isBurning: true, alert: 'firing'} as ObjectiveBurn['tiers'][number]
  const burn = (status: ObjectiveBurn['status'], tiers: ObjectiveBurn['tiers']) => verdictOfBurn({status, tiers})

  it.each(['unreliable', 'noData', 'invalid', 'breached'] as const)(
    'is that of the report where it is %s',
    (status) => {
      expect(burn(status, [firing])).toBe(verdictOfStatus(status))
      expect(burn(status, [])).toBe(verdictOfStatus(status))
    },
  )

  it('is degraded where the objective is still met', () => {
    expect(burn('met', [firing])).toBe('degraded')
    expect(burn('met', [])).toBe('healthy')
  })
})
