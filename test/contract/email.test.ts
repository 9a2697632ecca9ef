import type {Socket} from 'node:net'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {emailNotifier} from '../../src/adapters/channels/email/email-notifier.js'
import type {MessageReference, Notice, NoticeIncident} from '../../src/domain/notices/notice.js'
import type {Notifier} from '../../src/ports/notifier.js'
import {ENGLISH} from '../../src/render/words/words.js'
import {aNotice} from '../support/builders/notice.js'
import {MAIL_USER, type MailServer, mailServer, type ScriptedServer, scriptedServer} from '../support/servers/mail.js'
import {inWords} from '../support/worded-reason.js'

const INCIDENT: NoticeIncident = {
  ...{id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', handle: 'INC-7', subject: 'API down'},
  ...{priority: 'P0', reopenings: 0, step: 'opened'},
}
const FIRST = aNotice({channel: 'email', incident: INCIDENT})
const REPLY: Notice = {...FIRST, id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', state: 'resolved', title: 'API is back'}
const LOST = {retryAfterSeconds: null, mayHaveArrived: false} as const

let mail: MailServer
beforeEach(async () => {
  mail = await mailServer()
})
afterEach(() => mail.close())

interface Options {
  readonly url?: string
  readonly to?: readonly string[]
  readonly timeoutSeconds?: number
  readonly silenceSeconds?: number
}

function notifier({url = `smtp://127.0.0.1:${String(mail.port)}`, ...options}: Options = {}): Notifier {
  const people = {words: ENGLISH.notice, timezone: 'UTC', to: ['ana@x.test', 'bia@x.test']}
  const own = {channel: 'email', reference: 'env:SMTP_URL', from: 'Ops <ops@x.test>', silenceSeconds: 30}
  return emailNotifier({...own, ...people, url, ...options})
}

async function sent(notice: Notice, root: MessageReference | null = null): Promise<MessageReference> {
  const delivery = await notifier().send(notice, root)
  if (delivery.kind !== 'delivered' || delivery.message === null) throw new Error(JSON.stringify(inWords(delivery)))
  return delivery.message
}

describe('a mail that pages', () => {
  const person = (name: string, email: string | null) => ({name, email, slack: null, pagerduty: null})

  it.each([
    {paged: [person('Caio', 'caio@x.test')], to: ['caio@x.test']},
    {paged: [person('Caio', 'caio@x.test'), person('Davi', null)], to: ['caio@x.test', 'ana@x.test', 'bia@x.test']},
    {paged: [], to: ['ana@x.test', 'bia@x.test']},
  ])('goes to their own address, and to the list where somebody has none', async ({paged, to}) => {
    await sent({...FIRST, paged})
    expect(mail.mails.at(-1)?.to).toEqual(to)
  })
})

describe('a mail', () => {
  it('says in text and HTML what the notice says, and how it stands in a header too', async () => {
    await sent(FIRST)
    expect(mail.mails.map(({to}) => to)).toEqual([['ana@x.test', 'bia@x.test']])
    const {subject, text, html, headers, from, date} = mail.mails[0]?.parsed ?? {}
    expect(subject).toBe('[INC-7] API down')
    expect(from?.text).toBe('"Ops" <ops@x.test>')
    expect(date?.toISOString()).toBe(FIRST.createdAt)
    for (const part of ['In progress: API down', 'Critical', 'api-down', 'ana@laptop', 'staging']) {
      expect(text).toContain(part)
      expect(html).toContain(part)
    }
    expect(html).toContain('The <strong>API</strong> is in progress.')
    expect(headers?.get('x-faci-state')).toBe('started')
    expect(headers?.get('x-faci-incident')).toBe('INC-7')
    expect(headers?.get('auto-submitted')).toBe('auto-generated')
  })

  it('is of one thread with all of its incident: same subject, in reply to the first and never to the last', async () => {
    const root = await sent(FIRST)
    await sent({...REPLY, id: '01ARZ3NDEKTSV4RRFFQ69G5FA3', state: 'update'}, root)
    await sent(REPLY, root)
    const [first, ...replies] = mail.mails.map(({parsed}) => parsed)
    expect(first?.messageId).toBe(root.id)
    expect(first?.inReplyTo).toBeUndefined()
    for (const {subject, inReplyTo, references, messageId} of replies) {
      expect(subject).toBe('Re: [INC-7] API down')
      expect(inReplyTo).toBe(root.id)
      expect(references).toEqual([first?.references, root.id].flat())
      expect(messageId).not.toBe(root.id)
    }
  })

  it('of a run is called as its first one', async () => {
    const root = await sent({...FIRST, incident: null})
    await sent({...REPLY, incident: null}, root)
    expect(mail.mails.map(({parsed}) => parsed.subject)).toEqual(['API down', 'Re: API down'])
  })

  it('has the same id when it is sent again, also where it is found to be the first of its thread', async () => {
    const root = await sent(FIRST)
    await sent(FIRST, root)
    const [once, again] = mail.mails.map(({parsed}) => parsed)
    expect([again?.messageId, again?.subject, again?.inReplyTo]).toEqual([once?.messageId, once?.subject, undefined])
    expect(notifier()).toMatchObject({repeat: 'safe'})
    expect(await notifier().edit(root, REPLY)).toEqual({kind: 'delivered', message: root})
  })

  it('is text where its title is made for every channel at once', async () => {
    const title = ']]><script>alert(1)</script>\u001B[31m<!channel>|\r\nBcc: eve@x.test'
    await sent({...FIRST, title, body: title, incident: {...INCIDENT, subject: title}})
    const {subject, html, headers} = mail.mails[0]?.parsed ?? {}
    expect(subject).toBe(String.raw`[INC-7] ]]><script>alert(1)</script>\x1b[31m<!channel>| Bcc: eve@x.test`)
    expect(headers?.has('bcc')).toBe(false)
    expect(mail.mails[0]?.to).toEqual(['ana@x.test', 'bia@x.test'])
    expect(html).not.toMatch(/<script|\u001B/)
  })

  it('of 64 KB is shortened, and says so', async () => {
    await sent({...FIRST, body: 'a line of text & more <of> it\n'.repeat(2200)})
    const [one] = mail.mails
    expect(one?.parsed.text).toContain('(shortened)')
    expect(one?.raw.length).toBeLessThan(100_000)
  })
})

describe('a mail of which recipients are refused', () => {
  it.each([
    [550, 'rejected'],
    [450, 'failed'],
  ])('with %s is partly sent, and sent again to these alone', async (code, kind) => {
    mail.refusals.set('bia@x.test', code)
    const first = await notifier().send(FIRST, null)
    const reason = `127.0.0.1:${String(mail.port)} refused bia@x.test (${String(code)}); everybody else has it`
    expect(inWords(first)).toMatchObject({kind, reason, partly: {remaining: ['bia@x.test']}})
    mail.refusals.clear()
    expect(await notifier().send(FIRST, null, ['bia@x.test'])).toMatchObject({kind: 'delivered'})
    expect(mail.mails.map(({to}) => to)).toEqual([['ana@x.test'], ['bia@x.test']])
    expect(new Set(mail.mails.map(({parsed}) => parsed.messageId)).size).toBe(1)
  })

  it('waits when one of them may be taken later', async () => {
    mail.refusals.set('bia@x.test', 550).set('ana@x.test', 451)
    const delivery = await notifier().send(FIRST, null)
    const reason = `127.0.0.1:${String(mail.port)} refused ana@x.test (451), bia@x.test (550)`
    expect(inWords(delivery)).toEqual({kind: 'failed', reason, ...LOST})
  })

  it('is refused for good when all of them are', async () => {
    mail.refusals.set('bia@x.test', 550).set('ana@x.test', 550)
    expect(await notifier().send(FIRST, null)).toMatchObject({kind: 'rejected'})
    expect(mail.mails).toEqual([])
  })
})

describe('a mail server', () => {
  const where = (): string => `127.0.0.1:${String(mail.port)}`

  it.each([421, 450, 451, 452])('that answers %s to the mail has it wait', async (code) => {
    mail.refuseNext(code)
    const reason = `${where()} had trouble (${String(code)})`
    expect(inWords(await notifier().send(FIRST, null))).toEqual({kind: 'failed', reason, ...LOST})
  })

  it.each([550, 552, 554])('that answers %s to the mail has it refused for good', async (code) => {
    mail.refuseNext(code)
    const reason = `${where()} refused it (${String(code)})`
    expect(inWords(await notifier().send(FIRST, null))).toEqual({kind: 'rejected', reason})
  })

  it('that does not take the password says so, to a probe too, without its words', async () => {
    const url = `smtp://faci:wrong-password@${where()}`
    const refused = {kind: 'rejected', reason: `${where()} refused it (535): check user and password`}
    expect(inWords(await notifier({url}).send(FIRST, null))).toEqual(refused)
    expect(inWords(await notifier({url}).probe())).toEqual(refused)
  })

  it('that knows the user tells a probe', async () => {
    const url = `smtp://${MAIL_USER.user}:${encodeURIComponent(MAIL_USER.password)}@${where()}`
    const detail = `${where()} answers and knows faci, mail goes to ana@x.test, bia@x.test`
    expect(await notifier({url}).probe()).toEqual({kind: 'ok', detail})
    expect(mail.mails).toEqual([])
  })

  it('with a certificate of its own making is not believed, and it is said what to type', async () => {
    const reason = `the certificate of ${where()} is self-signed: export NODE_EXTRA_CA_CERTS=/path/to/ca.pem`
    const url = `smtp://${where()}?tls=required`
    expect(inWords(await notifier({url}).send(FIRST, null))).toEqual({kind: 'failed', reason, ...LOST})
    expect(mail.mails).toEqual([])
  })

  it('without STARTTLS is told nothing in the clear unless somebody has said so', async () => {
    const plain = await mailServer({disabledCommands: ['STARTTLS']})
    const url = `smtp://faci:${encodeURIComponent(MAIL_USER.password)}@127.0.0.1:${String(plain.port)}?tls=`
    const delivery = inWords(await notifier({url: `${url}required`}).send(FIRST, null))
    expect(delivery).toMatchObject({kind: 'failed', mayHaveArrived: false})
    expect(delivery.reason).toMatch(/offers no STARTTLS.* \?tls=never/)
    await plain.close()
  })

  it('that speaks no TLS where it is expected is named', async () => {
    const delivery = inWords(await notifier({url: `smtps://${where()}`}).send(FIRST, null))
    expect(delivery).toMatchObject({kind: 'failed', mayHaveArrived: false})
    expect(delivery.reason).toContain(`${where()} does not speak TLS`)
  })

  it('that is not there has seen nothing', async () => {
    await mail.close()
    const reason = `${where()} can't be reached (ECONNREFUSED)`
    expect(inWords(await notifier().send(FIRST, null))).toEqual({kind: 'failed', reason, ...LOST})
    expect(inWords(await notifier().probe())).toEqual({kind: 'failed', reason})
    mail = await mailServer()
  })

  it.each(['mail.example.com', 'http://x', 'smtp://', 'smtp://h?tls=maybe', 'smtp://h/path', 'smtp://%zz@h'])(
    'that is written as %s is none',
    async (url) => {
      const reason =
        'env:SMTP_URL is not what is needed: write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST to it'
      expect(inWords(await notifier({url}).send(FIRST, null))).toEqual({kind: 'rejected', reason})
      expect(inWords(await notifier({url}).probe())).toEqual({kind: 'rejected', reason})
    },
  )
})

describe('a mail server that fails in the middle', () => {
  const DOT = '.'
  let server: ScriptedServer | null = null
  afterEach(() => server?.close())

  /** Goes well until a line, at which something else happens. */
  async function until(at: string, then: (socket: Socket) => string | null): Promise<Notifier> {
    let isData = false
    server = await scriptedServer('220 x', (line, socket) => {
      if (line.startsWith(at)) return then(socket)
      if (isData) return line === DOT ? '250 ok' : null
      if (line === 'DATA') {
        isData = true
        return '354 go'
      }
      return line.startsWith('EHLO') ? '250 x' : '250 ok'
    })
    return notifier({url: `smtp://127.0.0.1:${String(server.port)}`, timeoutSeconds: 3, silenceSeconds: 0.5})
  }

  const reset = (socket: Socket): null => {
    socket.resetAndDestroy()
    return null
  }
  const silence = (): null => null

  it.each(['EHLO', 'MAIL', 'RCPT', 'DATA'])('by a reset at %s has not got it', async (at) => {
    const delivery = await (await until(at, reset)).send(FIRST, null)
    expect(delivery).toMatchObject({kind: 'failed', reason: {why: 'unreachable'}, mayHaveArrived: false})
  })

  it.each(['EHLO', 'MAIL', 'RCPT', 'DATA'])('by silence at %s has not got it', async (at) => {
    const delivery = await (await until(at, silence)).send(FIRST, null)
    expect(delivery).toMatchObject({kind: 'failed', reason: {why: 'notAnswered'}, mayHaveArrived: false})
  })

  it.each([
    ['a reset', reset, 'unreachable'],
    ['silence', silence, 'notAnswered'],
  ])('by %s after the last dot may have got it: the same mail may be sent again', async (_name, then, why) => {
    const delivery = await (await until(DOT, then)).send(FIRST, null)
    expect(delivery).toMatchObject({kind: 'failed', reason: {why}, mayHaveArrived: true})
  })

  it('by never coming to an end has its time', async () => {
    const endless = await until('EHLO', (socket) => {
      const timer = setInterval(() => socket.write('250-more\r\n'), 100)
      socket.once('close', () => clearInterval(timer))
      return null
    })
    const started = performance.now()
    expect(await endless.send(FIRST, null)).toMatchObject({kind: 'failed', reason: {why: 'notAnswered'}})
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
