import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {Fold} from '../../../../src/domain/notices/hold.js'
import type {IncidentStep, Notice} from '../../../../src/domain/notices/notice.js'
import {masker} from '../../../../src/domain/secrets/masker.js'
import {flushOutbox} from '../../../../src/usecases/notices/flush-outbox.js'
import {sendNotice} from '../../../../src/usecases/notices/send-notice.js'
import {aNotice} from '../../../support/builders/notice.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {DOWN, fakeNotifier} from '../../../support/fakes/notifier.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'

const QUIET = {from: 22 * 60, to: 7 * 60, weekdays: null, timezone: 'UTC'}
const LIMIT = {count: 2, windowSeconds: 3600}
const HOUR = 3600

/** Of an hour of the morning of that day, and the number of the notice. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
function ulid(at: number, number: number): string {
  let time = ''
  for (let rest = at, count = 0; count < 10; count += 1, rest = Math.floor(rest / 32))
    time = (CROCKFORD[rest % 32] ?? '') + time
  return `${time}${String(number).padStart(16, '0')}`
}

function world(
  {quiet = null, limit = null}: {quiet?: typeof QUIET | null; limit?: typeof LIMIT | null},
  perIncident = false,
) {
  const clock = fakeClock('2026-11-23T23:00:00.000Z')
  const outbox = fakeOutbox()
  const slack = {...fakeNotifier('slack', false), ...(perIncident ? {perIncident: true as const} : {})}
  const email = fakeNotifier('email', false)
  const written = (_: string, {by, notices}: Fold) => ({
    title: notices.every(({thread}) => thread === notices[0]?.thread) ? null : `and ${String(notices.length)} more`,
    body: `${by}: ${notices.map(({title}) => title).join(', ')}`,
  })
  const deps = {outbox, notifiers: [slack, email], clock, masker: masker([]), holding: {quiet, limit, written}}
  let count = 0
  const tell = (step: IncidentStep, more: Partial<Notice> & {priority?: 'P0' | 'P1' | 'P2'; incident?: never} = {}) => {
    count += 1
    const {priority = 'P2', thread = 'one', ...rest} = more
    const incident = {id: thread ?? '', handle: 'INC-7', subject: 'Slow', priority, reopenings: 0, step}
    const id = ulid(clock.now().getTime(), count)
    const state = step === 'resolved' ? 'resolved' : 'update'
    return sendNotice(
      deps,
      aNotice({
        id,
        title: `${String(count)} ${step}`,
        state,
        createdAt: clock.now().toISOString(),
        ...rest,
        thread,
        incident,
      }),
    )
  }
  return {clock, outbox, slack, email, deps, tell}
}

const titles = ({posts}: Pick<ReturnType<typeof fakeNotifier>, 'posts'>): readonly string[] =>
  posts.map(({notice}) => notice.title)

describe('quiet hours', () => {
  it('hold a P2 notice until they end, which is no failure', async () => {
    const {deps, tell, slack, clock} = world({quiet: QUIET})
    const until = '2026-11-24T07:00:00.000Z'
    expect(await tell('opened')).toMatchObject({status: 'held', reason: {why: 'held', by: 'quiet', until}})
    clock.advance(7 * HOUR)
    expect(await flushOutbox(deps, {now: true, resend: null})).toMatchObject({
      verdict: 'ok',
      data: {waiting: [], held: [{status: 'held', reason: {until}}]},
    })
    expect(slack.posts).toEqual([])
    clock.advance(HOUR)
    expect(await flushOutbox(deps)).toMatchObject({verdict: 'ok', data: {delivered: [{title: '1 opened'}], held: []}})
    expect(titles(slack)).toEqual(['1 opened'])
  })

  it.each(['P0', 'P1'] as const)('hold no %s', async (priority) => {
    const {tell} = world({quiet: QUIET})
    expect(await tell('opened', {priority})).toMatchObject({status: 'delivered'})
  })

  it('let go of an incident that became grave, in order, in every channel', async () => {
    const {tell, slack, email} = world({quiet: QUIET})
    await tell('opened')
    await tell('opened', {channel: 'email'})
    await tell('opened', {thread: 'other'})
    await tell('updated', {priority: 'P1'})
    expect(titles(slack)).toEqual(['1 opened', '4 updated'])
    expect(titles(email)).toEqual(['2 opened'])
  })

  it('end with one summary of an incident that is over by then, and with each notice of one that is not', async () => {
    const {deps, tell, slack, clock, outbox} = world({quiet: QUIET})
    await tell('opened')
    await tell('opened', {thread: 'other'})
    await tell('updated')
    await tell('updated', {thread: 'other'})
    await tell('resolved')
    clock.advance(8 * HOUR)
    await flushOutbox(deps)
    expect(slack.posts.map(({notice}) => [notice.title, notice.state])).toEqual([
      ['2 opened', 'update'],
      ['4 updated', 'update'],
      ['5 resolved', 'resolved'],
    ])
    expect(slack.posts.at(-1)?.notice.body).toBe('quiet: 1 opened, 3 updated, 5 resolved')
    expect(await outbox.pending()).toEqual([])
  })

  it('are followed by an end in one notice with what they held', async () => {
    const {tell, slack, clock} = world({quiet: QUIET})
    await tell('opened')
    clock.advance(8 * HOUR)
    expect(await tell('resolved')).toMatchObject({status: 'delivered', title: '2 resolved'})
    expect(slack.posts.map(({notice}) => notice.body)).toEqual(['quiet: 1 opened, 2 resolved'])
  })

  it('let go though faci.yml has none any more', async () => {
    const {deps, tell, slack, clock} = world({quiet: QUIET})
    await tell('opened')
    await tell('resolved')
    clock.advance(8 * HOUR)
    await flushOutbox({...deps, holding: null})
    expect(titles(slack)).toEqual(['1 opened', '2 resolved'])
  })

  it('finish what was killed between the summary and its parts', async () => {
    const {deps, tell, slack, clock, outbox} = world({quiet: QUIET})
    await tell('opened')
    await tell('resolved')
    clock.advance(8 * HOUR)
    const fold = outbox.fold
    let isKilled = false
    const killed = {
      ...outbox,
      fold: async (notice: Notice): Promise<void> => {
        if (isKilled) return fold(notice)
        isKilled = true
        await outbox.put(notice)
        throw new Error('killed')
      },
    }
    await expect(flushOutbox({...deps, outbox: killed})).rejects.toThrow('killed')
    await flushOutbox(deps)
    expect(titles(slack)).toEqual(['2 resolved'])
    expect(await outbox.pending()).toEqual([])
  })
})

describe('a limit of notices', () => {
  it('holds what is beyond it to the end of the window, and sends that as one', async () => {
    const {deps, tell, slack, clock} = world({limit: LIMIT})
    for (const thread of ['a', 'b', 'c', 'd', 'e']) await tell('opened', {thread})
    expect(titles(slack)).toEqual(['1 opened', '2 opened'])
    clock.advance(HOUR)
    await flushOutbox(deps)
    expect(slack.posts.map(({notice}) => [notice.title, notice.thread]).at(-1)).toEqual(['and 3 more', null])
    expect(slack.posts).toHaveLength(3)
    expect(await tell('opened', {thread: 'f'})).toMatchObject({status: 'delivered'})
  })

  it('never holds an end, which brings along what was held of it', async () => {
    const {tell, slack} = world({limit: LIMIT})
    for (const thread of ['a', 'b', 'c']) await tell('opened', {thread})
    await tell('resolved', {thread: 'a'})
    await tell('resolved', {thread: 'c'})
    expect(slack.posts.slice(2).map(({notice}) => notice.body.split('\n')[0])).toEqual([
      expect.not.stringContaining('limit'),
      'limit: 3 opened, 5 resolved',
    ])
  })

  it('puts no two incidents into one where a channel keeps a matter for each', async () => {
    const {deps, tell, slack, clock} = world({limit: LIMIT}, true)
    for (const thread of ['a', 'b', 'c', 'c', 'd']) await tell('updated', {thread})
    clock.advance(HOUR)
    await flushOutbox(deps)
    expect(slack.posts.slice(2).map(({notice}) => notice.thread)).toEqual(['c', 'd'])
  })
})

it('nothing is lost, and an incident is told in order, whatever is held, fails, or ends when', async () => {
  const step = fc.tuple(
    fc.constantFrom('opened', 'updated', 'resolved'),
    fc.constantFrom('a', 'b'),
    fc.integer({min: 0, max: 9000}),
    fc.boolean(),
    fc.boolean(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, {maxLength: 14}), async (steps) => {
      const {deps, tell, slack, clock, outbox} = world({quiet: QUIET, limit: LIMIT})
      for (const [what, thread, seconds, isDown, flushes] of steps) {
        if (isDown) slack.failNext(DOWN)
        await tell(what, {thread})
        if (flushes) await flushOutbox(deps)
        clock.advance(seconds)
      }
      clock.advance(86_400)
      for (let count = 0; count < 20; count += 1) {
        await flushOutbox(deps, {now: true, resend: null})
        clock.advance(86_400)
      }
      expect(await outbox.pending()).toEqual([])
      const told = slack.posts.flatMap(({notice}) =>
        notice.folds === undefined ? [notice.title] : (notice.body.split(': ')[1]?.split(', ') ?? []),
      )
      const numbers = told.map((title) => Number(title.split(' ')[0]))
      expect(numbers.toSorted((a, b) => a - b)).toEqual(steps.map((_, index) => index + 1))
      if (steps.some(([, , , isDown]) => isDown)) return
      for (const thread of ['a', 'b']) {
        const own = numbers.filter((number) => steps[number - 1]?.[1] === thread)
        expect(own).toEqual(own.toSorted((a, b) => a - b))
      }
    }),
    {numRuns: 100},
  )
})
