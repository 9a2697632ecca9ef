import fc from 'fast-check'
import ICAL from 'ical.js'
import {describe, expect, it} from 'vitest'
import {ruleOccurrences} from '../../../../src/formats/ics/rule-occurrences.js'
import {wall} from '../../../support/builders/rota.js'

const FIRST = wall('2026-01-05T09:30')
const DAY_MS = 86_400_000

/** Days, of a rule whose first time is 2026-01-05 09:30, a Monday. */
function days(rule: string, from = '2026-01-01', to = '2026-12-31'): readonly string[] | null {
  const found = ruleOccurrences(rule, FIRST)?.(wall(`${from}T00:00`), wall(`${to}T23:59`)) ?? null
  return found?.map((at) => new Date(at).toISOString().slice(5, 10)) ?? null
}

describe('a rule', () => {
  it.each([
    ['FREQ=DAILY;INTERVAL=2;COUNT=3', ['01-05', '01-07', '01-09']],
    ['FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3', ['01-05', '01-09', '01-12']],
    ['FREQ=MONTHLY;BYDAY=1MO;COUNT=3', ['01-05', '02-02', '03-02']],
    ['FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=5', ['01-05', '12-05']],
    ['freq=monthly;bymonthday=5,-1;count=4', ['01-05', '01-31', '02-05', '02-28']],
    // What is written as the first time is one, also where the rule would not have it.
    ['FREQ=WEEKLY;BYDAY=TU;COUNT=2', ['01-05', '01-06']],
  ])('%s', (rule, expected) => {
    expect(days(rule)).toEqual(expected)
  })

  it.each([
    ...['', 'FREQ=HOURLY', 'FREQ=SECONDLY', 'FREQ=SOMETIMES', 'INTERVAL=2', 'FREQ=DAILY;FREQ=DAILY', 'FREQ=DAILY;;'],
    ...['FREQ=DAILY;INTERVAL=0', 'FREQ=DAILY;COUNT=x', 'FREQ=DAILY;COUNT=', 'FREQ=DAILY;WHEN=SOON', 'FREQ=DAILY\nX'],
    ...['FREQ=MONTHLY;BYMONTHDAY=32', 'FREQ=MONTHLY;BYMONTHDAY=0', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=WEEKLY;BYDAY=1MO'],
    ...['RSCALE=CHINESE;FREQ=YEARLY', `FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5`],
  ])('is not understood: %j', (rule) => {
    expect(ruleOccurrences(rule, FIRST)).toBeNull()
  })

  it('that never comes ends with an answer', () => {
    expect(days('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2027-01-01', '2031-12-31') ?? []).toEqual([])
  })
})

const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')
const some = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, {minLength: 1, maxLength: 3}).map((all) => all.join(','))
const nth = fc.tuple(fc.constantFrom('1', '2', '3', '4', '-1', '-2'), weekday).map((both) => both.join(''))

const rule = fc
  .tuple(
    fc.oneof(
      fc.constant('FREQ=DAILY'),
      some(weekday).map((list) => `FREQ=WEEKLY;BYDAY=${list}`),
      some(fc.integer({min: 1, max: 28})).map((list) => `FREQ=MONTHLY;BYMONTHDAY=${list}`),
      fc.constant('FREQ=MONTHLY;BYMONTHDAY=31'),
      some(nth).map((list) => `FREQ=MONTHLY;BYDAY=${list}`),
      fc
        .tuple(some(fc.integer({min: 1, max: 12})), fc.integer({min: 1, max: 28}))
        .map(([months, day]) => `FREQ=YEARLY;BYMONTH=${months};BYMONTHDAY=${String(day)}`),
    ),
    fc.integer({min: 1, max: 4}),
    fc.option(fc.integer({min: 1, max: 60}), {nil: null}),
  )
  .map(([text, every, count]) => `${text};INTERVAL=${String(every)}${count === null ? '' : `;COUNT=${String(count)}`}`)

/** By ical.js, one after the other from the first. */
function byIcal(text: string, first: number, to: number): readonly number[] {
  const start = ICAL.Time.fromDateTimeString(new Date(first).toISOString().slice(0, 19))
  const iterator = ICAL.Recur.fromString(text).iterator(start)
  const found: number[] = []
  for (let time = iterator.next() as ICAL.Time | null; time !== null; time = iterator.next() as ICAL.Time | null) {
    const at = Date.parse(`${time.toString()}Z`)
    if (at > to) break
    found.push(at)
  }
  return found
}

describe('rules', () => {
  it('come when ical.js has them come, wherever one begins to look', () => {
    const from = wall('2024-01-01T00:00')
    fc.assert(
      fc.property(rule, fc.nat(2000), fc.nat(1439), fc.nat(1500), fc.nat(900), (text, day, minute, after, span) => {
        const any = from + day * DAY_MS + minute * 60_000
        // The first time is one of the rule's own: of others, RFC 5545 leaves open what they mean.
        const [first = any] = byIcal(text.replace(/;(?:COUNT|INTERVAL)=\d+/g, ''), any, any + 3000 * DAY_MS)
        const [start, end] = [first + after * DAY_MS, first + (after + span) * DAY_MS]
        expect(ruleOccurrences(text, first)?.(start, end)).toEqual(byIcal(text, first, end).filter((at) => at >= start))
      }),
      {numRuns: 150},
    )
  })
})
