import {FaciError} from '../errors.js'
import {didYouMean} from '../text/did-you-mean.js'
import {durationMeant, durationOf} from './duration.js'
import {dayIn, momentWritten, type Now} from './written-time.js'

const DAY = /^(\d{4}-\d\d-\d\d)( ?(?:Z|UTC|[+-]\d\d(?::?[0-5]\d)?))?$/i
/** Whole days from the one that it is. */
const NAMED: Readonly<Record<string, number>> = {today: 0, tomorrow: 1}
const HINT = 'write 7d (from now on), tomorrow, 2026-12-15 (to the end of that day) or 2026-12-15T18:00'

function momentDue(written: string, now: Now): number | null {
  const days = NAMED[written.toLowerCase()]
  const [, day, zone = ''] = DAY.exec(days === undefined ? written : dayIn(days, now)) ?? []
  return momentWritten(day === undefined ? written : `${day}T23:59:59${zone}`, now.timezone)
}

/**
 * Until when something is to be done → seconds since the epoch. `7d` and `in 7d` count from now on; a date without a time, `today` and
 * `tomorrow` are due at the end of that day; a date that is over has to be written out. A time without a zone is one of the IANA zone.
 * Throws `usage`.
 */
export function parseDueTime(text: string, now: Now): number {
  const written = text.trim()
  const length = written.replace(/^in\s+/i, '')
  const seconds = durationOf(length)
  if (seconds !== null && seconds > 0) return now.now / 1000 + seconds
  const at = momentDue(written, now)
  if (at !== null) return at / 1000
  if (/^-|\sago$/i.test(written) || seconds === 0)
    throw new FaciError('usage', `due ${JSON.stringify(text)} would be overdue at once: ${HINT}`)
  const guess = durationMeant(length)
  throw new FaciError('usage', `invalid due date ${JSON.stringify(text)}: ${didYouMean(guess, HINT)}`, {
    correction: guess === null ? undefined : {typed: text, meant: guess},
  })
}
