import fc from 'fast-check'
import {Webhook} from 'standardwebhooks'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {retryAfterSeconds} from '../../src/adapters/channels/webhook/retry-after.js'
import {signatureHeaders, signingKey} from '../../src/adapters/channels/webhook/signature.js'
import {webhookNotifier} from '../../src/adapters/channels/webhook/webhook-notifier.js'
import type {Notifier} from '../../src/ports/notifier.js'
import {aNotice} from '../support/builders/notice.js'
import {type Answer, type ReceiverServer, receiverServer} from '../support/servers/receiver.js'
import {inWords} from '../support/worded-reason.js'

const SECRET = `whsec_${Buffer.from('a key of thirty-two bytes, as is').toString('base64')}`
const NOTICE = aNotice({
  channel: 'webhook',
  incident: {
    ...{id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', handle: 'INC-7', subject: 'API down'},
    ...{priority: 'P0', reopenings: 1, step: 'reopened'},
  },
})

let receiver: ReceiverServer
beforeEach(async () => {
  receiver = await receiverServer()
})
afterEach(() => receiver.close())

function notifier(overrides: {url?: string; secret?: string; timeoutSeconds?: number} = {}): Notifier {
  const references = {urlReference: 'env:NOTICE_WEBHOOK_URL', secretReference: 'env:KEY'}
  return webhookNotifier({url: receiver.url, secret: SECRET, ...references, timeoutSeconds: 30, ...overrides})
}

const where = (): string => new URL(receiver.url).host
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end('k3y says no')
  }

describe('a webhook', () => {
  it('is signed, as the library of Standard Webhooks checks it', async () => {
    expect(await notifier().send(NOTICE, null)).toEqual({kind: 'delivered', message: null})
    const [call] = receiver.calls
    expect(call?.headers['webhook-id']).toBe(NOTICE.id)
    expect(() => new Webhook(SECRET).verify(call?.body ?? '', call?.headers ?? {})).not.toThrow()
    expect(() => new Webhook(SECRET).verify(`${call?.body ?? ''} `, call?.headers ?? {})).toThrow()
  })

  it('says what the notice says, under a name that pins the shape', async () => {
    await notifier().send(NOTICE, null)
    expect(receiver.calls[0]?.headers['content-type']).toBe('application/json')
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toEqual({
      schema: 'faci.notice-webhook/v1',
      id: '01ARZ3NDEKTSV4RRFFQ69G5FA1',
      createdAt: '2026-11-23T06:12:04.000Z',
      thread: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      severity: 'critical',
      state: 'started',
      title: 'API down',
      body: 'The **API** is in progress.',
      facts: [{name: 'Runbook', value: 'api-down'}],
      service: 'faciliauto',
      environment: 'staging',
      operator: 'ana',
      host: 'laptop',
      incident: {
        id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        handle: 'INC-7',
        subject: 'API down',
        priority: 'P0',
        reopenings: 1,
        step: 'reopened',
      },
    })
  })

  it('carries any title as text', async () => {
    const title = ']]><script>…\u001B[31m<!channel>|\r\n\uD800'
    await notifier().send(aNotice({title, incident: null}), null)
    const parsed = JSON.parse(receiver.calls[0]?.body ?? '') as {readonly title: string}
    expect(parsed).toMatchObject({title: title.slice(0, -1) + '\uD800', incident: null})
    expect(receiver.calls[0]?.body).not.toContain('\u001B')
  })

  it('is the same call again but for the time of its signature', async () => {
    await notifier().send(NOTICE, null)
    await notifier().send(NOTICE, null)
    const [first, second] = receiver.calls
    expect([second?.body, second?.headers['webhook-id']]).toEqual([first?.body, first?.headers['webhook-id']])
    expect(notifier().repeat).toBe('safe')
  })

  it.each([500, 502, 503, 504])('that answers %s has failed and may have it', async (code) => {
    receiver.answerNext(status(code))
    const reason = `${where()} answered HTTP ${String(code)}`
    const failed = {kind: 'failed', reason, retryAfterSeconds: null, mayHaveArrived: true}
    expect(inWords(await notifier().send(NOTICE, null))).toEqual(failed)
  })

  it.each([408, 425])('that answers %s is worth another try', async (code) => {
    receiver.answerNext(status(code))
    expect(await notifier().send(NOTICE, null)).toMatchObject({kind: 'failed', mayHaveArrived: false})
  })

  it.each([
    ['seconds', '30', 30],
    ['nothing', undefined, null],
    ['junk', 'soon', null],
  ])('that asks to slow down by %s is waited for', async (_name, value, seconds) => {
    receiver.answerNext(status(429, value === undefined ? {} : {'Retry-After': value}))
    const failed = {kind: 'failed', reason: `${where()} asks to slow down`, retryAfterSeconds: seconds}
    expect(inWords(await notifier().send(NOTICE, null))).toEqual({...failed, mayHaveArrived: false})
  })

  it.each([
    [400, 'check the webhook'],
    [401, 'check the secret'],
    [403, 'check the secret'],
    [404, 'check the webhook'],
    [410, 'it wants no more notices: take it out of faci.yml'],
    [413, 'check the webhook'],
  ])('that answers %s has refused it for good', async (code, mend) => {
    receiver.answerNext(status(code))
    const reason = `${where()} refused it (HTTP ${String(code)}): ${mend}`
    expect(inWords(await notifier().send(NOTICE, null))).toEqual({kind: 'rejected', reason})
  })

  it.each([301, 302, 307, 308])('that answers %s is not followed', async (code) => {
    receiver.answerNext(status(code, {Location: receiver.url}))
    expect(await notifier().send(NOTICE, null)).toMatchObject({kind: 'rejected'})
    expect(receiver.calls).toHaveLength(1)
  })

  it.each<[string, Answer, string]>([
    ['is silent', () => undefined, 'notAnswered'],
    ['hangs up after it has all of it', (_response, {socket}) => void socket.resetAndDestroy(), 'unreachable'],
  ])('that %s may have it', async (_name, answer, why) => {
    receiver.answerNext(answer)
    const hasty = notifier({timeoutSeconds: why === 'notAnswered' ? 0.5 : 30})
    expect(await hasty.send(NOTICE, null)).toMatchObject({kind: 'failed', reason: {why}, mayHaveArrived: true})
  })

  it('that answers without end has answered', async () => {
    receiver.answerNext((response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(64 * 1024)), 5)
      response.once('close', () => clearInterval(timer))
    })
    expect(await notifier().send(NOTICE, null)).toMatchObject({kind: 'delivered'})
  })

  it('that is not there has seen nothing', async () => {
    await receiver.close()
    const reason = `${where()} can't be reached (ECONNREFUSED)`
    const failed = {kind: 'failed', reason, retryAfterSeconds: null, mayHaveArrived: false}
    expect(inWords(await notifier().send(NOTICE, null))).toEqual(failed)
    receiver = await receiverServer()
  })

  it('that speaks no TLS is named', async () => {
    const delivery = inWords(await notifier({url: receiver.url.replace('http:', 'https:')}).send(NOTICE, null))
    expect(delivery).toMatchObject({kind: 'failed', mayHaveArrived: false})
    expect(delivery.reason).toContain('does not speak TLS')
  })

  it('can only be tried by posting', async () => {
    expect(await notifier().probe()).toMatchObject({kind: 'untried'})
    expect(receiver.calls).toEqual([])
  })

  it.each([
    [
      {url: 'http://hooks.example.com/x'},
      'env:NOTICE_WEBHOOK_URL is not what is needed: write https://HOST/PATH to it',
    ],
    [{url: 'nonsense'}, 'env:NOTICE_WEBHOOK_URL is not what is needed: write https://HOST/PATH to it'],
    [{secret: 'plain'}, 'env:KEY is not what is needed: write whsec_ and 24 to 64 bytes in base64 to it'],
    [{secret: 'whsec_c2hvcnQ='}, 'env:KEY is not what is needed: write whsec_ and 24 to 64 bytes in base64 to it'],
  ])('is not called with %o', async (overrides, reason) => {
    expect(inWords(await notifier(overrides).send(NOTICE, null))).toEqual({kind: 'rejected', reason})
    expect(inWords(await notifier(overrides).probe())).toEqual({kind: 'rejected', reason})
  })
})

describe('a signature', () => {
  it('is what the library makes of any key, id, time and body', () => {
    const keys = fc.uint8Array({minLength: 24, maxLength: 64})
    const now = fc.integer({min: 0, max: 4_000_000_000})
    fc.assert(
      fc.property(keys, fc.uuid(), now, fc.string({unit: 'grapheme'}), (bytes, id, seconds, body) => {
        const secret = `whsec_${Buffer.from(bytes).toString('base64')}`
        const own = signatureHeaders(signingKey(secret) ?? Buffer.alloc(0), {id, seconds, body})
        expect(own['webhook-signature']).toBe(new Webhook(secret).sign(id, new Date(seconds * 1000), body))
      }),
    )
  })
})

describe('Retry-After', () => {
  it('is seconds, or a date, and never less than nothing', () => {
    const now = new Date('2026-11-23T06:00:00.000Z')
    fc.assert(
      fc.property(fc.integer({min: 0, max: 1_000_000}), (seconds) => {
        expect(retryAfterSeconds(String(seconds), now)).toBe(seconds)
        const date = new Date(now.getTime() + seconds * 1000).toUTCString()
        expect(retryAfterSeconds(date, now)).toBe(seconds)
      }),
    )
    expect(retryAfterSeconds('Mon, 23 Nov 2020 06:00:00 GMT', now)).toBe(0)
    for (const value of [undefined, '', '-5', '1.5', 'Soon', 'Mon, 99 Xyz', '9'.repeat(40)])
      expect(retryAfterSeconds(value, now)).toBeNull()
  })
})
