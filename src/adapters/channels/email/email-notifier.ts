import type {createTransport} from 'nodemailer'
import type {MessageReference, Notice} from '../../../domain/notices/notice.js'
import type {Audience} from '../../../domain/notices/notice-words.js'
import type {ChannelProbe, Delivery, Notifier} from '../../../ports/notifier.js'
import {mailFailure, refusal, refusedOf} from './mail-failure.js'
import {mailId, mailMessage} from './mail-message.js'
import {mailProxy} from './mail-proxy.js'
import {serverName, type SmtpServer, smtpServer} from './smtp-server.js'
import {deadline} from '../../deadline/deadline.js'

export interface EmailNotifierOptions extends Audience {
  /** `email`, or that of a list. */
  readonly channel: string
  /** A secret: `smtp://USER:PASSWORD@HOST:587`. */
  readonly url: string
  /** Where it is kept, for messages. */
  readonly reference: string
  readonly from: string
  readonly to: readonly string[]
  /** Of the longest silence of the server. */
  readonly silenceSeconds?: number
  /** Of all of it. */
  readonly timeoutSeconds?: number
}

const SILENCE_SECONDS = 5
const TIMEOUT_SECONDS = 15
const MILLISECONDS = 1000

type Transport = ReturnType<typeof createTransport>

async function transportTo(server: SmtpServer, {silenceSeconds = SILENCE_SECONDS}: EmailNotifierOptions) {
  const {createTransport: create} = await import('nodemailer')
  const {host, port, encryption, login} = server
  const silence = silenceSeconds * MILLISECONDS
  const proxy = mailProxy(server, silence)
  const transport = create({
    ...{host, port, secure: encryption === 'implicit'},
    ...{requireTLS: encryption === 'startTls', ignoreTLS: encryption === 'none'},
    ...(login === null ? {} : {auth: {user: login.user, pass: login.password}}),
    ...{connectionTimeout: silence, greetingTimeout: silence, dnsTimeout: silence, socketTimeout: silence},
    ...{disableFileAccess: true, disableUrlAccess: true},
    ...(proxy === null ? {} : {proxy: 'faci://'}),
  })
  if (proxy !== null) transport.set('proxy_handler_faci', proxy)
  return transport
}

/** Notes when the whole of a mail has been handed on: from then on the server may have taken it, whatever it says of it. */
function watched(transport: Transport): {readonly wasGiven: () => boolean} {
  let given = false
  transport.use('stream', (mail, next) => {
    mail.message.processFunc((content) => {
      content.once('end', () => {
        given = true
      })
      return content
    })
    next()
  })
  return {wasGiven: () => given}
}

interface Mail {
  readonly server: SmtpServer
  readonly notice: Notice
  readonly root: MessageReference | null
  readonly to: readonly string[]
}

async function send(options: EmailNotifierOptions, {server, notice, root, to}: Mail): Promise<Delivery> {
  const service = serverName(server)
  const transport = await transportTo(server, options)
  const {wasGiven} = watched(transport)
  const {thread, references, inReplyTo, ...mail} = mailMessage({notice, root, from: options.from}, options)
  const signal = deadline(options.timeoutSeconds ?? TIMEOUT_SECONDS)
  const message = {channel: thread, id: mail.messageId}
  try {
    const sent = await transport.sendMail({
      ...mail,
      ...{from: options.from, to: [...to], references: [...references], signal},
      ...(inReplyTo === null ? {} : {inReplyTo}),
      date: new Date(notice.createdAt),
    })
    const refused = refusedOf(sent.rejectedErrors ?? [])
    if (refused.length === 0) return {kind: 'delivered', message}
    return {...refusal(service, refused, true), partly: {message, remaining: refused.map(({address}) => address)}}
  } catch (error) {
    return mailFailure(error, service, wasGiven())
  } finally {
    transport.close()
  }
}

/** Whoever is paged, at their own address; the list too where somebody has none. */
function recipients({paged = []}: Notice, list: readonly string[]): readonly string[] {
  const own = paged.flatMap(({email}) => email ?? [])
  return [...new Set(own.length === 0 || own.length < paged.length ? [...own, ...list] : own)]
}

async function probe(options: EmailNotifierOptions, server: SmtpServer): Promise<ChannelProbe> {
  const service = serverName(server)
  const transport = await transportTo(server, options)
  try {
    await transport.verify()
    const login = server.login === null ? '' : ` and knows ${server.login.user}`
    return {kind: 'ok', detail: `${service} answers${login}, mail goes to ${options.to.join(', ')}`}
  } catch (error) {
    const {kind, reason} = mailFailure(error, service, false)
    return {kind, reason}
  } finally {
    transport.close()
  }
}

/** Mails of one thread for each thread of notices. None can be looked for or changed: the same mail sent again has the same id. */
export function emailNotifier(options: EmailNotifierOptions): Notifier {
  const server = smtpServer(options.url)
  const unfit = {why: 'unfitSecret', reference: options.reference, expected: 'smtpUrl'} as const
  const rejected = Promise.resolve({kind: 'rejected', reason: unfit} as const)
  return {
    channel: options.channel,
    threaded: true,
    reach: {kind: 'people'},
    repeat: 'safe',
    send: (notice, root, remaining) => {
      if (server === null) return rejected
      const first = root?.id === mailId(notice, options.from) ? null : root
      return send(options, {server, notice, root: first, to: remaining ?? recipients(notice, options.to)})
    },
    // The reply has said how it ended.
    edit: (root) => Promise.resolve({kind: 'delivered', message: root}),
    probe: () => (server === null ? rejected : probe(options, server)),
  }
}
