import {describe, expect, it} from 'vitest'
import type {Outbox, OutboxEntry} from '../../../../src/ports/outbox.js'
import {keptNotice} from '../../../../src/usecases/notices/kept-notice.js'

const REFUSED = {why: 'refused', service: 'Slack', code: 'not_in_channel', mend: null} as const

function outbox(fate: Awaited<ReturnType<Outbox['fate']>>, over: Partial<OutboxEntry> = {}) {
  const entry = {notice: {id: '1'}, attempts: [], status: 'pending', held: null, ...over} as unknown as OutboxEntry
  return {fate: () => Promise.resolve(fate), pending: () => Promise.resolve([entry])}
}

describe('a notice that the outbox knows', () => {
  it.each([
    ['missing', null],
    ['delivered', {status: 'delivered', reason: null}],
    ['dropped', {status: 'dropped', reason: {why: 'givenUp'}}],
    ['folded', {status: 'dropped', reason: null}],
    ['unreadable', {status: 'lost', reason: {why: 'fileUnreadable'}}],
    ['waiting', {status: 'pending', reason: {why: 'notTried'}}],
  ] as const)('and that is %s is said to be so', async (fate, said) => {
    expect(await keptNotice(outbox(fate), '1')).toEqual(said)
  })

  it('waits for the reason for which the last attempt failed', async () => {
    const attempts = [{at: '2026-11-30T22:00:00.000Z', outcome: 'rejected', reason: REFUSED}] as const
    expect(await keptNotice(outbox('waiting', {attempts, status: 'rejected'}), '1')).toEqual({
      ...{status: 'rejected', reason: REFUSED},
    })
  })

  it('is held back until a time', async () => {
    const held = {by: 'quiet', until: '2026-12-01T07:00:00.000Z'} as const
    expect(await keptNotice(outbox('waiting', {held}), '1')).toEqual({status: 'held', reason: {why: 'held', ...held}})
  })
})
