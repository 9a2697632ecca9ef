import type {DeliveryNote, Mend, NoticeReason, TlsProblem, Undelivered} from '../../../domain/notices/undelivered.js'
import {worded, type WordsFor} from '../worded.js'

function mendText(mend: Mend): string {
  switch (mend.look) {
    case 'token':
      return 'check the token'
    case 'webhook':
      return 'check the webhook'
    case 'routingKey':
      return 'check the routing key'
    case 'login':
      return 'check user and password'
    case 'sender':
      return 'may this account send as `from`?'
    case 'signature':
      return 'check the secret'
    case 'receiver':
      return 'it wants no more notices: take it out of faci.yml'
    case 'channel':
      return `is there a ${mend.channel}, and is the bot in it?`
    case 'invitation':
      return `invite the bot to ${mend.channel}`
  }
}

type UndeliveredOf<W extends Undelivered['why']> = Extract<Undelivered, {readonly why: W}>

/** Node's own variable, which every connection obeys. */
const TRUST = 'export NODE_EXTRA_CA_CERTS=/path/to/ca.pem'

function perhapsTaken({service, channel, reason, isWorthALook}: UndeliveredOf<'perhapsTaken'>): string {
  const unsure = `${service} may have taken it`
  if (reason === null) return `${unsure}, and a webhook cannot be asked: look in the channel`
  if (reason.why === 'notFound') return `${unsure}, and it is not to be found in ${channel}: look there`
  const why = reason.why === 'lacksScopes' ? `the bot lacks ${reason.scopes.join(', ')}` : undeliveredText(reason)
  return isWorthALook ? `${unsure}; ${why}` : `${unsure}, and cannot be asked (${why}): look in ${channel}`
}

const UNTRUSTED: Readonly<Record<TlsProblem, (service: string) => string>> = {
  expired: (service) => `the certificate of ${service} has expired: have it renewed`,
  notYetValid: (service) => `the certificate of ${service} is not valid yet: check the clock of this machine`,
  selfSigned: (service) => `the certificate of ${service} is self-signed: ${TRUST}`,
  unknownIssuer: (service) => `the certificate of ${service} is from an unknown issuer: ${TRUST}`,
  revoked: (service) => `the certificate of ${service} has been revoked: have it replaced`,
  wrongName: (service) => `the certificate of ${service} is for another host: write the host that it names`,
  noTls: (service) => `${service} does not speak TLS: check scheme and port`,
  noStartTls: (service) =>
    `${service} offers no STARTTLS, and nothing is sent in the clear: write smtps://, or add ?tls=never to allow it`,
  broken: (service) => `no secure connection to ${service} came about: check scheme and port`,
}

const EXPECTED = {
  smtpUrl: 'smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST',
  webhookUrl: 'https://HOST/PATH',
  webhookSecret: 'whsec_ and 24 to 64 bytes in base64',
} as const

function refusedRecipients({service, refused, othersHaveIt}: UndeliveredOf<'recipientsRefused'>): string {
  const who = refused.map(({address, code}) => `${address} (${code})`).join(', ')
  return `${service} refused ${who}${othersHaveIt ? '; everybody else has it' : ''}`
}

function viaProxy({service, proxy, problem, code}: UndeliveredOf<'viaProxy'>): string {
  switch (problem) {
    case 'refused':
      return `the proxy ${proxy} refused to connect to ${service} (${code ?? 'no reason'})${code === '407' ? ': check user and password of the proxy' : ''}`
    case 'unreachable':
      return `the proxy ${proxy} can't be reached${code === null ? '' : ` (${code})`}, so ${service} can't either`
    case 'silent':
      return `the proxy ${proxy} did not answer in time, so ${service} can't be reached`
    case 'unfit':
      return `${proxy} is no address of a proxy: write http://HOST:PORT to it`
  }
}

const UNDELIVERED: WordsFor<Undelivered> = {
  asksToWait: ({service}) => `${service} asks to slow down`,
  notAnswered: ({service}) => `${service} did not answer in time`,
  otherRoutingKey: ({service}) =>
    `the routing key has changed since the page was sent, and ${service} would drop this without a word: do it in ${service}`,
  junk: ({service}) => `${service} answered junk`,
  unreachable: ({service, code}) => `${service} can't be reached${code === null ? '' : ` (${code})`}`,
  httpStatus: ({service, status}) => `${service} answered HTTP ${String(status ?? 'without a status')}`,
  trouble: ({service, code}) => `${service} had trouble (${code})`,
  refused: ({service, code, mend}) => `${service} refused it (${code})${mend === null ? '' : `: ${mendText(mend)}`}`,
  mayNotPost: ({scope}) => `the token may not post: it lacks the scope ${scope}`,
  notEditable: ({what}) =>
    what === 'webhook' ? "A webhook's messages can't be edited" : "What was shown can't be edited",
  recipientsRefused: refusedRecipients,
  viaProxy,
  untrusted: ({service, problem}) => UNTRUSTED[problem](service),
  unfitSecret: ({reference, expected}) => `${reference} is not what is needed: write ${EXPECTED[expected]} to it`,
  perhapsTaken,
  noSuchChannel: ({channel}) => `${channel} is not configured under notices:`,
  noSecret: ({reference}) => `${reference} has no value`,
  busy: 'another faci is sending to this channel',
  notTried: 'not tried yet',
  givenUp: 'given up with faci notify drop',
  fileUnreadable: 'its file in the outbox cannot be read any more',
  fileGone: 'its file is gone from the outbox',
  threw: ({name}) => `an unexpected error (${name})`,
  error: ({text}) => text,
  told: ({text}) => text,
  triedOften: ({attempts, last}) => `${undeliveredText(last)}; given up after ${String(attempts)} attempts`,
  afterEarlier: ({earlier}) => `an earlier notice of the same thread has to arrive first (${earlier})`,
  tryLater: ({nextTryAt, last}) => `${undeliveredText(last)}; next try after ${nextTryAt}`,
  held: ({by, until}) => `held until ${until} (${by === 'quiet' ? 'quiet hours' : 'notices.limit'})`,
  fellBack: ({channel, isThere, last}) =>
    `${undeliveredText(last)}; ${isThere ? `sent to ${channel} instead` : `the fallback ${channel} has not taken it either`}`,
  neitherKept: ({reason, problem}) => `${undeliveredText(reason)}; ${undeliveredText(problem)}`,
}

const NOTE: WordsFor<DeliveryNote> = {
  shown: 'shown here',
  onlyShown: 'no channel configured: notice shown here only (to set one up: faci doctor)',
  sentAgain: 'sent again, marked as what may be a repeat: the first sending was not answered',
  queued: ({service}) => `queued by ${service}`,
  queuedAnew: ({service}) =>
    `queued by ${service} under a new routing key; a page that was sent under the old one stays as it is`,
  noPage: ({service}) => `queued by ${service}, which drops it: no page of it was sent from here`,
  pageEnded: ({service}) => `not sent to ${service}, where the page has ended: it would page again`,
  pageShared: ({service}) =>
    `the page in ${service} is left open: other alerts of its group still fire, and Alertmanager ends it when they stop`,
  pageUnsure: ({service}) =>
    `the page in ${service} is left open: Alertmanager does not say whether other alerts of its group still fire; if none does, resolve it in ${service}`,
  notAdded: ({service}) =>
    `not sent to ${service}: the page is Alertmanager's and ends with its alert, after which this would page again`,
  newRoot: 'posted as a new message, since the first one of its thread is gone; later notices answer the new one',
  shownInstead: ({reference}) => `${reference} has no value: notice shown here only`,
  notRecorded: ({problem}) => `sent, but that could not be recorded: ${undeliveredText(problem)}`,
  notKept: ({note, problem}) =>
    `${note === null ? 'sent' : deliveryNoteText(note)}, but no record was kept: ${undeliveredText(problem)}`,
}

export function undeliveredText(reason: Undelivered): string {
  return worded(UNDELIVERED, reason)
}

/** Of a notice, delivered or not. */
export function noticeReasonText(reason: NoticeReason): string {
  return worded({...UNDELIVERED, ...NOTE}, reason)
}

function deliveryNoteText(note: DeliveryNote): string {
  return worded(NOTE, note)
}
