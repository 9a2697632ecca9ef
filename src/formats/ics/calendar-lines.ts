import type {CalendarTime} from './calendar-entry.js'

/** `DTSTART;TZID="America/Sao_Paulo":20261220T090000`. */
export interface Property {
  readonly name: string
  readonly parameters: Readonly<Record<string, string>>
  readonly value: string
}

/** Of one VEVENT. */
export type Properties = readonly Property[]

/** A time as it is written; a day is its midnight. */
export type WrittenTime = CalendarTime & {readonly isDay: boolean}

/** More entries than anybody is away. */
const MOST = 10_000
const MOST_LINES = 500_000

/** Whether there is more in it than is read. */
export function isCut(text: string): boolean {
  const entries = text.match(/^BEGIN:VEVENT\s*$/gim) ?? []
  return entries.length > MOST || text.split('\n', MOST_LINES + 1).length > MOST_LINES
}

/** Lines that go on in the next one are whole again (RFC 5545, 3.1). */
function unfolded(text: string): readonly string[] {
  return text
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n/, MOST_LINES)
    .filter((line) => line !== '')
}

/** Null for what is no property. */
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
export function eventsIn(text: string): readonly Properties[] {
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

export function find(properties: Properties, name: string): Property | undefined {
  return properties.find((property) => property.name === name)
}

/** `20261220` and `090000` as a wall clock shows them; null for a day or time that there is not. */
function wallOf(day: string, clock: string): number | null {
  const date = day.replace(/(....)(..)(..)/, '$1-$2-$3')
  const wall = Date.parse(`${date}T${clock.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`)
  return Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(date) ? null : wall
}

/** Null for what is no time. */
export function timeFrom(text: string, tzid: string | null): WrittenTime | null {
  const [, day, clock, utc] = /^(\d{8})(?:T(\d{6}))?(Z)?$/.exec(text.trim()) ?? []
  const wall = day === undefined ? null : wallOf(day, clock ?? '000000')
  if (wall === null) return null
  const named = utc === undefined ? tzid : 'UTC'
  return {wall, zone: clock === undefined ? null : named, plusMs: 0, isDay: clock === undefined}
}

export function timeOf(property: Property | undefined): WrittenTime | null {
  return property === undefined ? null : timeFrom(property.value, property.parameters['TZID'] ?? null)
}
