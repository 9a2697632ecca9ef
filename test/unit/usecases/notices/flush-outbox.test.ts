import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {flushOutbox} from '../../../../src/usecases/notices/flush-outbox.js'
import {aNotice} from '../../../support/builders/notice.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {BLIND, DOWN, fakeNotifier, UNANSWERED} from '../../../support/fakes/notifier.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'
import {told} from '../../../support/worded-reason.js'

const STARTED = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA1'})
const UPDATE = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', state: 'update'})
const ENDED = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA3', state: 'resolved'})
const OTHER = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FAA', thread: null})
const LONE = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA9', thread: null})

function world(notifier = fakeNotifier()) {
  const clock = fakeClock('2026-11-23T06:00:00.000Z')
  const outbox = fakeOutbox()
  return {outbox, notifier, clock, deps: {outbox, notifiers: [notifier], clock}}
}

describe('flushing the outbox', () => {
  it('is ok when nothing waits', async () => {
    const nothing = {delivered: [], waiting: [], held: [], unreadable: []}
    expect(await flushOutbox(world().deps)).toEqual({verdict: 'ok', data: nothing})
  })

  it('delivers what waits, in order, rejected ones too', async () => {
    const {deps, notifier, outbox} = world()
    await outbox.put(STARTED)
    await outbox.put(UPDATE)
    notifier.failNext(
      {kind: 'rejected', reason: told('invalid_auth')},
      {kind: 'rejected', reason: told('invalid_auth')},
    )
    expect((await flushOutbox(deps)).data.waiting).toMatchObject([{status: 'rejected'}, {status: 'rejected'}])
    const {verdict, data} = await flushOutbox(deps)
    expect(verdict).toBe('ok')
    expect(data.delivered.map(({id}) => id)).toEqual([STARTED.id, UPDATE.id])
    expect(notifier.posts[1]?.root).toEqual({channel: 'C1', id: 'ts-1'})
  })

  it('asks a channel that is down twice, however much waits for it, and is undelivered', async () => {
    const {deps, notifier, outbox} = world()
    for (const notice of [STARTED, LONE, OTHER]) await outbox.put(notice)
    notifier.failNext(DOWN, DOWN)
    const {verdict, data} = await flushOutbox(deps)
    expect(verdict).toBe('undelivered')
    expect(data.waiting.map(({reason}) => reason)).toEqual([DOWN.reason, DOWN.reason, DOWN.reason])
    expect(notifier.posts).toEqual([])
    expect((await outbox.pending()).map(({attempts}) => attempts.length)).toEqual([1, 1, 0])
  })

  it('asks a service that wants patience no more', async () => {
    const {deps, notifier, outbox} = world()
    for (const notice of [STARTED, UPDATE]) await outbox.put(notice)
    notifier.failNext({...DOWN, reason: told('slow down'), retryAfterSeconds: 60})
    expect((await flushOutbox(deps)).data.waiting.map(({reason}) => reason)).toEqual([
      told('slow down'),
      told('slow down'),
    ])
    expect(notifier.posts).toEqual([])
  })

  it('lets no rejected notice hold up the end of its run, or others', async () => {
    const {deps, notifier, outbox} = world()
    for (const notice of [STARTED, ENDED, LONE]) await outbox.put(notice)
    notifier.failNext({kind: 'rejected', reason: told('invalid_blocks')})
    const {data} = await flushOutbox(deps)
    expect(data.waiting.map(({id, reason}) => [id, reason])).toEqual([[STARTED.id, told('invalid_blocks')]])
    expect(data.delivered.map(({id}) => id)).toEqual([ENDED.id, LONE.id])
  })

  it('lets no notice overtake an earlier one of its thread that still waits, and those of no thread go on', async () => {
    const {deps, notifier, outbox, clock} = world()
    for (const notice of [STARTED, UPDATE, ENDED, LONE]) await outbox.put(notice)
    notifier.failNext({...DOWN, reason: told('HTTP 500')})
    const {data} = await flushOutbox(deps)
    const turn = {why: 'afterEarlier', earlier: STARTED.id}
    expect(data.waiting.map(({id, reason}) => [id, reason])).toEqual([
      [STARTED.id, told('HTTP 500')],
      [UPDATE.id, turn],
      [ENDED.id, turn],
    ])
    expect(data.delivered.map(({id}) => id)).toEqual([LONE.id])
    expect((await flushOutbox(deps)).data.waiting.map(({reason}) => reason?.why)).toEqual([
      'tryLater',
      turn.why,
      turn.why,
    ])
    clock.advance(30)
    expect((await flushOutbox(deps)).data.delivered.map(({id}) => id)).toEqual([STARTED.id, UPDATE.id, ENDED.id])
    expect(notifier.posts.map(({notice}) => notice.id)).toEqual([LONE.id, STARTED.id, UPDATE.id, ENDED.id])
  })

  it('lets the end of a run pass a beginning that was given up', async () => {
    const {deps, notifier, outbox} = world()
    for (const notice of [STARTED, ENDED]) await outbox.put(notice)
    const attempt = {at: '2026-11-23T05:00:00.000Z', outcome: 'failed', reason: DOWN.reason} as const
    const after = {nextTryAt: null, message: null, unconfirmed: false, repeats: 0, isRoot: false}
    for (let count = 0; count < 100; count += 1) await outbox.record(STARTED.id, attempt, after)
    expect((await flushOutbox(deps)).data.delivered.map(({id}) => id)).toEqual([ENDED.id])
    expect(notifier.posts).toHaveLength(1)
  })

  it('tries nothing before it is due, unless it is told to', async () => {
    const {deps, notifier, outbox, clock} = world()
    await outbox.put(LONE)
    notifier.failNext({...DOWN, retryAfterSeconds: 600})
    await flushOutbox(deps)
    clock.advance(599)
    const {data, verdict} = await flushOutbox(deps)
    expect(verdict).toBe('undelivered')
    expect(data.waiting[0]?.reason).toEqual({why: 'tryLater', nextTryAt: '2026-11-23T06:10:00.000Z', last: DOWN.reason})
    expect(notifier.posts).toEqual([])
    expect((await flushOutbox(deps, {now: true, resend: null})).verdict).toBe('ok')
  })

  it.each([1e17, Number.POSITIVE_INFINITY, Number.NaN, -5])(
    'survives a service that asks for %d seconds',
    async (asked) => {
      const {deps, notifier, outbox, clock} = world()
      await outbox.put(LONE)
      notifier.failNext({...DOWN, retryAfterSeconds: asked})
      await flushOutbox(deps)
      clock.advance(86_400)
      expect((await flushOutbox(deps)).verdict).toBe('ok')
    },
  )

  it('tells what waits although its last attempt says no reason, as an outbox may that a person edited', async () => {
    const {deps, outbox, clock} = world()
    await outbox.put(LONE)
    const nextTryAt = new Date(clock.now().getTime() + 60_000).toISOString()
    const attempt = {at: clock.now().toISOString(), outcome: 'failed', reason: null} as const
    await outbox.record(LONE.id, attempt, {nextTryAt, message: null, unconfirmed: false, repeats: 0, isRoot: false})
    const [waiting] = (await flushOutbox(deps)).data.waiting
    expect(waiting?.reason).toEqual({why: 'tryLater', nextTryAt, last: {why: 'notTried'}})
  })

  it('tries a notice a hundred times by itself, then only when it is told to', async () => {
    const {deps, notifier, outbox, clock} = world()
    await outbox.put(LONE)
    for (let count = 0; count < 100; count += 1) {
      notifier.failNext(DOWN)
      await flushOutbox(deps)
      clock.advance(3600)
    }
    const {data} = await flushOutbox(deps)
    expect(data.waiting[0]?.reason).toEqual({why: 'triedOften', attempts: 100, last: DOWN.reason})
    expect((await flushOutbox(deps, {now: true, resend: null})).verdict).toBe('ok')
  })

  it('leaves a channel alone that another process is sending to', async () => {
    const {deps, outbox} = world()
    await outbox.put(STARTED)
    await outbox.claim('slack')
    expect(await flushOutbox(deps)).toMatchObject({
      verdict: 'undelivered',
      data: {waiting: [{reason: {why: 'busy'}}]},
    })
  })

  it('counts what cannot be read, and is undelivered for it', async () => {
    const {deps, outbox} = world()
    await outbox.put(STARTED)
    outbox.corrupt({id: 'junk', reason: 'is empty'})
    const {verdict, data} = await flushOutbox(deps)
    expect(verdict).toBe('undelivered')
    expect(data).toMatchObject({delivered: [{id: STARTED.id}], unreadable: [{id: 'junk', reason: 'is empty'}]})
    await outbox.drop('junk')
    expect((await flushOutbox(deps)).verdict).toBe('ok')
  })
})

describe('what waits for a channel that is not set up', () => {
  it.each([
    [
      'is only shown here',
      fakeNotifier('slack', false, {kind: 'shown', why: {why: 'noSecret', reference: 'env:TOKEN'}}),
    ],
    ['reaches nobody', fakeNotifier('slack', false, {kind: 'nobody', why: {why: 'noSecret', reference: 'env:TOKEN'}})],
  ])('waits on where it %s', async (_name, notifier) => {
    const {deps, outbox} = world(notifier)
    await outbox.put(STARTED)
    expect(await flushOutbox(deps)).toMatchObject({
      verdict: 'undelivered',
      data: {
        delivered: [],
        waiting: [{id: STARTED.id, status: 'pending', reason: {why: 'noSecret', reference: 'env:TOKEN'}}],
      },
    })
    expect(notifier.posts).toEqual([])
    // No try was made, so that none counts once the token is there.
    expect(await outbox.pending()).toMatchObject([{attempts: [], nextTryAt: null}])
  })

  it('waits on where nobody configured it', async () => {
    const {deps, outbox} = world()
    await outbox.put(aNotice({channel: 'pager'}))
    expect((await flushOutbox(deps)).data.waiting).toMatchObject([{reason: {why: 'noSuchChannel', channel: 'pager'}}])
  })
})

describe('a post whose end nobody saw', () => {
  it('is looked for, and not posted again when it is there', async () => {
    const {deps, notifier, outbox, clock} = world()
    await outbox.put(STARTED)
    notifier.swallowNext()
    expect((await flushOutbox(deps)).data.waiting).toMatchObject([{reason: UNANSWERED.reason}])
    clock.advance(30)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(notifier.posts).toHaveLength(1)
    expect(notifier.looks).toEqual([STARTED.id])
    expect(await outbox.root('slack', STARTED.thread ?? '')).toEqual({channel: 'C1', id: 'ts-1'})
  })

  it('is posted again when it is not there', async () => {
    const {deps, notifier, outbox, clock} = world()
    await outbox.put(LONE)
    notifier.failNext(UNANSWERED)
    await flushOutbox(deps)
    clock.advance(30)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(notifier.posts).toHaveLength(1)
  })

  it('is posted again unseen where a second time does no harm', async () => {
    const {deps, notifier, outbox, clock} = world({...fakeNotifier(), repeat: 'safe'})
    await outbox.put(LONE)
    notifier.swallowNext()
    await flushOutbox(deps)
    clock.advance(30)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(notifier.posts.map(({notice}) => notice.id)).toEqual([LONE.id, LONE.id])
  })

  it('waits for another look while it cannot be seen', async () => {
    const {deps, notifier, outbox, clock} = world()
    await outbox.put(LONE)
    notifier.swallowNext()
    await flushOutbox(deps)
    notifier.seeNext({kind: 'unseen', reason: told('no answer'), retryAfterSeconds: null})
    clock.advance(30)
    expect((await flushOutbox(deps)).data.waiting).toMatchObject([{status: 'pending', reason: told('no answer')}])
    clock.advance(60)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(notifier.posts).toHaveLength(1)
  })

  it('is posted again once where nobody can look, and says that it may be a repeat', async () => {
    const {deps, notifier, outbox, clock} = world(fakeNotifier('slack', false))
    await outbox.put(LONE)
    notifier.swallowNext()
    await flushOutbox(deps)
    clock.advance(30)
    // It surely does not arrive: that was no repeat.
    notifier.failNext(DOWN)
    await flushOutbox(deps)
    clock.advance(60)
    expect((await flushOutbox(deps)).data.delivered).toMatchObject([{reason: {why: 'sentAgain'}}])
    expect(notifier.posts.map(({mayBeRepeat}) => mayBeRepeat)).toEqual([false, true])
  })

  it('is posted again, unmarked, where the service knows a repeat by its key', async () => {
    const {deps, notifier, outbox, clock} = world({...fakeNotifier('slack', false), repeat: 'safe'})
    await outbox.put(LONE)
    for (let count = 0; count < 3; count += 1) {
      notifier.swallowNext()
      await flushOutbox(deps)
      clock.advance(3600)
    }
    expect((await flushOutbox(deps)).data.delivered).toMatchObject([{reason: null}])
    expect(notifier.posts.map(({mayBeRepeat}) => mayBeRepeat)).toEqual([false, false, false, false])
  })

  it('counts as repeated when its process was killed while it repeated it', async () => {
    const {deps, notifier, outbox} = world(fakeNotifier('slack', false))
    await outbox.put(LONE)
    await outbox.begin(LONE.id, '2026-11-23T05:59:00.000Z', 1)
    expect((await flushOutbox(deps)).data.waiting).toMatchObject([{status: 'rejected', reason: BLIND}])
    expect(notifier.posts).toEqual([])
  })

  it('waits for a person where nobody can look, who drops it or has it posted again', async () => {
    const {deps, notifier, outbox, clock} = world(fakeNotifier('slack', false))
    await outbox.put(LONE)
    notifier.swallowNext()
    await flushOutbox(deps)
    notifier.swallowNext()
    clock.advance(30)
    await flushOutbox(deps)
    const waiting = await flushOutbox(deps, {now: true, resend: null})
    expect(waiting.data.waiting).toMatchObject([{status: 'rejected', reason: BLIND}])
    expect(notifier.posts).toHaveLength(2)
    expect((await flushOutbox(deps, {now: false, resend: LONE.id})).verdict).toBe('ok')
    expect(notifier.posts.map(({mayBeRepeat}) => mayBeRepeat)).toEqual([false, true, true])
  })

  it('cannot be posted again when no such notice waits', async () => {
    const flushed = flushOutbox(world().deps, {now: false, resend: LONE.id})
    await expect(flushed).rejects.toMatchObject({code: 'notFound'})
  })

  it('is also one that was being posted when its process was killed', async () => {
    const {deps, notifier, outbox} = world()
    await outbox.put(LONE)
    await outbox.begin(LONE.id, '2026-11-23T05:59:00.000Z', 0)
    await notifier.send(LONE, null)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(notifier.posts).toHaveLength(1)
  })

  it('says of one that vanishes or cannot be written what became of it, and delivers the others', async () => {
    const {deps, notifier, outbox} = world()
    for (const notice of [STARTED, LONE, OTHER]) await outbox.put(notice)
    const begin: typeof outbox.begin = async (id, ...all) => {
      if (id === STARTED.id) await outbox.drop(id)
      if (id === OTHER.id) throw new FaciError('unreachable', 'permission denied')
      return outbox.begin(id, ...all)
    }
    const {verdict, data} = await flushOutbox({...deps, outbox: {...outbox, begin}})
    expect(data).toMatchObject({
      delivered: [{id: LONE.id}],
      waiting: [{id: OTHER.id, status: 'pending', reason: {why: 'error', text: 'permission denied'}}],
    })
    expect(verdict).toBe('undelivered')
    expect(notifier.posts.map(({notice}) => notice.id)).toEqual([LONE.id])
  })
})

describe('a notice that was refused for some of its readers', () => {
  const refused = [{address: 'bia@x.test', code: '451'}]
  const reason = {why: 'recipientsRefused', service: 'mail.test', refused, othersHaveIt: true} as const
  const partly = {message: {channel: 'API down', id: '<1@x.test>'}, remaining: ['bia@x.test']}

  it('is sent to these alone, and the others have its thread', async () => {
    const {deps, notifier, outbox, clock} = world()
    await outbox.put(STARTED)
    notifier.failNext({kind: 'failed', reason, retryAfterSeconds: null, mayHaveArrived: false, partly})
    const first = await flushOutbox(deps)
    expect([first.verdict, first.data.waiting]).toMatchObject(['undelivered', [{status: 'pending', reason}]])
    expect(await outbox.root('slack', STARTED.thread ?? '')).toEqual(partly.message)
    notifier.failNext(DOWN)
    clock.advance(30)
    await flushOutbox(deps)
    clock.advance(60)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(notifier.posts.map(({remaining}) => remaining)).toEqual([['bia@x.test']])
  })

  it('waits for a person where they are refused for good, and is sent again to nobody who has it', async () => {
    const {deps, notifier, outbox} = world()
    await outbox.put(STARTED)
    notifier.failNext({kind: 'rejected', reason, partly})
    expect((await flushOutbox(deps)).data.waiting).toMatchObject([{status: 'rejected', reason}])
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(notifier.posts.map(({remaining}) => remaining)).toEqual([['bia@x.test']])
  })

  it('is sent to nobody again once all of them have it, whatever its root still lacks', async () => {
    const {deps, notifier, outbox, clock} = world()
    await outbox.put(STARTED)
    await outbox.put(ENDED)
    await flushOutbox({...deps, outbox: {...outbox, pending: async () => (await outbox.pending()).slice(0, 1)}})
    notifier.failNext({kind: 'rejected', reason, partly})
    await flushOutbox(deps)
    const edit = notifier.edit
    let edits = 0
    const once = {
      ...notifier,
      edit: (...call: Parameters<typeof edit>) => (edits++ === 0 ? Promise.resolve(DOWN) : edit(...call)),
    }
    await flushOutbox({...deps, notifiers: [once]})
    clock.advance(3600)
    expect((await flushOutbox({...deps, notifiers: [once]})).verdict).toBe('ok')
    expect(notifier.posts.map(({notice, remaining}) => [notice.id, remaining])).toEqual([
      [STARTED.id, undefined],
      [ENDED.id, ['bia@x.test']],
    ])
  })
})
