import type {FallbackCause} from '../../../domain/notices/fallback.js'
import type {NoticeWords} from '../../../domain/notices/notice-words.js'
import {literal} from '../../../domain/text/markdown.js'
import {foldedNotices, type FoldWords} from '../folded-notices.js'
import {localTime} from '../local-time.js'

// Days and months in figures mean one date in America and another elsewhere.
function time(at: string, timezone: string): string {
  return localTime(at, timezone, {locale: 'en-GB', month: 'short'})
}

function fallbackText(channel: string, cause: FallbackCause, timezone: string): string {
  const name = literal(channel)
  switch (cause.why) {
    case 'silent':
      return `Sent here because ${name} has not accepted it since ${time(cause.since, timezone)}.`
    case 'refused':
      return `Sent here because ${name} refused it.`
    case 'partly':
      return `Sent here because not everybody on ${name} could be reached.`
    case 'unsure':
      return `Sent here because it is unclear whether ${name} has it.`
  }
}

const STATE = {
  started: 'In progress',
  update: 'Update',
  resolved: 'Resolved',
  unresolved: 'Not resolved',
  attention: 'Needs attention',
  unknown: 'Cannot verify',
  info: 'Information',
} as const

const FOLDED: FoldWords = {
  state: STATE,
  time,
  title: (count) => `And ${String(count)} more notices`,
  quiet: (count) => `${String(count)} notices were held back during quiet hours:`,
  limit: (count) => `${String(count)} notices were held back by the limit on P2 notices:`,
  more: (count) => `and ${String(count)} more: see the timeline`,
}

export const NOTICE: NoticeWords = {
  state: STATE,
  severity: {critical: 'Critical', warning: 'Warning', info: 'Info'},
  environment: 'Environment',
  operator: 'Operator',
  shortened: '(shortened)',
  cut: ({isBodyCut, facts, place}) => {
    const left = [
      ...(isBodyCut ? ['the rest of the text'] : []),
      ...(facts === 0 ? [] : [facts === 1 ? '1 fact' : `${String(facts)} facts`]),
    ]
    return `Shortened, without ${left.join(' and ')}: see ${place}`
  },
  mayBeRepeat: 'may be a repeat: the first sending was not answered',
  fallback: (...said) => `**${fallbackText(...said)}**`,
  folded: (fold, timezone) => foldedNotices(fold, FOLDED, timezone),
  dailyCheck: 'Daily check',
  test: {title: 'Test notice', body: 'Notices from faci arrive here. Nothing has happened.'},
  time,
}
