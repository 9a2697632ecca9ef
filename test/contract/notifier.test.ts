import {spawn} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {slackNotifier} from '../../src/adapters/notifiers/slack-notifier.js'
import {slackWebhookNotifier} from '../../src/adapters/notifiers/slack-webhook-notifier.js'
import {terminalNotifier} from '../../src/adapters/notifiers/terminal-notifier.js'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {fileOutbox} from '../../src/adapters/store/file-outbox.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {Notice} from '../../src/domain/notice/notice.js'
import type {Notifier} from '../../src/ports/notifier.js'
import {aNotice} from '../support/builders/notice.js'
import {fakeNotifier} from '../support/fakes/notifier.js'
import {bundledProcess} from '../support/processes/bundled-process.js'
import {slackServer} from '../support/servers/slack.js'
import type {SlackServer, SlackTrouble} from '../support/servers/slack.js'

const AUDIENCE = {locale: 'en', timezone: 'UTC'}

let slack: SlackServer
beforeEach(async () => {
  slack = await slackServer()
})
afterEach(() => slack.close())

const bot = (overrides: {token?: string; channel?: string; apiUrl?: string} = {}): Notifier =>
  slackNotifier({
    ...AUDIENCE,
    token: slack.token,
    channel: '#ops-incidents',
    apiUrl: slack.apiUrl,
    timeoutSeconds: 0.4,
    ...overrides,
  })
const webhook = (url = slack.webhookUrl): Notifier => slackWebhookNotifier({...AUDIENCE, url, timeoutSeconds: 0.4})

interface Subject {
  readonly name: string
  readonly make: () => {readonly notifier: Notifier; readonly arrived: () => readonly string[]}
}

const titlesInSlack = (): readonly string[] => slack.posts.map(({text}) => text)

const SUBJECTS: readonly Subject[] = [
  {
    name: 'a fake',
    make: () => {
      const notifier = fakeNotifier()
      return {notifier, arrived: () => notifier.posts.map(({notice}) => notice.title)}
    },
  },
  {name: 'a Slack bot', make: () => ({notifier: bot(), arrived: titlesInSlack})},
  {name: 'a Slack webhook', make: () => ({notifier: webhook(), arrived: titlesInSlack})},
  {
    name: 'the terminal',
    make: () => {
      const shown: Notice[] = []
      const notifier = terminalNotifier({channel: 'slack', why: 'no token', show: (notice) => shown.push(notice)})
      return {notifier, arrived: () => shown.map(({title}) => title)}
    },
  },
]

describe.each(SUBJECTS)('$name as a notifier', ({make}) => {
  it('delivers a notice', async () => {
    const {notifier, arrived} = make()
    expect(notifier.channel).toBe('slack')
    expect(await notifier.send(aNotice({title: 'API down'}), null)).toMatchObject({kind: 'delivered'})
    expect(arrived()).toHaveLength(1)
    expect(arrived()[0]).toContain('API down')
  })

  it('says where the message is exactly when it has threads', async () => {
    const {notifier} = make()
    const first = await notifier.send(aNotice(), null)
    if (first.kind !== 'delivered') throw new Error(first.reason)
    expect(first.message !== null).toBe(notifier.threaded)
    if (first.message === null) return
    const reply = await notifier.send(aNotice({state: 'resolved'}), first.message)
    expect(reply).toMatchObject({kind: 'delivered'})
    expect(await notifier.edit(first.message, aNotice({state: 'resolved'}))).toMatchObject({kind: 'delivered'})
  })

  it('never throws for an edit that cannot be', async () => {
    const {notifier} = make()
    if (notifier.threaded) return
    const edited = await notifier.edit({channel: 'C', id: '1'}, aNotice())
    expect(edited).toMatchObject({kind: 'rejected'})
  })
})

describe('a Slack bot', () => {
  it('posts the reply into the thread and rewrites the root', async () => {
    const notifier = bot()
    const root = await notifier.send(aNotice(), null)
    if (root.kind !== 'delivered' || root.message === null) throw new Error('no root')
    await notifier.send(aNotice({state: 'resolved', title: 'API is back'}), root.message)
    await notifier.edit(root.message, aNotice({state: 'resolved', title: 'API is back'}))
    expect(slack.posts).toMatchObject([
      {channel: 'C0OPSINC', threadTs: null, edits: 1},
      {channel: 'C0OPSINC', threadTs: root.message.id, edits: 0},
    ])
    expect(slack.posts[0]?.text).toContain('✅ Resolved: API is back')
  })

  it('has nothing left to do when the root was deleted', async () => {
    const gone = {channel: 'C0OPSINC', id: '1.0'}
    expect(await bot().edit(gone, aNotice({state: 'resolved'}))).toEqual({kind: 'delivered', message: gone})
  })

  it.each([
    ['a wrong token', {token: 'xoxb-0-0-wrong'}, 'Slack refused it (invalid_auth): check the token'],
    [
      'an unknown channel',
      {channel: '#nowhere'},
      'Slack refused it (channel_not_found): is there a #nowhere, and is the bot in it?',
    ],
  ])('is rejected for %s, and says what to do', async (_name, options, reason) => {
    expect(await bot(options).send(aNotice(), null)).toEqual({kind: 'rejected', reason})
    expect(slack.requests).toHaveLength(1)
  })

  it('passes on how long Slack asks to wait, without waiting', async () => {
    slack.trouble({kind: 'rateLimited', seconds: 30})
    const sent = await bot().send(aNotice(), null)
    expect(sent).toEqual({kind: 'failed', reason: 'Slack asks to slow down', retryAfterSeconds: 30})
    expect(slack.requests).toHaveLength(1)
  })

  it('gets over one hiccup by itself', async () => {
    slack.trouble({kind: 'status', status: 503})
    expect(await bot().send(aNotice(), null)).toMatchObject({kind: 'delivered'})
    expect(slack.posts).toHaveLength(1)
  })

  it.each<[string, SlackTrouble, string]>([
    ['answers errors', {kind: 'status', status: 500}, 'Slack answered HTTP 500'],
    ['is silent', {kind: 'silence'}, 'Slack did not answer in time'],
    ['answers junk', {kind: 'junk'}, 'Slack answered junk'],
    ['has trouble of its own', {kind: 'error', error: 'internal_error'}, 'Slack had trouble (internal_error)'],
    ['limits without saying for how long', {kind: 'rateLimited', seconds: null}, 'Slack asks to slow down'],
  ])('is worth another try later when Slack %s', async (_name, trouble, reason) => {
    slack.trouble(trouble, trouble)
    const started = performance.now()
    expect(await bot().send(aNotice(), null)).toEqual({kind: 'failed', reason, retryAfterSeconds: null})
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('is worth another try later when nothing listens there', async () => {
    await slack.close()
    const sent = await bot().send(aNotice(), null)
    expect(sent).toEqual({kind: 'failed', reason: "Slack can't be reached (ECONNREFUSED)", retryAfterSeconds: null})
  })
})

describe('a Slack webhook', () => {
  it.each([
    [
      'a deleted webhook',
      () => webhook(slack.webhookUrl.replace('XXXX', 'YYYY')),
      'Slack refused it (no_service): check the webhook',
    ],
  ])('is rejected for %s', async (_name, make, reason) => {
    expect(await make().send(aNotice(), null)).toEqual({kind: 'rejected', reason})
  })

  it.each<[SlackTrouble, string]>([
    [{kind: 'status', status: 500}, 'Slack answered HTTP 500'],
    [{kind: 'rateLimited', seconds: 5}, 'Slack answered HTTP 429'],
    [{kind: 'silence'}, 'Slack did not answer in time'],
    [{kind: 'junk'}, 'Slack answered junk'],
  ])('is worth another try later after %o', async (trouble, reason) => {
    slack.trouble(trouble, trouble)
    expect(await webhook().send(aNotice(), null)).toEqual({kind: 'failed', reason, retryAfterSeconds: null})
  })

  it('names no URL when nothing listens there', async () => {
    await slack.close()
    const sent = await webhook().send(aNotice(), null)
    expect(sent).toMatchObject({kind: 'failed', reason: "Slack can't be reached (ECONNREFUSED)"})
    expect(JSON.stringify(sent)).not.toContain('services')
  })
})

describe('flushing from several processes', () => {
  it('posts every notice once', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'faci-flush-'))
    const claims = fileLeases({directory: join(directory, 'outbox'), clock: systemClock, operator: 'ana'})
    const outbox = fileOutbox({directory: join(directory, 'outbox'), claims})
    for (let count = 0; count < 5; count++) {
      await outbox.put(aNotice({id: `01ARZ3NDEKTSV4RRFFQ69G5FA${String(count)}`, thread: count < 3 ? 'run' : null}))
    }
    const flusher = await bundledProcess('notice-flusher')
    const start = String(Date.now() + 3000)
    const children = Array.from({length: 4}, () =>
      spawn(process.execPath, [flusher, directory, slack.apiUrl, slack.token, start], {
        stdio: 'inherit',
      }),
    )
    const codes = await Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))))
    expect(codes).toEqual([0, 0, 0, 0])
    expect(slack.posts).toHaveLength(5)
    expect(slack.posts.filter(({threadTs}) => threadTs !== null)).toHaveLength(2)
    expect(await outbox.pending()).toEqual([])
    await rm(directory, {recursive: true})
  })
})
