import {FaciError} from '../errors.js'
import {didYouMean} from '../text/did-you-mean.js'
import {durationMeant, durationOf} from './duration.js'
import {datedText, type Now} from './named-day.js'
import {momentWritten} from './written-time.js'

const DAY = /^(\d{4}-\d\d-\d\d)( ?(?:Z|UTC|[+-]\d\d(?::?[0-5]\d)?))?$/i
const HINT = 'write 7d (from now on), tomorrow, fri, 2026-12-15 (to the end of that day) or 2026-12-15T18:00'

function momentDue(written: string, now: Now): number | null {
  const endOf = (dated: string): number | null => {
    const [, day, zone = ''] = DAY.exec(dated) ?? []
    return momentWritten(day === undefined ? dated : `${day}T23:59:59${zone}`, now.timezone)
  }
  const dated = datedText(written, now, 'coming', endOf)
  const at = endOf(dated ?? written)
  return dated !== null && at !== null && at <= now.now ? null : at
}

/**
 * Until when something is to be done → seconds since the epoch. `7d` and `in 7d` count from now on; a date without a time, `today`,
 * `tomorrow` and `fri` are due at the end of that day; a date that is over has to be written out. A time without a zone is one of the IANA zone.
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
