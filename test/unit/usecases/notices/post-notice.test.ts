import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Notice} from '../../../../src/domain/notices/notice.js'
import {masker} from '../../../../src/domain/secrets/masker.js'
import {postNotice} from '../../../../src/usecases/notices/post-notice.js'
import type {PostNoticeInput} from '../../../../src/usecases/notices/post-notice.js'
import {DOWN, fakeNotifier} from '../../../support/fakes/notifier.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'

const INPUT: PostNoticeInput = {
  title: 'API slow',
  message: 'We are on it, with hunter2',
  severity: 'warning',
  state: 'started',
  channel: null,
  preview: false,
  service: 'faciliauto',
  environment: 'staging',
  operator: {name: 'ana', host: 'laptop'},
}

function world() {
  const notifier = fakeNotifier()
  const outbox = fakeOutbox()
  const clock = {
    now: () => new Date('2026-11-23T06:12:04.000Z'),
    monotonicSeconds: () => 0,
    sleep: () => Promise.resolve(),
  }
  const ids = {next: () => '01ARZ3NDEKTSV4RRFFQ69G5FAV'}
  const notifiers = [notifier, fakeNotifier('terminal', false)]
  return {
    notifier,
    outbox,
    deps: {
      ...{outbox, notifiers, clock, ids, masker: masker(['hunter2']), setups: {pager: 'notices: {pager: {}}'}},
      previews: ({body}: Notice, channel: string | null) =>
        Promise.resolve([{channel: channel ?? 'all', address: 'of a test', format: 'text', text: body} as const]),
    },
  }
}

describe('posting a notice', () => {
  it('sends it to the first channel, without secrets, signed', async () => {
    const {deps, notifier} = world()
    const {verdict, data} = await postNotice(deps, INPUT)
    expect(verdict).toBe('ok')
    expect(data.delivery).toMatchObject({status: 'delivered', channel: 'slack'})
    expect(notifier.posts[0]?.notice).toMatchObject({
      title: 'API slow',
      body: 'We are on it, with ***',
      operator: 'ana',
      host: 'laptop',
      thread: null,
    })
  })

  it('sends nothing and keeps nothing for a preview', async () => {
    const {deps, notifier, outbox} = world()
    const {verdict, data} = await postNotice(deps, {...INPUT, preview: true})
    expect([verdict, data.delivery]).toEqual(['ok', null])
    expect(data.previews).toMatchObject([{channel: 'all', text: 'We are on it, with ***'}])
    expect(notifier.posts).toEqual([])
    expect(outbox.entries()).toEqual([])
  })

  it('is undelivered while the chat is down', async () => {
    const {deps, notifier} = world()
    notifier.failNext(DOWN)
    expect((await postNotice(deps, INPUT)).verdict).toBe('undelivered')
  })

  it.each(['', '   '])('has a headline, not %j', async (title) => {
    await expect(postNotice(world().deps, {...INPUT, title})).rejects.toMatchObject({code: 'usage'})
  })

  it('knows nothing, and says so, when it could be neither sent nor kept', async () => {
    const {deps, notifier} = world()
    const put = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'no space left'))
    notifier.failNext(DOWN)
    const {verdict, data} = await postNotice({...deps, outbox: {...deps.outbox, put}}, INPUT)
    expect(verdict).toBe('unknown')
    expect(data.delivery).toMatchObject({
      status: 'lost',
      reason: {why: 'neitherKept', reason: DOWN.reason, problem: {why: 'error', text: 'no space left'}},
    })
  })

  it('knows the channels, and guesses which was meant', async () => {
    await expect(postNotice(world().deps, {...INPUT, channel: 'slak'})).rejects.toMatchObject({
      code: 'notFound',
      message: 'faci.yml has no channel slak under notices: did you mean `slack`?',
      correction: {typed: 'slak', meant: 'slack'},
    })
  })

  it('tells what to write for a channel that could be set up', async () => {
    await expect(postNotice(world().deps, {...INPUT, channel: 'pager'})).rejects.toMatchObject({
      code: 'notFound',
      message: 'faci.yml sets up no channel pager',
      suggestions: ['add to faci.yml: notices: {pager: {}}'],
    })
  })

  it('goes to the terminal, and to no channel that nobody configured', async () => {
    const {deps} = world()
    const alone = {...deps, notifiers: [fakeNotifier('terminal', false)]}
    expect((await postNotice(alone, INPUT)).data.delivery).toMatchObject({channel: 'terminal', status: 'delivered'})
  })
})
