/** A time as a calendar has it. */
export interface CalendarTime {
  /** What a wall clock shows, as if it were UTC, in ms since the epoch. */
  readonly wall: number
  /** `UTC`, or the TZID as it is written; null: whatever zone the reader is in. */
  readonly zone: string | null
  /** Time that passes after it. */
  readonly plusMs: number
}

/** An entry that is not cancelled; its end is not part of it. */
export interface CalendarEntry {
  readonly summary: string
  /** Whether it comes again by a rule, of which this is the first time only. */
  readonly isRecurring: boolean
  /** Null: not understood. */
  readonly period: {readonly from: CalendarTime; readonly to: CalendarTime} | null
}

interface Property {
  readonly name: string
  readonly parameters: Readonly<Record<string, string>>
  readonly value: string
}

const DAY_MS = 86_400_000
/** More entries than anybody is away. */
const MOST = 10_000
const MOST_LINES = 500_000

/** Lines that go on in the next one are whole again (RFC 5545, 3.1). */
function unfolded(text: string): readonly string[] {
  return text
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n/, MOST_LINES)
    .filter((line) => line !== '')
}

/** `DTSTART;TZID="America/Sao_Paulo":20261220T090000`. Null for what is no property. */
function propertyOf(line: string): Property | null {
  const [, name = '', written = '', value = ''] =
    /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/s.exec(line) ?? []
  if (name === '') return null
  const parameters = [...written.matchAll(/;([\w-]+)=("[^"]*"|[^;]*)/g)].map(
    ([, key = '', text = '']) => [key.toUpperCase(), text.replaceAll('"', '')] as const,
  )
  return {name: name.toUpperCase(), parameters: Object.fromEntries(parameters), value}
}

/** The properties of each VEVENT, without those of what is within it. */
function eventsIn(text: string): readonly (readonly Property[])[] {
  const events: Property[][] = []
  const open: string[] = []
  for (const property of unfolded(text).map(propertyOf)) {
    if (property === null) continue
    const {name, value} = property
    if (name === 'BEGIN') {
      open.push(value.trim().toUpperCase())
      if (open.at(-1) === 'VEVENT') events.push([])
      if (events.length > MOST) return events.slice(0, MOST)
    } else if (name === 'END') open.pop()
    else if (open.at(-1) === 'VEVENT') events.at(-1)?.push(property)
  }
  return events
}

/** `20261220` and `090000` as a wall clock shows them; null for a day or time that there is not. */
function wallOf(day: string, clock: string): number | null {
  const date = day.replace(/(....)(..)(..)/, '$1-$2-$3')
  const wall = Date.parse(`${date}T${clock.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`)
  return Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(date) ? null : wall
}

function timeOf(property: Property | undefined): (CalendarTime & {readonly isDay: boolean}) | null {
  if (property === undefined) return null
  const [, day, clock, utc] = /^(\d{8})(?:T(\d{6}))?(Z)?$/.exec(property.value.trim()) ?? []
  const wall = day === undefined ? null : wallOf(day, clock ?? '000000')
  if (wall === null) return null
  const named = utc === undefined ? (property.parameters['TZID'] ?? null) : 'UTC'
  return {wall, zone: clock === undefined ? null : named, plusMs: 0, isDay: clock === undefined}
}

/** Days are of the calendar, hours are time that passes (RFC 5545, 3.3.6). */
function durationOf(text: string): {readonly days: number; readonly ms: number} | null {
  const [whole, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text.trim()) ?? []
  if (whole === undefined) return null
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return {days: Number(weeks) * 7 + Number(days), ms}
}

function periodOf(find: (name: string) => Property | undefined): CalendarEntry['period'] {
  const begins = timeOf(find('DTSTART'))
  if (begins === null) return null
  const {isDay, ...from} = begins
  const [end, duration] = [find('DTEND'), find('DURATION')]
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
  return eventsIn(text).flatMap((properties) => {
    const find = (name: string): Property | undefined => properties.find((property) => property.name === name)
    if (find('STATUS')?.value.trim().toUpperCase() === 'CANCELLED') return []
    const isRecurring = find('RRULE') !== undefined || find('RDATE') !== undefined
    return [{summary: plainText(find('SUMMARY')?.value ?? ''), isRecurring, period: periodOf(find)}]
  })
}
