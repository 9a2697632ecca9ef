import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {masker} from '../../../../src/domain/secrets/masker.js'
import type {Clock} from '../../../../src/ports/clock.js'
import {flushOutbox} from '../../../../src/usecases/notices/flush-outbox.js'
import {sendNotice} from '../../../../src/usecases/notices/send-notice.js'
import {aNotice} from '../../../support/builders/notice.js'
import {fakeNotifier} from '../../../support/fakes/notifier.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'

const STARTED = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA1'})
const UPDATE = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', state: 'update'})
const RESOLVED = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA3', state: 'resolved'})
const DOWN = {kind: 'failed', reason: 'Slack did not answer', retryAfterSeconds: null} as const

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
    expect(await sendNotice(deps, STARTED)).toMatchObject({status: 'pending', reason: 'Slack did not answer'})
    expect(await outbox.pending()).toMatchObject([
      {status: 'pending', nextTryAt: '2026-11-23T06:02:00.000Z', attempts: [{outcome: 'failed'}]},
    ])
  })

  it('is rejected when the chat will never take it so', async () => {
    const {deps, notifier, outbox} = world()
    notifier.failNext({kind: 'rejected', reason: 'channel_not_found'})
    expect(await sendNotice(deps, STARTED)).toMatchObject({status: 'rejected', reason: 'channel_not_found'})
    expect(await outbox.pending()).toMatchObject([{status: 'rejected', nextTryAt: null}])
  })

  it('is rejected when nobody configured the channel', async () => {
    const {deps} = world()
    const sent = await sendNotice(deps, aNotice({channel: 'pager'}))
    expect(sent).toMatchObject({status: 'rejected', reason: 'pager is not configured under notices:'})
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
    expect(await flushOutbox({...deps, notifiers})).toMatchObject({verdict: 'ok'})
    expect(notifier.posts).toHaveLength(2)
    expect(notifier.edits).toHaveLength(1)
    expect(await outbox.pending()).toEqual([])
  })

  it('waits a little for another sender, then leaves it to that one', async () => {
    const {deps, notifier, outbox} = world()
    await outbox.claim('slack')
    const sent = await sendNotice(deps, STARTED)
    expect(sent).toMatchObject({status: 'pending', reason: 'another faci is sending to this channel'})
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

  it('never throws because of a full disk', async () => {
    const {deps, outbox} = world()
    const full = {...outbox, put: () => Promise.reject(new FaciError('unreachable', 'no space left'))}
    expect(await sendNotice({...deps, outbox: full}, STARTED)).toMatchObject({
      status: 'pending',
      reason: 'no space left',
    })
  })
})

describe('flushing the outbox', () => {
  it('is ok when nothing waits', async () => {
    expect(await flushOutbox(world().deps)).toEqual({verdict: 'ok', data: {delivered: [], waiting: []}})
  })

  it('delivers what waits, in order, rejected ones too', async () => {
    const {deps, notifier, outbox} = world()
    notifier.failNext({kind: 'rejected', reason: 'invalid_auth'})
    await sendNotice(deps, STARTED)
    await outbox.put(UPDATE)
    const {verdict, data} = await flushOutbox(deps)
    expect(verdict).toBe('ok')
    expect(data.delivered.map(({id}) => id)).toEqual([STARTED.id, UPDATE.id])
    expect(notifier.posts[1]?.root).toEqual({channel: 'C1', id: 'ts-1'})
  })

  it('asks a channel that is down only once, and is undelivered', async () => {
    const {deps, notifier, outbox} = world()
    await outbox.put(STARTED)
    await outbox.put(aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA9', thread: null}))
    notifier.failNext(DOWN)
    const {verdict, data} = await flushOutbox(deps)
    expect(verdict).toBe('undelivered')
    expect(data.waiting.map(({reason}) => reason)).toEqual(['Slack did not answer', 'Slack did not answer'])
    expect(notifier.posts).toEqual([])
  })

  it('holds a thread back behind a rejected notice, and goes on with the others', async () => {
    const {deps, notifier, outbox} = world()
    await outbox.put(STARTED)
    await outbox.put(UPDATE)
    await outbox.put(aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA9', thread: null}))
    notifier.failNext({kind: 'rejected', reason: 'invalid_blocks'})
    const {data} = await flushOutbox(deps)
    expect(data.waiting.map(({id, reason}) => [id, reason])).toEqual([
      [STARTED.id, 'invalid_blocks'],
      [UPDATE.id, 'an earlier notice of its thread waits'],
    ])
    expect(data.delivered).toHaveLength(1)
  })

  it('leaves a channel alone that another process is sending to', async () => {
    const {deps, outbox} = world()
    await outbox.put(STARTED)
    await outbox.claim('slack')
    expect(await flushOutbox(deps)).toMatchObject({
      verdict: 'undelivered',
      data: {waiting: [{reason: 'another faci is sending to this channel'}]},
    })
  })
})
