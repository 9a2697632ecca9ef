import type {NoticeWords} from '../../../domain/notices/notice-words.js'
import {localTime} from '../local-time.js'

export const NOTICE: NoticeWords = {
  state: {
    started: 'In progress',
    update: 'Update',
    resolved: 'Resolved',
    unresolved: 'Not resolved',
    unknown: 'Cannot verify',
    info: 'Information',
  },
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
  dailyCheck: 'Daily check',
  test: {title: 'Test notice', body: 'Notices from faci arrive here. Nothing has happened.'},
  // Days and months in figures mean one date in America and another elsewhere.
  time: (at, timezone) => localTime(at, timezone, {locale: 'en-GB', month: 'short'}),
}
