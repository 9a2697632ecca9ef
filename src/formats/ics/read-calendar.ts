import type {CalendarEntry} from './calendar-entry.js'
import {eventsIn, find, type Properties, timeOf} from './calendar-lines.js'
import {recurrenceOf, replacements} from './recurrence.js'

const DAY_MS = 86_400_000

/** Days are of the calendar, hours are time that passes (RFC 5545, 3.3.6). */
function durationOf(text: string): {readonly days: number; readonly ms: number} | null {
  const [whole, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text.trim()) ?? []
  if (whole === undefined) return null
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return {days: Number(weeks) * 7 + Number(days), ms}
}

function periodOf(properties: Properties): CalendarEntry['period'] {
  const begins = timeOf(find(properties, 'DTSTART'))
  if (begins === null) return null
  const {isDay, ...from} = begins
  const [end, duration] = [find(properties, 'DTEND'), find(properties, 'DURATION')]
  if (end !== undefined) {
    const ends = timeOf(end)
    return ends === null ? null : {from, to: {wall: ends.wall, zone: ends.zone, plusMs: 0}}
  }
  const lasts = duration === undefined ? {days: isDay ? 1 : 0, ms: 0} : durationOf(duration.value)
  return lasts === null ? null : {from, to: {...from, wall: from.wall + lasts.days * DAY_MS, plusMs: lasts.ms}}
}

function plainText(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? ' ' : character))
}

/** What an iCalendar text (RFC 5545) has in it; of what is none, nothing. Null: it is no calendar at all. */
export function readCalendar(text: string): readonly CalendarEntry[] | null {
  if (!/^\uFEFF?BEGIN:VCALENDAR\s*$/im.test(text)) return null
  const events = eventsIn(text)
  const replaced = replacements(events)
  return events.flatMap((properties) => {
    if (find(properties, 'STATUS')?.value.trim().toUpperCase() === 'CANCELLED') return []
    const period = periodOf(properties)
    const recurrence = recurrenceOf(properties, period, replaced)
    return [{summary: plainText(find(properties, 'SUMMARY')?.value ?? ''), recurrence, period}]
  })
}
