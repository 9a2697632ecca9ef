import type {NoticeReason} from '../../domain/notices/undelivered.js'
import {type Check, flag, listOf, nullable, number, oneOf, shape, text} from './shape.js'

const service = {service: text}
const nested: Check = (value) => isNoticeReason(value)
const unseen: Check = (value) => shape({why: oneOf('notFound')})(value) || scopes(value) || nested(value)
const scopes = shape({why: oneOf('lacksScopes'), scopes: listOf(text)})
const mend = shape({
  look: oneOf('token', 'webhook', 'channel', 'invitation', 'login', 'sender', 'signature', 'receiver', 'routingKey'),
})

const tlsProblem = oneOf(
  ...['expired', 'notYetValid', 'selfSigned', 'unknownIssuer', 'revoked', 'wrongName', 'noTls', 'noStartTls', 'broken'],
)

/** What each must have so that it can be worded; a new one does not compile without. */
const FIELDS: Readonly<Record<NoticeReason['why'], Readonly<Record<string, Check>>>> = {
  asksToWait: service,
  notAnswered: service,
  junk: service,
  otherRoutingKey: service,
  unreachable: {...service, code: nullable(text)},
  httpStatus: {...service, status: nullable(number)},
  trouble: {...service, code: text},
  refused: {...service, code: text, mend: nullable(mend)},
  mayNotPost: {scope: text},
  recipientsRefused: {...service, refused: listOf(shape({address: text, code: text})), othersHaveIt: flag},
  viaProxy: {
    ...service,
    proxy: text,
    problem: oneOf('refused', 'unreachable', 'silent', 'unfit'),
    code: nullable(text),
  },
  untrusted: {...service, problem: tlsProblem},
  unfitSecret: {reference: text, expected: oneOf('smtpUrl', 'webhookUrl', 'webhookSecret')},
  notEditable: {what: oneOf('webhook', 'shown')},
  perhapsTaken: {...service, channel: text, reason: nullable(unseen), isWorthALook: flag},
  noSuchChannel: {channel: text},
  noSecret: {reference: text},
  busy: {},
  notTried: {},
  givenUp: {},
  fileUnreadable: {},
  fileGone: {},
  threw: {name: text},
  error: {text},
  told: {text},
  triedOften: {attempts: number, last: nested},
  tryLater: {nextTryAt: text, last: nested},
  held: {by: oneOf('quiet', 'limit'), until: text},
  fellBack: {channel: text, isThere: flag, last: nested},
  neitherKept: {reason: nested, problem: nested},
  afterEarlier: {earlier: text},
  shown: {},
  sentAgain: {},
  newRoot: {},
  queued: service,
  queuedAnew: service,
  noPage: service,
  pageEnded: service,
  notAdded: service,
  pageShared: service,
  pageUnsure: service,
  onlyShown: {},
  shownInstead: {reference: text},
  notRecorded: {problem: nested},
  notKept: {note: nullable(nested), problem: nested},
}

/** Whether it can be worded. A kind that a later faci knows is named, whatever it has. */
export function isNoticeReason(value: unknown): value is NoticeReason {
  if (!shape({why: text})(value)) return false
  const {why} = value as {readonly why: string}
  return !Object.hasOwn(FIELDS, why) || shape(FIELDS[why as NoticeReason['why']])(value)
}
