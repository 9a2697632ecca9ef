import {readTimestamp} from './timestamp.js'

const DAY_MILLISECONDS = 86_400_000
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const CLOCK = String.raw`(\d\d:\d\d:\d\d(?:\.\d{1,9})?)`
/** Syslog's `Nov 20 03:12:04 `, Asterisk's in brackets. */
const RFC_3164 = new RegExp(String.raw`^(?:\[(?=[^\]]{14,25}\] ))?([A-Z][a-z]{2}) {1,2}(\d{1,2}) ${CLOCK}\]? `)
/** Node-RED's `20 Nov 03:12:04 - `. */
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2}) ([A-Z][a-z]{2}) ${CLOCK} - `)

/** A moment without its year, as `11-20T03:12:04`: of the year of the engine's time, or the one before. */
export function inYearOf(stamp: string | null, rest: string): string | null {
  if (stamp === null) return null
  const year = Number(stamp.slice(0, 4))
  const at = readTimestamp(`${String(year)}-${rest}Z`)
  const isAhead = at !== null && Date.parse(at) - Date.parse(stamp) > DAY_MILLISECONDS
  return isAhead ? readTimestamp(`${String(year - 1)}-${rest}Z`) : at
}

interface LeadingTime {
  readonly at: string
  /** Where the text behind it begins. */
  readonly end: number
}

/** Nagios' and Unbound's `[1795144324] `. */
const EPOCH = /^\[(\d{10}(?:\.\d{1,6})?)\] /
/** Further from the engine's time, a number is rather that of a thread. */
const FARTHEST_MILLISECONDS = 366 * DAY_MILLISECONDS

function epochInBrackets(text: string, stamp: string | null): LeadingTime | null {
  const [found, digits] = EPOCH.exec(text) ?? []
  const at = found === undefined ? null : readTimestamp(digits)
  if (found === undefined || at === null || stamp === null) return null
  return Math.abs(Date.parse(at) - Date.parse(stamp)) > FARTHEST_MILLISECONDS ? null : {at, end: found.length}
}

function timeWithoutYear(text: string, stamp: string | null): LeadingTime | null {
  const dayFirst = DAY_FIRST.exec(text)
  const [found, name = '', day = '', clock = ''] =
    dayFirst === null ? (RFC_3164.exec(text) ?? []) : [dayFirst[0], dayFirst[2], dayFirst[1], dayFirst[3]]
  const month = MONTHS.indexOf(name) / 3
  if (found === undefined || !Number.isInteger(month) || month < 0) return null
  const at = inYearOf(stamp, `${String(month + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${clock}`)
  return at === null ? null : {at, end: found.length}
}

/** The time at the start of a line that only the engine's time makes certain: one without a year, or a bare number. */
export function leadingTime(text: string, stamp: string | null): LeadingTime | null {
  return timeWithoutYear(text, stamp) ?? epochInBrackets(text, stamp)
}
