import {FaciError} from '../domain/errors.js'
import type {UnreadAbsence, WrittenRota} from '../domain/oncall/rota.js'
import {readPlainText, whyUnreadable} from '../files/plain-file.js'
import type {Trust} from '../files/trust.js'
import type {CalendarEntry} from '../formats/ics/read-calendar.js'
import type {OncallDocument} from './oncall-schema.js'
import {isTimezone} from './timezone.js'

type Named = OncallDocument['absenceCalendars'][number]
type Absences = Pick<WrittenRota, 'absences' | 'unread'>

function whyNot({isRecurring, period}: CalendarEntry): UnreadAbsence['why'] | null {
  if (isRecurring) return 'recurring'
  if (period === null) return 'time'
  const zones = [period.from.zone, period.to.zone]
  return zones.every((zone) => zone === null || isTimezone(zone)) ? null : 'zone'
}

function absencesIn({person, file}: Named, entries: readonly CalendarEntry[]): Absences {
  const absences: WrittenRota['absences'][number][] = []
  const unread: UnreadAbsence[] = []
  for (const entry of entries) {
    const why = whyNot(entry)
    if (why === null && entry.period !== null) {
      absences.push({person, reason: entry.summary === '' ? null : entry.summary, ...entry.period})
    } else unread.push({person, file, what: entry.summary, why: why ?? 'time'})
  }
  return {absences, unread}
}

async function read(named: Named, path: string, trust: Trust): Promise<Absences> {
  const {person, file} = named
  const failed = (what: string): Absences => ({absences: [], unread: [{person, file, what, why: 'file'}]})
  try {
    const text = readPlainText(path, (stats) => {
      trust.check(path, stats)
    })
    const entries = (await import('../formats/ics/read-calendar.js')).readCalendar(text)
    return entries === null ? failed('it is no iCalendar file') : absencesIn(named, entries)
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
    unread: all.flatMap(({unread}) => unread),
  }
}
