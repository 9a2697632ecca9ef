import {FaciError} from '../domain/errors.js'
import type {RecurringAbsence, UnreadAbsence, WrittenRota} from '../domain/oncall/rota.js'
import {readPlainText, whyUnreadable} from '../files/plain-file.js'
import type {Trust} from '../files/trust.js'
import type {CalendarEntry, CalendarRecurrence, CalendarTime} from '../formats/ics/calendar-entry.js'
import type {Occurrences} from '../formats/ics/rule-occurrences.js'
import type {OncallDocument} from './oncall-schema.js'
import {isTimezone} from './timezone.js'

type Named = OncallDocument['absenceCalendars'][number]
type Absences = Pick<WrittenRota, 'absences' | 'recurring' | 'unread'>
type Period = NonNullable<CalendarEntry['period']>
type ReadRule = (rule: string, first: number) => Occurrences | null

/** Of one calendar: each rule takes its time. */
const MOST_RULES = 500

/** A rule is read by a library, which a calendar without one does not need. */
async function ruleReader(entries: readonly CalendarEntry[]): Promise<ReadRule> {
  const rules = entries.map(({recurrence}) => (typeof recurrence === 'object' ? (recurrence?.rule ?? null) : null))
  const used = rules.filter((rule) => rule !== null).length
  if (used === 0 || used > MOST_RULES) return () => null
  return (await import('../formats/ics/rule-occurrences.js')).ruleOccurrences
}

function timesOf({from, to}: Period, recurrence: CalendarEntry['recurrence']): readonly CalendarTime[] {
  if (recurrence === null || recurrence === 'unclear') return [from, to]
  const {until, more, except} = recurrence
  return [from, to, ...more, ...except, ...(until === null ? [] : [until])]
}

/** Without a rule, what is written as the first time is the only one but for `more`. */
function onlyOnce(first: number): Occurrences {
  return (from, to) => (from <= first && first <= to ? [first] : [])
}

function recurringOf(
  {from, to}: Period,
  {rule, until, more, except}: CalendarRecurrence,
  readRule: ReadRule,
): Omit<RecurringAbsence, 'person' | 'reason' | 'file'> | null {
  const begins = rule === null ? onlyOnce(from.wall) : readRule(rule, from.wall)
  const lasts = {wallMs: to.wall - from.wall, plusMs: to.plusMs}
  return begins === null ? null : {from, lasts, begins, until, more, except}
}

function absencesIn({person, file}: Named, entries: readonly CalendarEntry[], readRule: ReadRule): Absences {
  const absences: WrittenRota['absences'][number][] = []
  const recurring: RecurringAbsence[] = []
  const unread: UnreadAbsence[] = []
  for (const {summary, period, recurrence} of entries) {
    const reason = summary === '' ? null : summary
    const tell = (why: UnreadAbsence['why']): void => void unread.push({person, file, what: summary, why})
    if (period === null) tell('time')
    else if (timesOf(period, recurrence).some(({zone}) => zone !== null && !isTimezone(zone))) tell('zone')
    else if (recurrence === null) absences.push({person, reason, ...period})
    else {
      const read = recurrence === 'unclear' ? null : recurringOf(period, recurrence, readRule)
      if (read === null) tell('recurring')
      else recurring.push({person, reason, file, ...read})
    }
  }
  return {absences, recurring, unread}
}

async function read(named: Named, path: string, trust: Trust): Promise<Absences> {
  const {person, file} = named
  const failed = (what: string): Absences => ({
    ...{absences: [], recurring: []},
    unread: [{person, file, what, why: 'file'}],
  })
  try {
    const text = readPlainText(path, (stats) => {
      trust.check(path, stats)
    })
    const [{readCalendar}, {isCut}] = await Promise.all([
      import('../formats/ics/read-calendar.js'),
      import('../formats/ics/calendar-lines.js'),
    ])
    const entries = readCalendar(text)
    if (entries === null) return failed('it is no iCalendar file')
    const found = absencesIn(named, entries, await ruleReader(entries))
    if (!isCut(text)) return found
    return {...found, unread: [...found.unread, {person, file, what: '', why: 'cut'}]}
  } catch (error) {
    return failed(error instanceof FaciError ? error.message : whyUnreadable(error))
  }
}

/** With the absences of the calendars that it names; one that cannot be read is told as such, and hides nobody's turn. */
export async function withCalendars(
  rota: WrittenRota,
  {absenceCalendars}: OncallDocument,
  pathOf: (file: string) => string,
  trust: Trust,
): Promise<WrittenRota> {
  const all = await Promise.all(absenceCalendars.map((named) => read(named, pathOf(named.file), trust)))
  return {
    ...rota,
    absences: [...rota.absences, ...all.flatMap(({absences}) => absences)],
    recurring: all.flatMap(({recurring}) => recurring),
    unread: all.flatMap(({unread}) => unread),
  }
}
