import {describe, expect, it} from 'vitest'
import {isNoticeReason} from '../../../../src/adapters/store/notice-reason.js'
import {noticeReasonText} from '../../../../src/render/words/en/undelivered.js'
import {UNDELIVERED_SAMPLES} from '../../../support/undelivered-samples.js'

describe('a reason that was kept', () => {
  it.each(UNDELIVERED_SAMPLES)('%j is read', (reason) => {
    expect(isNoticeReason(JSON.parse(JSON.stringify(reason)))).toBe(true)
  })

  it.each(UNDELIVERED_SAMPLES.filter((reason) => Object.keys(reason).length > 1))(
    '%j without one of its fields, or with junk there, is none',
    (reason) => {
      for (const field of Object.keys(reason).filter((name) => name !== 'why')) {
        expect([field, isNoticeReason({...reason, [field]: undefined})]).toEqual([field, false])
        expect([field, isNoticeReason({...reason, [field]: {why: 7}})]).toEqual([field, false])
      }
    },
  )

  it('of a kind that only a later faci knows is named', () => {
    const later = {why: 'stolenByOwls', owls: 3}
    expect(isNoticeReason(later)).toBe(true)
    expect(noticeReasonText(later as never)).toBe('stolenByOwls')
  })

  it.each([null, 'a sentence', 7, [], {}, {why: null}])('%j is none', (value) => {
    expect(isNoticeReason(value)).toBe(false)
  })
})
