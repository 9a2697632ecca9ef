import type {DeliveryNote, Mend, NoticeReason, Undelivered} from '../../../domain/notices/undelivered.js'
import {worded, type WordsFor} from '../worded.js'

function mendText(mend: Mend): string {
  switch (mend.look) {
    case 'token':
      return 'check the token'
    case 'webhook':
      return 'check the webhook'
    case 'channel':
      return `is there a ${mend.channel}, and is the bot in it?`
    case 'invitation':
      return `invite the bot to ${mend.channel}`
  }
}

type PerhapsTaken = Extract<Undelivered, {readonly why: 'perhapsTaken'}>

function perhapsTaken({service, channel, reason, isWorthALook}: PerhapsTaken): string {
  const unsure = `${service} may have taken it`
  if (reason === null) return `${unsure}, and a webhook cannot be asked: look in the channel`
  if (reason.why === 'notFound') return `${unsure}, and it is not to be found in ${channel}: look there`
  const why = reason.why === 'lacksScopes' ? `the bot lacks ${reason.scopes.join(', ')}` : undeliveredText(reason)
  return isWorthALook ? `${unsure}; ${why}` : `${unsure}, and cannot be asked (${why}): look in ${channel}`
}

const UNDELIVERED: WordsFor<Undelivered> = {
  asksToWait: ({service}) => `${service} asks to slow down`,
  notAnswered: ({service}) => `${service} did not answer in time`,
  junk: ({service}) => `${service} answered junk`,
  unreachable: ({service, code}) => `${service} can't be reached${code === null ? '' : ` (${code})`}`,
  httpStatus: ({service, status}) => `${service} answered HTTP ${String(status ?? 'without a status')}`,
  trouble: ({service, code}) => `${service} had trouble (${code})`,
  refused: ({service, code, mend}) => `${service} refused it (${code})${mend === null ? '' : `: ${mendText(mend)}`}`,
  mayNotPost: ({scope}) => `the token may not post: it lacks the scope ${scope}`,
  notEditable: ({what}) =>
    what === 'webhook' ? "A webhook's messages can't be edited" : "What was shown can't be edited",
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
  tryLater: ({nextTryAt, last}) => `${undeliveredText(last)}; next try after ${nextTryAt}`,
  neitherKept: ({reason, problem}) => `${undeliveredText(reason)}; ${undeliveredText(problem)}`,
}

const NOTE: WordsFor<DeliveryNote> = {
  shown: 'shown here',
  onlyShown: 'no channel configured: notice shown here only (to set one up: faci doctor)',
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
