import {find, type Properties, timeFrom, timeOf, type WrittenTime} from './calendar-lines.js'
import type {CalendarEntry, CalendarRecurrence, CalendarTime} from './calendar-entry.js'

const DAY_MS = 86_400_000
const UNTIL = /^UNTIL=/i

function isRecurring(properties: Properties): boolean {
  return properties.some(({name}) => name === 'RRULE' || name === 'RDATE' || name === 'EXRULE')
}

/** Beginnings that a property lists, written as the first one is; null: they are not. */
function beginnings(properties: Properties, name: string, first: WrittenTime): readonly WrittenTime[] | null {
  const listed = properties
    .filter((property) => property.name === name)
    .flatMap(({value, parameters}) => value.split(',').map((text) => timeFrom(text, parameters['TZID'] ?? null)))
  const read = listed.filter((time) => time !== null)
  return read.length === listed.length && read.every(({isDay}) => isDay === first.isDay) ? read : null
}

/** The last moment that counts: a day counts whole. */
function untilOf(text: string, {zone}: WrittenTime): CalendarTime | null {
  const time = timeFrom(text, zone)
  if (time === null) return null
  const {isDay, wall} = time
  return isDay ? {wall: wall + DAY_MS - 1, zone, plusMs: 0} : {wall, zone: time.zone, plusMs: 0}
}

/** Of an entry's RRULE; `unclear` for more than one, for one with two ends, and for what RFC 5545 no longer has. */
function ruleOf(properties: Properties, first: WrittenTime): Pick<CalendarRecurrence, 'rule' | 'until'> | 'unclear' {
  const rules = properties.filter(({name}) => name === 'RRULE')
  const [rule] = rules
  if (rules.length > 1 || find(properties, 'EXRULE') !== undefined) return 'unclear'
  if (rule === undefined) return {rule: null, until: null}
  const parts = rule.value.trim().split(';')
  const ends = parts.filter((part) => UNTIL.test(part))
  const [end] = ends
  const until = end === undefined ? null : untilOf(end.replace(UNTIL, ''), first)
  if (ends.length > 1 || (end !== undefined && until === null)) return 'unclear'
  if (until !== null && parts.some((part) => /^COUNT=/i.test(part))) return 'unclear'
  return {rule: parts.filter((part) => !UNTIL.test(part)).join(';'), until}
}

/** Of each UID, the beginnings that entries of their own stand for; `unclear`: one of them stands for all that follow too, or cannot be read. */
export function replacements(events: readonly Properties[]): ReadonlyMap<string, readonly WrittenTime[] | 'unclear'> {
  const found = new Map<string, readonly WrittenTime[] | 'unclear'>()
  for (const properties of events) {
    const [replaced, uid] = [find(properties, 'RECURRENCE-ID'), find(properties, 'UID')?.value]
    if (replaced === undefined || uid === undefined) continue
    const [time, before] = [timeOf(replaced), found.get(uid) ?? []]
    const isClear = time !== null && before !== 'unclear' && replaced.parameters['RANGE'] === undefined
    found.set(uid, isClear ? [...before, time] : 'unclear')
  }
  return found
}

function plain(times: readonly WrittenTime[]): readonly CalendarTime[] {
  return times.map(({wall, zone}) => ({wall, zone, plusMs: 0}))
}

/** What is left out: by the entry itself, and where another stands for it; null: that is not understood. */
function exceptions(
  properties: Properties,
  first: WrittenTime,
  replaced: ReturnType<typeof replacements>,
): readonly WrittenTime[] | null {
  const own = replaced.get(find(properties, 'UID')?.value ?? '') ?? []
  const listed = beginnings(properties, 'EXDATE', first)
  if (listed === null || own === 'unclear' || own.some(({isDay}) => isDay !== first.isDay)) return null
  return [...listed, ...own]
}

/** How an entry comes again; null: it does not. `unclear`: it does, in a way that is not understood. */
export function recurrenceOf(
  properties: Properties,
  period: CalendarEntry['period'],
  replaced: ReturnType<typeof replacements>,
): CalendarEntry['recurrence'] {
  const first = timeOf(find(properties, 'DTSTART'))
  if (!isRecurring(properties) || first === null || period === null) return null
  const [rule, more] = [ruleOf(properties, first), beginnings(properties, 'RDATE', first)]
  const except = exceptions(properties, first, replaced)
  // How long it lasts is only known for sure where both its ends are of one clock.
  if (rule === 'unclear' || more === null || except === null || period.from.zone !== period.to.zone) return 'unclear'
  return {...rule, more: plain(more), except: plain(except)}
}
