import {describe, expect, it} from 'vitest'
import {dropNotice} from '../../../../src/usecases/notices/drop-notice.js'
import {aNotice} from '../../../support/builders/notice.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'

const NOTICE = aNotice()

function world() {
  const outbox = fakeOutbox()
  return {outbox, deps: {outbox, clock: fakeClock()}}
}

describe('giving up a notice', () => {
  it('takes what waits out of the outbox, and gives the right to send back', async () => {
    const {deps, outbox} = world()
    await outbox.put(NOTICE)
    await dropNotice(deps, NOTICE.id)
    expect(await outbox.fate(NOTICE.id)).toBe('dropped')
    expect(await outbox.claim(NOTICE.channel)).not.toBeNull()
  })

  it('drops nothing while another process may be sending it', async () => {
    const {deps, outbox} = world()
    await outbox.put(NOTICE)
    await outbox.claim(NOTICE.channel)
    await expect(dropNotice(deps, NOTICE.id)).rejects.toMatchObject({
      code: 'locked',
      message: `Another faci is sending to slack: notice ${NOTICE.id} may be on its way`,
    })
    expect(await outbox.fate(NOTICE.id)).toBe('waiting')
  })

  it('does not call given up what was delivered while it waited for its turn', async () => {
    const {deps, outbox} = world()
    await outbox.put(NOTICE)
    const after = {nextTryAt: null, message: null, unconfirmed: false, repeats: 0, isRoot: false}
    const claim: typeof outbox.claim = async (channel) => {
      await outbox.record(NOTICE.id, {at: '2026-11-23T06:00:00.000Z', outcome: 'delivered', reason: null}, after)
      return outbox.claim(channel)
    }
    await expect(dropNotice({...deps, outbox: {...outbox, claim}}, NOTICE.id)).rejects.toMatchObject({code: 'refused'})
    expect(await outbox.fate(NOTICE.id)).toBe('delivered')
  })

  it('says of one that was delivered long ago that there is nothing to give up', async () => {
    const {deps, outbox} = world()
    await outbox.put(NOTICE)
    const after = {nextTryAt: null, message: null, unconfirmed: false, repeats: 0, isRoot: false}
    await outbox.record(NOTICE.id, {at: '2026-11-23T06:00:00.000Z', outcome: 'delivered', reason: null}, after)
    await expect(dropNotice(deps, NOTICE.id)).rejects.toMatchObject({code: 'refused'})
    await expect(dropNotice(deps, 'nothing')).rejects.toMatchObject({code: 'notFound'})
  })

  it('takes what cannot be read without a claim on any channel', async () => {
    const {deps, outbox} = world()
    outbox.corrupt({id: 'junk', reason: 'is not a complete notice'})
    await dropNotice(deps, 'junk')
    expect(await outbox.unreadable()).toEqual([])
  })
})
