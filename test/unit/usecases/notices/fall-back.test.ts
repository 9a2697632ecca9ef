import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {masker} from '../../../../src/domain/secrets/masker.js'
import {flushOutbox} from '../../../../src/usecases/notices/flush-outbox.js'
import {sendNotice} from '../../../../src/usecases/notices/send-notice.js'
import {aNotice} from '../../../support/builders/notice.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {DOWN, fakeNotifier, UNANSWERED} from '../../../support/fakes/notifier.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'
import {told} from '../../../support/worded-reason.js'

const id = (number: number): string => `01ARZ3NDEKTSV4RRFFQ69G5FA${String(number)}`
const STARTED = aNotice({id: id(1)})
const UPDATE = aNotice({id: id(2), state: 'update'})
const ENDED = aNotice({id: id(3), state: 'resolved'})
const LONE = aNotice({id: id(4), thread: null})
const AFTER = 600
const REFUSED = {kind: 'rejected', reason: told('invalid_auth')} as const
const START = '2026-11-23T06:00:00.000Z'

function world(slack = fakeNotifier('slack'), email = fakeNotifier('email', false)) {
  const clock = fakeClock(START)
  const outbox = fakeOutbox()
  const fallback = {
    channel: 'email',
    afterSeconds: AFTER,
    mark: (channel: string, cause: {readonly why: string; readonly since?: string}) =>
      `${channel} ${cause.why} ${cause.since ?? ''}`.trim(),
  }
  const deps = {outbox, notifiers: [slack, email], clock, masker: masker([]), fallback}
  return {outbox, slack, email, clock, deps}
}

const bodies = ({posts}: ReturnType<typeof fakeNotifier>): readonly string[] =>
  posts.map(({notice}) => `${notice.state}: ${notice.body.split('\n')[0] ?? ''}`)

describe('what a channel does not take', () => {
  it('goes to the fallback channel once it has waited long enough, says since when, and waits on', async () => {
    const {deps, slack, email, clock} = world()
    slack.failNext(DOWN)
    expect(await sendNotice(deps, STARTED)).toMatchObject({status: 'pending', reason: DOWN.reason})
    clock.advance(AFTER - 1)
    slack.failNext(DOWN)
    await flushOutbox(deps)
    expect(email.posts).toEqual([])
    clock.advance(1)
    const {verdict, data} = await flushOutbox(deps)
    expect(bodies(email)).toEqual([`started: slack silent ${START}`])
    expect(verdict).toBe('undelivered')
    expect(data.waiting).toMatchObject([{id: STARTED.id, reason: {why: 'fellBack', channel: 'email', isThere: true}}])
    clock.advance(AFTER)
    expect(await flushOutbox(deps)).toMatchObject({verdict: 'ok', data: {delivered: [{id: STARTED.id}]}})
    expect(slack.posts.map(({notice}) => notice)).toEqual([STARTED])
    expect(email.posts).toHaveLength(1)
  })

  it('goes there at once when it was refused', async () => {
    const {deps, slack, email} = world()
    slack.failNext(REFUSED)
    const delivery = await sendNotice(deps, STARTED)
    expect(delivery).toMatchObject({status: 'rejected', reason: {why: 'fellBack', isThere: true, last: REFUSED.reason}})
    expect(bodies(email)).toEqual(['started: slack refused'])
    slack.failNext(REFUSED)
    await flushOutbox(deps)
    expect(email.posts).toHaveLength(1)
  })

  it('goes there when somebody else posts, in whatever channel', async () => {
    const {deps, slack, email, clock} = world()
    slack.failNext(DOWN)
    await sendNotice(deps, STARTED)
    clock.advance(AFTER)
    await sendNotice(deps, {...LONE, channel: 'email'})
    expect(bodies(email).slice(1)).toEqual([`started: slack silent ${START}`])
  })

  it('takes its thread along, in order', async () => {
    const {deps, slack, email, clock} = world()
    slack.failNext(DOWN)
    await sendNotice(deps, STARTED)
    clock.advance(AFTER)
    slack.failNext(DOWN, DOWN)
    await sendNotice(deps, UPDATE)
    await sendNotice(deps, ENDED)
    expect(email.posts.map(({notice}) => notice.state)).toEqual(['started', 'update', 'resolved'])
    clock.advance(AFTER * 10)
    await flushOutbox(deps)
    expect(slack.posts.map(({notice}) => notice.state)).toEqual(['started', 'update', 'resolved'])
    expect(email.posts).toHaveLength(3)
  })

  it('says that the fallback channel is down too, and goes round in no circle', async () => {
    const {deps, slack, email, outbox} = world()
    slack.failNext(REFUSED)
    email.failNext(DOWN)
    expect(await sendNotice(deps, STARTED)).toMatchObject({reason: {why: 'fellBack', isThere: false}})
    slack.failNext(REFUSED)
    email.failNext(REFUSED)
    await flushOutbox(deps, {now: true, resend: null})
    expect((await outbox.pending()).map(({notice}) => notice.channel)).toEqual(['slack', 'email'])
  })

  it('is not sent there any more once its own channel has it', async () => {
    const {deps, slack, email, outbox} = world()
    slack.failNext(REFUSED)
    email.failNext(DOWN)
    await sendNotice(deps, STARTED)
    expect(await flushOutbox(deps, {now: true, resend: null})).toMatchObject({verdict: 'ok'})
    expect(email.posts).toEqual([])
    expect(await outbox.pending()).toEqual([])
  })

  it('goes there when nobody can send to its channel', async () => {
    const reach = {kind: 'nobody', why: {why: 'noSecret', reference: 'env:TOKEN'}} as const
    const {deps, email, clock} = world(fakeNotifier('slack', true, reach))
    await sendNotice(deps, {...LONE, createdAt: START})
    clock.advance(AFTER)
    await flushOutbox(deps)
    expect(bodies(email)).toEqual([`started: slack silent ${START}`])
  })

  it('is not said to be refused where it may be there', async () => {
    const {deps, slack, email, clock} = world(fakeNotifier('slack', false))
    slack.failNext(UNANSWERED, UNANSWERED)
    await sendNotice(deps, LONE)
    clock.advance(AFTER)
    await flushOutbox(deps)
    expect(bodies(email)).toEqual(['started: slack unsure'])
  })

  it('is kept by its channel when there is no fallback', async () => {
    const {deps, slack, outbox} = world()
    slack.failNext(REFUSED)
    expect(await sendNotice({...deps, fallback: null}, LONE)).toMatchObject({reason: REFUSED.reason})
    expect(await outbox.pending()).toHaveLength(1)
  })

  it('arrives in every channel, there in order and here once, whatever fails when and whoever flushes', async () => {
    const answer = fc.constantFrom('down', 'refused', 'taken')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(answer, answer, fc.integer({min: 0, max: 900})), {maxLength: 12}),
        async (steps) => {
          const {deps, slack, email, clock} = world()
          const failures = {down: [DOWN], refused: [REFUSED], taken: []}
          const notices = [STARTED, UPDATE, ENDED]
          for (const [first, second, seconds] of steps) {
            slack.failNext(...failures[first])
            email.failNext(...failures[second])
            const notice = notices.shift()
            await (notice === undefined
              ? Promise.all([flushOutbox(deps), flushOutbox(deps)])
              : sendNotice(deps, notice))
            clock.advance(seconds)
          }
          for (const notice of notices) await sendNotice(deps, notice)
          clock.advance(86_400)
          for (let count = 0; count < 40; count += 1) await flushOutbox(deps, {now: true, resend: null})
          const seen = slack.posts.map(({notice}) => notice.id)
          expect([...seen].sort()).toEqual([STARTED.id, UPDATE.id, ENDED.id])
          const there = email.posts.map(({notice}) => notice.id)
          expect(new Set(there).size).toBe(there.length)
        },
      ),
      {numRuns: 60},
    )
  })
})
