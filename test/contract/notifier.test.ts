import {spawn} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {WebClient} from '@slack/web-api'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {slackNotifier} from '../../src/adapters/channels/slack/slack-notifier.js'
import {slackWebhookNotifier} from '../../src/adapters/channels/slack/slack-webhook-notifier.js'
import {
  absentNotifier,
  standInNotifier,
  terminalNotifier,
} from '../../src/adapters/channels/terminal/terminal-notifier.js'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {fileOutbox} from '../../src/adapters/store/file-outbox.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {Notice} from '../../src/domain/notices/notice.js'
import {ENGLISH} from '../../src/render/words/words.js'
import type {Notifier} from '../../src/ports/notifier.js'
import {inWords} from '../support/worded-reason.js'
import {aNotice} from '../support/builders/notice.js'
import {fakeNotifier} from '../support/fakes/notifier.js'
import {bundledProcess} from '../support/processes/bundled-process.js'
import {slackServer} from '../support/servers/slack.js'
import type {SlackServer, SlackTrouble} from '../support/servers/slack.js'

const AUDIENCE = {words: ENGLISH.notice, timezone: 'UTC'}

let slack: SlackServer
beforeEach(async () => {
  slack = await slackServer()
})
afterEach(() => slack.close())

const bot = (overrides: {token?: string; channel?: string; timeoutSeconds?: number} = {}): Notifier =>
  slackNotifier({
    ...AUDIENCE,
    token: slack.token,
    channel: '#ops-incidents',
    apiUrl: slack.apiUrl,
    timeoutSeconds: 30,
    ...overrides,
  })
const webhook = (url = slack.webhookUrl, timeoutSeconds = 30): Notifier =>
  slackWebhookNotifier({...AUDIENCE, url, timeoutSeconds})
/** Only who never answers is worth a short deadline: a busy machine takes longer for an answer. */
const secondsFor = ({kind}: SlackTrouble): number => (kind === 'silence' ? 0.4 : 30)

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
      const notifier = terminalNotifier({show: (notice) => Promise.resolve(void shown.push(notice)), isOnly: false})
      return {notifier: {...notifier, channel: 'slack'}, arrived: () => shown.map(({title}) => title)}
    },
  },
  {
    name: 'a stand-in for a chat without a token',
    make: () => {
      const shown: Notice[] = []
      const notifier = standInNotifier({
        channel: 'slack',
        reference: 'env:TOKEN',
        show: (notice) => Promise.resolve(void shown.push(notice)),
      })
      return {notifier, arrived: () => shown.map(({title}) => title)}
    },
  },
]

function looking({find}: Notifier): NonNullable<Notifier['find']> {
  if (find === undefined) throw new Error('it cannot look')
  return find
}

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
    if (first.kind !== 'delivered') throw new Error(first.reason.why)
    expect(first.message !== null).toBe(notifier.threaded)
    if (first.message === null) return
    const reply = await notifier.send(aNotice({state: 'resolved'}), first.message)
    expect(reply).toMatchObject({kind: 'delivered'})
    expect(await notifier.edit(first.message, aNotice({state: 'resolved'}))).toMatchObject({kind: 'delivered'})
  })

  it('never says of a notice that it is absent when it was sent and stays', async () => {
    const {notifier} = make()
    const notice = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA7', thread: null})
    const since = new Date().toISOString()
    const sent = await notifier.send(notice, null)
    const seen = await looking(notifier)(notice, null, since)
    if (!notifier.threaded) return
    if (sent.kind !== 'delivered' || sent.message === null) throw new Error('not sent')
    expect(seen).toEqual({kind: 'found', message: sent.message})
    expect(await looking(notifier)(aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA8'}), null, since)).toEqual({kind: 'absent'})
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

  it('posts a new root when the one that it answers was deleted, and says so', async () => {
    const gone = {channel: 'C0OPSINC', id: '1.0'}
    const sent = await bot().send(aNotice({state: 'update'}), gone)
    const message = {channel: 'C0OPSINC', id: slack.posts[0]?.ts}
    expect(sent).toEqual({kind: 'delivered', message, note: {why: 'newRoot'}, isNewRoot: true})
    expect(slack.posts).toMatchObject([{threadTs: null}])
  })

  it('posts how it ended as a new root when the one to be rewritten was deleted, once', async () => {
    const gone = {channel: 'C0OPSINC', id: '1.0'}
    const notice = aNotice({state: 'resolved', createdAt: new Date().toISOString()})
    const edited = await bot().edit(gone, notice)
    expect(edited).toMatchObject({kind: 'delivered', note: {why: 'newRoot'}, isNewRoot: true})
    // As after a kill before that was noted.
    expect(await bot().edit(gone, notice)).toEqual(edited)
    expect(slack.posts).toHaveLength(1)
  })

  it.each([
    ['a wrong token', {token: 'xoxb-0-0-wrong'}, 'Slack refused it (invalid_auth): check the token'],
    [
      'an unknown channel',
      {channel: '#nowhere'},
      'Slack refused it (channel_not_found): is there a #nowhere, and is the bot in it?',
    ],
  ])('is rejected for %s, and says what to do', async (_name, options, reason) => {
    expect(inWords(await bot(options).send(aNotice(), null))).toEqual({kind: 'rejected', reason})
    expect(slack.requests).toHaveLength(1)
  })

  it('passes on how long Slack asks to wait, without waiting', async () => {
    slack.trouble({kind: 'rateLimited', seconds: 30})
    const sent = inWords(await bot().send(aNotice(), null))
    expect(sent).toMatchObject({kind: 'failed', reason: 'Slack asks to slow down', retryAfterSeconds: 30})
    expect(slack.requests).toHaveLength(1)
  })

  it('gets over one hiccup by itself, once it has seen that nothing arrived', async () => {
    slack.trouble({kind: 'status', status: 503})
    expect(inWords(await bot().send(aNotice(), null))).toMatchObject({kind: 'delivered'})
    expect(slack.posts).toHaveLength(1)
    expect(slack.requests).toContain('POST /api/conversations.history')
  })

  it.each<[string, SlackTrouble]>([
    ['503', {kind: 'status', status: 503}],
    ['internal_error', {kind: 'error', error: 'internal_error'}],
  ])('does not post twice what Slack took before it answered %s', async (_name, then) => {
    slack.trouble({kind: 'taken', then})
    const sent = inWords(await bot().send(aNotice(), null))
    expect(sent).toEqual({kind: 'delivered', message: {channel: 'C0OPSINC', id: slack.posts[0]?.ts}})
    expect(slack.posts).toHaveLength(1)
  })

  it.each<[string, SlackTrouble, string]>([
    ['answers errors', {kind: 'status', status: 500}, 'Slack answered HTTP 500'],
    ['is silent', {kind: 'silence'}, 'Slack did not answer in time'],
    ['answers junk', {kind: 'junk'}, 'Slack answered junk'],
    ['has trouble of its own', {kind: 'error', error: 'internal_error'}, 'Slack had trouble (internal_error)'],
    ['says ok and nothing else', {kind: 'answer', body: '{"ok":true}'}, 'Slack answered junk'],
    ['says where it is in numbers', {kind: 'answer', body: '{"ok":true,"channel":1,"ts":2}'}, 'Slack answered junk'],
    ['answers null', {kind: 'answer', body: 'null'}, 'Slack answered junk'],
    ['answers a list', {kind: 'answer', body: '[]'}, 'Slack answered junk'],
  ])('may have posted it when Slack %s: it is worth another look later', async (_name, trouble, reason) => {
    slack.trouble(trouble, trouble)
    const started = performance.now()
    const failed = {kind: 'failed', reason, retryAfterSeconds: null, mayHaveArrived: true}
    expect(inWords(await bot({timeoutSeconds: secondsFor(trouble)}).send(aNotice(), null))).toEqual(failed)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(slack.posts).toEqual([])
  })

  it('reads no answer that is far larger than any of Slack', async () => {
    slack.trouble({kind: 'answer', body: `"${'x'.repeat(20 * 1024 * 1024)}"`})
    const sent = inWords(await bot({timeoutSeconds: 20}).send(aNotice(), null))
    expect(sent).toMatchObject({kind: 'failed', reason: "Slack can't be reached", mayHaveArrived: true})
  })

  it.each<[string, SlackTrouble, string, number | null]>([
    ['limits without saying for how long', {kind: 'rateLimited', seconds: null}, 'Slack asks to slow down', null],
    ['limits by a word', {kind: 'rateLimited', seconds: 'soon'}, 'Slack asks to slow down', null],
    ['limits by less than nothing', {kind: 'rateLimited', seconds: -5}, 'Slack asks to slow down', null],
    ['limits for ages', {kind: 'rateLimited', seconds: '99999999999999999'}, 'Slack asks to slow down', 1e17],
    ['is away', {kind: 'error', error: 'service_unavailable'}, 'Slack had trouble (service_unavailable)', null],
    ['is behind a proxy that refuses', {kind: 'status', status: 403}, 'Slack answered HTTP 403', null],
  ])('has surely not posted it when Slack %s', async (_name, trouble, reason, retryAfterSeconds) => {
    slack.trouble(trouble, trouble)
    const failed = {kind: 'failed', reason, retryAfterSeconds, mayHaveArrived: false}
    expect(inWords(await bot().send(aNotice(), null))).toEqual(failed)
  })

  it('is worth another try later when nothing listens there', async () => {
    await slack.close()
    const sent = inWords(await bot().send(aNotice(), null))
    const reason = "Slack can't be reached (ECONNREFUSED)"
    expect(sent).toEqual({kind: 'failed', reason, retryAfterSeconds: null, mayHaveArrived: false})
  })
})

describe('a Slack bot that looks for a notice', () => {
  const LOST = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA7', thread: null})
  const since = (): string => new Date(Date.now() - 5000).toISOString()

  it('finds it by its metadata, many messages back, in a channel that it knows by name only', async () => {
    slack.trouble({kind: 'taken', then: {kind: 'silence'}})
    const hasty = bot({timeoutSeconds: 0.4})
    expect(inWords(await hasty.send(LOST, null))).toMatchObject({kind: 'failed', mayHaveArrived: true})
    for (let count = 0; count < 5; count += 1) await bot().send(aNotice({id: `other${String(count)}`}), null)
    const seen = inWords(await looking(bot())(LOST, null, since()))
    expect(seen).toEqual({kind: 'found', message: {channel: 'C0OPSINC', id: slack.posts[0]?.ts}})
  })

  it('finds it in the thread, or as a message of its own beside the thread', async () => {
    const root = await bot().send(aNotice(), null)
    if (root.kind !== 'delivered' || root.message === null) throw new Error('no root')
    const reply = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA8'})
    await bot().send(reply, root.message)
    await bot().send(LOST, null)
    for (const [notice, index] of [
      [reply, 1],
      [LOST, 2],
    ] as const) {
      const seen = inWords(await looking(bot())(notice, root.message, since()))
      expect(seen).toMatchObject({kind: 'found', message: {id: slack.posts[index]?.ts}})
    }
  })

  it('does not take the word of a message that only looks like it', async () => {
    const {chat} = new WebClient(slack.token, {slackApiUrl: slack.apiUrl})
    const forged = {event_type: 'other', event_payload: {notice_id: LOST.id}}
    await chat.postMessage({channel: '#ops-incidents', text: LOST.id, metadata: forged})
    expect(inWords(await looking(bot())(LOST, null, since()))).toEqual({kind: 'absent'})
  })

  it.each([
    ['channels:history', 'C0OPSINC'],
    ['channels:read', '#ops-incidents'],
  ])('says what to do where it may not look, without %s', async (scope, channel) => {
    slack.scopes.delete(scope)
    expect(inWords(await looking(bot({channel}))(LOST, null, since()))).toEqual({
      kind: 'blind',
      reason: `Slack may have taken it, and cannot be asked (the bot lacks channels:history, channels:read): look in ${channel}`,
    })
  })

  it('does not know in a channel with more messages than it reads', async () => {
    for (let count = 0; count < 25; count += 1) await bot().send(aNotice({id: `other${String(count)}`}), null)
    expect(inWords(await looking(bot())(LOST, null, since()))).toMatchObject({kind: 'blind'})
    expect(slack.requests.filter((request) => request.endsWith('history'))).toHaveLength(10)
  })

  it.each<SlackTrouble>([
    {kind: 'silence'},
    {kind: 'junk'},
    {kind: 'rateLimited', seconds: 7},
    {kind: 'status', status: 500},
    {kind: 'answer', body: 'null'},
  ])('never takes for absent what it did not see: %o', async (then) => {
    slack.trouble({kind: 'for', method: 'conversations.history', then})
    const looks = bot({channel: 'C0OPSINC', timeoutSeconds: secondsFor(then)})
    expect(inWords(await looking(looks)(LOST, null, since()))).toMatchObject({kind: 'unseen'})
  })
})

describe('what a channel says of itself', () => {
  it('is who the bot is', async () => {
    expect(inWords(await bot().probe())).toEqual({
      kind: 'ok',
      detail: 'Slack knows the token (faci in Ops), posts to #ops-incidents',
    })
    expect(slack.posts).toEqual([])
  })

  it.each([
    ['chat:write', {kind: 'rejected', reason: 'the token may not post: it lacks the scope chat:write'}],
    ['channels:history', {kind: 'lacking', next: 'add the scopes to the Slack app and reinstall it'}],
  ])('is what it lacks without %s', async (scope, probe) => {
    slack.scopes.delete(scope)
    expect(inWords(await bot().probe())).toMatchObject(probe)
  })

  it('is that the token is none', async () => {
    const probe = inWords(await bot({token: 'xoxb-0-0-wrong'}).probe())
    expect(probe).toEqual({kind: 'rejected', reason: 'Slack refused it (invalid_auth): check the token'})
  })

  it('is unknown while Slack is away', async () => {
    await slack.close()
    expect(inWords(await bot().probe())).toEqual({kind: 'failed', reason: "Slack can't be reached (ECONNREFUSED)"})
  })

  it('is nothing for a webhook, which takes posts alone', async () => {
    expect(inWords(await webhook().probe())).toMatchObject({kind: 'untried'})
    expect(slack.requests).toEqual([])
  })

  it('is why it reaches nobody, for a chat without a token', async () => {
    const options = {channel: 'slack', reference: 'env:TOKEN', show: () => Promise.resolve()}
    const rejected = {kind: 'rejected', reason: 'env:TOKEN has no value'}
    expect(inWords(await absentNotifier(options).probe())).toEqual(rejected)
    const why = {why: 'noSecret', reference: 'env:TOKEN'} as const
    expect(absentNotifier(options).reach).toEqual({kind: 'nobody', why})
    // Whoever sends all the same is not told that it is delivered.
    expect(await absentNotifier(options).send(aNotice(), null)).toEqual({kind: 'rejected', reason: why})
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
    expect(inWords(await make().send(aNotice(), null))).toEqual({kind: 'rejected', reason})
  })

  it.each<[SlackTrouble, string, boolean]>([
    [{kind: 'status', status: 500}, 'Slack answered HTTP 500', true],
    [{kind: 'rateLimited', seconds: 5}, 'Slack answered HTTP 429', false],
    [{kind: 'silence'}, 'Slack did not answer in time', true],
    [{kind: 'junk'}, 'Slack answered junk', true],
  ])('posts once, and says what it knows, after %o', async (trouble, reason, mayHaveArrived) => {
    slack.trouble({kind: 'taken', then: trouble})
    const posting = webhook(slack.webhookUrl, secondsFor(trouble))
    expect(inWords(await posting.send(aNotice(), null))).toEqual({
      ...{kind: 'failed', reason, retryAfterSeconds: null, mayHaveArrived},
    })
    expect(slack.posts).toHaveLength(1)
    expect(inWords(await looking(webhook())(aNotice(), null, ''))).toMatchObject({kind: 'blind'})
  })

  it('names no URL when nothing listens there', async () => {
    await slack.close()
    const sent = inWords(await webhook().send(aNotice(), null))
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
      // Not among its arguments: other tests look through those of all processes for a token.
      spawn(process.execPath, [flusher, directory, slack.apiUrl, start], {
        ...{stdio: 'inherit', env: {...process.env, SLACK_TOKEN: slack.token}},
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
