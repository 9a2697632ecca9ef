import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {LEASE_SECONDS, leasedComment, leaseEnd, leaseIn, renewals} from '../../../../src/domain/alerts/silence-lease.js'
import {aSilence} from '../../../support/fakes/alerts.js'

const RUN = '01ARZ3NDEKTSV4RRFFQ69G5F01'
const OTHER = '01ARZ3NDEKTSV4RRFFQ69G5F02'
const START = Date.parse('2026-01-01T00:00:00.000Z')

function at(seconds: number): Date {
  return new Date(START + seconds * 1000)
}

describe('the lease of a silence', () => {
  it('is read back from its comment, and is in no comment that a person writes', () => {
    fc.assert(
      fc.property(fc.string(), (comment) => {
        const lease = {runId: RUN, until: at(60).toISOString()}
        expect(leaseIn(leasedComment(comment, lease))).toEqual(lease)
        expect(leaseIn(comment)).toBeNull()
      }),
    )
  })

  it('is short, and never beyond what was asked for', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 10_000}), fc.integer({min: 0, max: 10_000}), (now, until) => {
        const end = (Date.parse(leaseEnd({until: at(until).toISOString()}, at(now))) - START) / 1000
        expect(end).toBe(Math.min(now + LEASE_SECONDS, until))
      }),
    )
  })

  it('is renewed only for the run that has it, and only to last longer', () => {
    const until = at(7200).toISOString()
    const mine = aSilence({id: 'mine', comment: leasedComment('x', {runId: RUN, until}), endsAt: at(300).toISOString()})
    const theirs = aSilence({id: 'theirs', comment: leasedComment('x', {runId: OTHER, until})})
    const all = [mine, theirs, aSilence({id: 'manual'})]
    const {id, matchers, startsAt, createdBy, comment} = mine
    const wish = {id, matchers, startsAt, createdBy, comment}
    expect(renewals(all, RUN, at(60))).toEqual([{...wish, endsAt: at(360).toISOString()}])
    expect(renewals(all, RUN, at(-60))).toEqual([])
    expect(renewals([{...mine, endsAt: until}], RUN, at(7190))).toEqual([])
  })
})
