import {RRuleTemporal} from 'rrule-temporal'

/** When a rule has something begin, from one wall time to another, in order; null: there is too much to it. */
export type Occurrences = (from: number, to: number) => readonly number[] | null

/** Nobody is away more often in a day. */
const MOST_A_DAY = 24
/** Of days or weeks that are looked at for one answer: a rule that never comes ends there. */
const MOST_STEPS = 20_000

const WEEKDAY = '(?:MO|TU|WE|TH|FR|SA|SU)'

function listOf(least: number, most: number, isSigned = false): (value: string) => boolean {
  return (value) =>
    value.split(',').every((text) => {
      const size = Math.abs(Number(text))
      return (isSigned ? /^[+-]?\d{1,3}$/ : /^\d{1,2}$/).test(text) && size >= least && size <= most
    })
}

function matching(pattern: string): (value: string) => boolean {
  return (value) => new RegExp(`^(?:${pattern})$`).test(value)
}

/** RFC 5545, 3.3.10, of what days are made of: an absence that comes every hour is none. */
const PARTS: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: matching('DAILY|WEEKLY|MONTHLY|YEARLY'),
  INTERVAL: matching('[1-9]\\d{0,3}'),
  COUNT: matching('[1-9]\\d{0,4}'),
  WKST: matching(WEEKDAY),
  BYDAY: matching(`(?:[+-]?[1-9]\\d?)?${WEEKDAY}(?:,(?:[+-]?[1-9]\\d?)?${WEEKDAY})*`),
  BYMONTH: listOf(1, 12),
  BYMONTHDAY: listOf(1, 31, true),
  BYYEARDAY: listOf(1, 366, true),
  BYWEEKNO: listOf(1, 53, true),
  BYSETPOS: listOf(1, 366, true),
  BYHOUR: listOf(0, 23),
  BYMINUTE: listOf(0, 59),
  BYSECOND: listOf(0, 59),
}

function isUnderstood(rule: string): boolean {
  const parts = rule.toUpperCase().split(';')
  const read = parts.map((part) => /^([A-Z]+)=(.+)$/.exec(part))
  const names = new Set(read.map((part) => part?.[1]))
  const values = (name: string): number => (read.find((part) => part?.[1] === name)?.[2] ?? '').split(',').length
  const times = values('BYHOUR') * values('BYMINUTE') * values('BYSECOND')
  if (names.size !== parts.length || times > MOST_A_DAY) return false
  return read.every((part) => part !== null && (PARTS[part[1] ?? '']?.(part[2] ?? '') ?? false))
}

/** `2026-12-20T09:00:00.000Z` as iCalendar writes it. */
function asWritten(wall: number): string {
  return new Date(wall).toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

/**
 * What comes by a rule (RFC 5545, 3.3.10, without UNTIL) of which `first` is the first time, all of it on a wall clock that is never put
 * forward or back: which instants these are is the zone's to say. Null: the rule is not understood.
 */
export function ruleOccurrences(rule: string, first: number): Occurrences | null {
  if (!isUnderstood(rule)) return null
  const begin = (): RRuleTemporal =>
    new RRuleTemporal({
      rruleString: `DTSTART:${asWritten(first)}\nRRULE:${rule.toUpperCase()}`,
      ...{strict: true, includeDtstart: true, cache: false},
      ...{maxIterations: MOST_STEPS, maxCandidateEvaluations: MOST_STEPS},
    })
  try {
    const read = begin()
    return (from, to) => {
      try {
        return read.between(new Date(from), new Date(to), true).map(({epochMilliseconds}) => epochMilliseconds)
      } catch {
        return null
      }
    }
  } catch {
    return null
  }
}
