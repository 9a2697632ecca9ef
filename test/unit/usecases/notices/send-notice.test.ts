import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {masker} from '../../../../src/domain/secrets/masker.js'
import type {Clock} from '../../../../src/ports/clock.js'
import {flushOutbox} from '../../../../src/usecases/notices/flush-outbox.js'
import {sendNotice} from '../../../../src/usecases/notices/send-notice.js'
import {aNotice} from '../../../support/builders/notice.js'
import {DOWN, fakeNotifier, UNANSWERED} from '../../../support/fakes/notifier.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'
import {told} from '../../../support/worded-reason.js'

const STARTED = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA1'})
const UPDATE = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', state: 'update'})
const RESOLVED = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA3', state: 'resolved'})

function world(threaded = true) {
  let seconds = 0
  const clock: Clock = {
    now: () => new Date(Date.UTC(2026, 10, 23, 6, 0, seconds)),
    monotonicSeconds: () => seconds,
    sleep: (time) => {
      seconds += time
      return Promise.resolve()
    },
  }
  const outbox = fakeOutbox()
  const notifier = fakeNotifier('slack', threaded)
  return {outbox, notifier, deps: {outbox, notifiers: [notifier], clock, masker: masker(['hunter2'])}}
}

describe('sending a notice', () => {
  it('posts the first of a thread as its root, and the later ones below it', async () => {
    const {deps, notifier} = world()
    await sendNotice(deps, STARTED)
    await sendNotice(deps, UPDATE)
    expect(notifier.posts.map(({root}) => root)).toEqual([null, {channel: 'C1', id: 'ts-1'}])
    expect(notifier.edits).toEqual([])
  })

  it('rewrites the root when the matter has ended', async () => {
    const {deps, notifier} = world()
    await sendNotice(deps, STARTED)
    expect(await sendNotice(deps, RESOLVED)).toMatchObject({status: 'delivered', channel: 'slack', reason: null})
    expect(notifier.posts).toHaveLength(2)
    expect(notifier.edits).toEqual([{root: {channel: 'C1', id: 'ts-1'}, notice: RESOLVED}])
  })

  it('does not rewrite a root that is the ending itself', async () => {
    const {deps, notifier} = world()
    await sendNotice(deps, RESOLVED)
    expect(notifier.posts).toHaveLength(1)
    expect(notifier.edits).toEqual([])
  })

  it('posts separate messages where there are no threads', async () => {
    const {deps, notifier} = world(false)
    await sendNotice(deps, STARTED)
    await sendNotice(deps, RESOLVED)
    expect(notifier.posts.map(({root}) => root)).toEqual([null, null])
    expect(notifier.edits).toEqual([])
  })

  it('is pending, with the next try, when the chat is down; it is in the outbox already', async () => {
    const {deps, notifier, outbox} = world()
    notifier.failNext({...DOWN, retryAfterSeconds: 120})
    expect(await sendNotice(deps, STARTED)).toMatchObject({status: 'pending', reason: DOWN.reason})
    expect(await outbox.pending()).toMatchObject([
      {status: 'pending', nextTryAt: '2026-11-23T06:02:00.000Z', attempts: [{outcome: 'failed'}]},
    ])
  })

  it('is rejected when the chat will never take it so', async () => {
    const {deps, notifier, outbox} = world()
    notifier.failNext({kind: 'rejected', reason: told('channel_not_found')})
    expect(await sendNotice(deps, STARTED)).toMatchObject({status: 'rejected', reason: told('channel_not_found')})
    expect(await outbox.pending()).toMatchObject([{status: 'rejected', nextTryAt: null}])
  })

  it('waits when nobody configured the channel', async () => {
    const {deps, outbox} = world()
    const sent = await sendNotice(deps, aNotice({channel: 'pager'}))
    expect(await outbox.pending()).toHaveLength(1)
    expect(sent).toMatchObject({status: 'pending', reason: {why: 'noSuchChannel', channel: 'pager'}})
  })

  it('posts what still waits of its thread first, so that the root is the root', async () => {
    const {deps, notifier} = world()
    notifier.failNext(DOWN)
    await sendNotice(deps, STARTED)
    await sendNotice(deps, RESOLVED)
    expect(notifier.posts.map(({notice, root}) => [notice.state, root?.id])).toEqual([
      ['started', undefined],
      ['resolved', 'ts-1'],
    ])
    expect(notifier.edits).toHaveLength(1)
  })

  it('does not post a reply twice when only the rewriting of the root failed', async () => {
    const {deps, notifier, outbox} = world()
    await sendNotice(deps, STARTED)
    const {edit} = notifier
    let broken = true
    const notifiers = [
      {...notifier, edit: (...all: Parameters<typeof edit>) => (broken ? Promise.resolve(DOWN) : edit(...all))},
    ]
    expect(await sendNotice({...deps, notifiers}, RESOLVED)).toMatchObject({status: 'pending'})
    broken = false
    expect(await flushOutbox({...deps, notifiers}, {now: true, resend: null})).toMatchObject({verdict: 'ok'})
    expect(notifier.posts).toHaveLength(2)
    expect(notifier.edits).toHaveLength(1)
    expect(await outbox.pending()).toEqual([])
  })

  it('waits a little for another sender, then leaves it to that one', async () => {
    const {deps, notifier, outbox} = world()
    await outbox.claim('slack')
    const sent = await sendNotice(deps, STARTED)
    expect(sent).toMatchObject({status: 'pending', reason: {why: 'busy'}})
    expect(notifier.posts).toEqual([])
    expect(await outbox.pending()).toHaveLength(1)
  })

  it('hides secrets in everything it sends and keeps', async () => {
    const {deps, notifier, outbox} = world()
    const facts = [{name: 'Password', value: 'hunter2'}]
    await sendNotice(deps, aNotice({title: 'hunter2', body: 'it is hunter2', facts}))
    expect(notifier.posts[0]?.notice).toMatchObject({title: '***', body: 'it is ***', facts: [{value: '***'}]})
    expect(JSON.stringify(outbox.entries())).not.toContain('hunter2')
  })

  it('is sent at once when it cannot be kept', async () => {
    const {deps, outbox, notifier} = world()
    const full = {...outbox, put: () => Promise.reject(new FaciError('unreachable', 'no space left'))}
    expect(await sendNotice({...deps, outbox: full}, STARTED)).toMatchObject({
      status: 'delivered',
      reason: {why: 'notKept', note: null, problem: {why: 'error', text: 'no space left'}},
    })
    expect(notifier.posts).toHaveLength(1)
  })

  it('is lost, and not said to wait, when it can be neither sent nor kept', async () => {
    const {deps, outbox, notifier} = world()
    const full = {...outbox, put: () => Promise.reject(new FaciError('unreachable', 'no space left'))}
    notifier.failNext(DOWN)
    expect(await sendNotice({...deps, outbox: full}, STARTED)).toMatchObject({
      status: 'lost',
      reason: {why: 'neitherKept', reason: DOWN.reason, problem: {why: 'error', text: 'no space left'}},
    })
  })

  it('may have arrived, and is not said to be lost, when the post that could not be kept has no answer', async () => {
    const {deps, outbox, notifier} = world()
    const full = {...outbox, put: () => Promise.reject(new FaciError('unreachable', 'no space left'))}
    notifier.swallowNext()
    expect(await sendNotice({...deps, outbox: full}, STARTED)).toMatchObject({
      status: 'unconfirmed',
      reason: {why: 'neitherKept', reason: UNANSWERED.reason, problem: {why: 'error', text: 'no space left'}},
    })
  })

  it.each([
    ['delivered', 'delivered', null],
    ['dropped', 'dropped', {why: 'givenUp'}],
    ['missing', 'lost', {why: 'fileGone'}],
    ['unreadable', 'lost', {why: 'fileUnreadable'}],
  ] as const)('tells what became of it when it was %s while it waited for its turn', async (fate, status, reason) => {
    const {deps, outbox, notifier} = world()
    const gone = {...outbox, pending: () => Promise.resolve([]), fate: () => Promise.resolve(fate)}
    expect(await sendNotice({...deps, outbox: gone}, STARTED)).toMatchObject({status, reason})
    expect(notifier.posts).toEqual([])
  })

  it('is delivered although the disk fills up before that is recorded, and is not sent twice', async () => {
    const {deps, outbox, notifier} = world()
    const full = {...outbox, record: () => Promise.reject(new FaciError('unreachable', 'no space left'))}
    expect(await sendNotice({...deps, outbox: full}, STARTED)).toMatchObject({
      status: 'delivered',
      reason: {why: 'notRecorded', problem: {why: 'error', text: 'no space left'}},
    })
    await flushOutbox(deps)
    expect(notifier.posts).toHaveLength(1)
    expect(await outbox.pending()).toEqual([])
  })

  it.each([
    ['send', new RangeError('Invalid time value https://hooks.slack.com/secret')],
    ['find', new TypeError('x')],
    ['edit', new RangeError('x')],
  ] as const)('turns what %s throws into an outcome: %s', async (method, error) => {
    const {deps, notifier, outbox} = world()
    await sendNotice(deps, STARTED)
    const broken = {...notifier, [method]: () => Promise.reject(error)}
    if (method === 'find') notifier.swallowNext()
    const first = await sendNotice({...deps, notifiers: [broken]}, RESOLVED)
    expect(first.status).toBe('pending')
    if (method === 'find') {
      const again = await flushOutbox({...deps, notifiers: [broken]}, {now: true, resend: null})
      expect(again.data.waiting[0]?.reason).toEqual({why: 'threw', name: 'TypeError'})
    } else {
      expect(first.reason).toEqual({why: 'threw', name: 'RangeError'})
    }
    expect(JSON.stringify(outbox.entries())).not.toContain('secret')
  })

  it('never waits for the beginning of its thread that cannot be posted', async () => {
    const {deps, notifier} = world()
    const rejected = {kind: 'rejected', reason: told('invalid_blocks')} as const
    notifier.failNext(rejected, rejected)
    await sendNotice(deps, STARTED)
    expect(await sendNotice(deps, RESOLVED)).toMatchObject({status: 'delivered'})
    expect(notifier.posts.map(({notice, root}) => [notice.state, root])).toEqual([['resolved', null]])
  })

  it('comes after the beginning of its thread that was rejected, where somebody has mended the cause', async () => {
    const {deps, notifier} = world()
    notifier.failNext({kind: 'rejected', reason: told('channel_not_found')})
    await sendNotice(deps, STARTED)
    expect(await sendNotice(deps, RESOLVED)).toMatchObject({status: 'delivered'})
    expect(notifier.posts.map(({notice}) => notice.state)).toEqual(['started', 'resolved'])
  })

  it('lets the beginning of its thread alone for as long as the service asked, and waits for it', async () => {
    const {deps, notifier} = world()
    notifier.failNext({...DOWN, retryAfterSeconds: 3600})
    await sendNotice(deps, STARTED)
    const reason = {why: 'afterEarlier', earlier: STARTED.id}
    expect(await sendNotice(deps, RESOLVED)).toMatchObject({status: 'pending', reason})
    expect(notifier.posts).toEqual([])
  })

  it('does not overtake the beginning of its thread that cannot be sent now', async () => {
    const {deps, notifier} = world()
    notifier.failNext(DOWN, DOWN)
    await sendNotice(deps, STARTED)
    const reason = {why: 'afterEarlier', earlier: STARTED.id}
    expect(await sendNotice(deps, RESOLVED)).toMatchObject({status: 'pending', reason})
    expect(notifier.posts).toEqual([])
  })

  it('finds the beginning of its thread that Slack took without an answer, and ends it there', async () => {
    const {deps, notifier} = world()
    notifier.swallowNext()
    expect(await sendNotice(deps, STARTED)).toMatchObject({status: 'pending', reason: UNANSWERED.reason})
    expect(await sendNotice(deps, RESOLVED)).toMatchObject({status: 'delivered'})
    expect(notifier.posts.map(({notice, root}) => [notice.state, root?.id])).toEqual([
      ['started', undefined],
      ['resolved', 'ts-1'],
    ])
    expect(notifier.edits).toHaveLength(1)
  })

  it('is cut to what the outbox takes', async () => {
    const {deps, notifier} = world()
    await sendNotice(deps, aNotice({title: 'x'.repeat(5000), body: 'y'.repeat(1_000_000)}))
    expect(notifier.posts[0]?.notice.title).toHaveLength(1000)
    expect(notifier.posts[0]?.notice.body).toHaveLength(100_000)
  })

  it.each([
    ['shown', 'delivered'],
    ['nobody', 'pending'],
  ] as const)('of a chat without a token that reaches %s is %s', async (kind, status) => {
    const {deps, outbox} = world()
    const notifier = fakeNotifier('slack', false, {kind, why: {why: 'noSecret', reference: 'env:TOKEN'}})
    await outbox.put(STARTED)
    expect((await sendNotice({...deps, notifiers: [notifier]}, UPDATE)).status).toBe(status)
    // What waited for Slack is not shown instead.
    expect((await outbox.pending()).map(({notice}) => notice.id)).toContain(STARTED.id)
  })
})
