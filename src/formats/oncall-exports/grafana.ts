import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import {
  finding,
  type ImportFinding,
  isFinding,
  type SourceOverride,
  type SourcePerson,
  type SourceRota,
  type SourceRotation,
} from '../../domain/oncall/import/source-rota.js'
import type {WallClock} from '../../domain/oncall/wall-clock.js'
import {type OwnShifts, ownShifts} from './grafana-own-shifts.js'
import {grafanaRotation, type GrafanaShift, grafanaShift, groupsOf, shiftName} from './grafana-shift.js'
import type {ExportRecord, Records} from './records.js'
import {clockOf, readRecord} from './values.js'

const MINUTE_MS = 60_000
const WEEK_MINUTES = 10_080
const QUARTER_MS = 15 * MINUTE_MS
const DAY_MS = 86_400_000
/** Within which two zones that change their clocks apart are seen to. */
const TWO_YEARS_MS = 730 * DAY_MS

const optional = z.nullish
const schedule = z.object({
  id: optional(z.string()),
  name: z.string(),
  type: z.enum(['web', 'calendar', 'ical']),
  time_zone: optional(z.string()),
  shifts: optional(z.array(z.string())),
  ical_url_primary: optional(z.string()),
  ical_url_overrides: optional(z.string()),
})
type Schedule = z.output<typeof schedule>

const NO_SHIFTS: OwnShifts = {shifts: [], missing: [], doubtful: [], findings: []}

const account = z.object({
  id: z.string(),
  email: optional(z.string()),
  username: optional(z.string()),
  name: optional(z.string()),
  slack: optional(z.array(z.object({user_id: z.string()}))),
})

function peopleOf(records: readonly ExportRecord[]): readonly SourcePerson[] {
  return records.flatMap((one): readonly SourcePerson[] => {
    const read = z.safeParse(account, one)
    if (!read.success) return []
    const {id, email, username, name, slack} = read.data
    return [
      {id, name: name ?? username ?? null, email: email ?? null, slack: slack?.[0]?.user_id ?? null, pagerduty: null},
    ]
  })
}

/** How much later the clocks of one zone are, in minutes; null: not always as much. */
function minutesApart(one: WallClock, other: WallClock, now: number): number | null {
  const apart = (at: number): number => one.wall(at) - other.wall(at)
  const first = apart(now)
  for (let day = now; day < now + TWO_YEARS_MS; day += DAY_MS) {
    const next = day + DAY_MS
    // On a day on which clocks are changed, both may be changed an hour apart.
    const isChanged = one.wall(next) - one.wall(day) !== DAY_MS || other.wall(next) - other.wall(day) !== DAY_MS
    for (let at = day; at < next; at += isChanged ? QUARTER_MS : DAY_MS) if (apart(at) !== first) return null
  }
  return first / MINUTE_MS
}

function moved(rotation: SourceRotation, minutes: number): SourceRotation {
  if (minutes === 0) return rotation
  const later = (wall: number): number => wall + minutes * MINUTE_MS
  const shift = (start: number): number => (((start + minutes) % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES
  return {
    ...rotation,
    anchor: later(rotation.anchor),
    from: later(rotation.from),
    until: rotation.until === null ? null : later(rotation.until),
    windows: rotation.windows?.map(({start, minutes: length}) => ({start: shift(start), minutes: length})) ?? null,
  }
}

function overrideOf(shift: GrafanaShift, clock: WallClock): readonly (SourceOverride | ImportFinding)[] {
  const [first, ...more] = groupsOf(shift)[0] ?? []
  if (first === undefined) return [finding('overridePerson', 'overrides', shiftName(shift), 'nobody')]
  const end = clock.instant(shift.start + shift.duration * 1000)
  const told =
    more.length === 0 ? [] : [finding('severalAtOnce', 'overrides', shiftName(shift), [first, ...more].join(', '))]
  return [...told, {person: first, start: clock.instant(shift.start), end, rotations: null}]
}

function zoneOf(shifts: readonly GrafanaShift[], own: string | null, name: string): string {
  const zones = [...new Set(shifts.map(({time_zone: zone}) => zone ?? own))]
  const [first] = zones
  const zone = zones.length === 1 ? first : own
  if (zone !== undefined && zone !== null) return zone
  if (shifts.length === 0) return 'UTC'
  throw new FaciError('usage', `${name}: the file does not say in which time zone its shifts are`, {
    suggestions: [
      'add the schedule that they are of: jq -s . schedules.json on_call_shifts.json users.json > export.json',
    ],
  })
}

interface Zoned {
  readonly zone: string
  readonly own: string | null
  readonly name: string
  readonly now: number
}

function rotationsOf(shifts: readonly GrafanaShift[], {zone, own, name, now}: Zoned) {
  const clock = clockOf(zone, name)
  const apart = new Map<string, number | null>([[zone, 0]])
  return shifts.map((shift): SourceRotation | ImportFinding => {
    const named = shift.time_zone ?? own ?? zone
    const theirs = clockOf(named, name)
    const minutes = apart.has(named) ? apart.get(named) : minutesApart(clock, theirs, now)
    apart.set(named, minutes ?? null)
    if (minutes === null || minutes === undefined) return finding('zone', 'layers', shiftName(shift), named)
    const rotation = grafanaRotation(shift, theirs.wall(now))
    return isFinding(rotation) ? rotation : moved(rotation, minutes)
  })
}

function calendars({type, name, ical_url_overrides: overrides}: Schedule): readonly ImportFinding[] {
  const has = overrides !== undefined && overrides !== null && overrides !== ''
  return [
    ...(type === 'ical' ? [finding('calendar', 'rota', name)] : []),
    ...(has ? [finding('calendar', 'overrides', name)] : []),
  ]
}

const chained = [
  'notify_on_call_from_schedule',
  'notify_next_on_call_from_schedule',
  'notify_previous_on_call_from_schedule',
] as const

/** A chain that notifies other schedules, and not this one, is not its own. */
function escalationOf({id, name}: Schedule, records: Records): ImportFinding {
  const steps = records['grafana escalation']
  const named = steps.flatMap((one) => chained.flatMap((key) => one[key] ?? []))
  const isOthers = named.length > 0 && !named.includes(id ?? '')
  return finding(steps.length === 0 || isOthers ? 'noEscalation' : 'chain', 'escalation', name)
}

/**
 * A schedule as Grafana OnCall's API v1 answers with it, with its shifts and users. A shift of a higher level covers those of a lower one;
 * those of the same level are on call at the same time. Null: the shifts of a file without its schedule. Throws `usage`.
 */
export function readGrafana(record: ExportRecord | null, records: Records, now: number): SourceRota {
  const read: Schedule =
    record === null ? {name: 'on-call shifts', type: 'web'} : readRecord(schedule, record, 'schedule')
  const all = records['grafana shift'].map((one) => readRecord(grafanaShift, one, 'shift'))
  const {shifts, ...told} =
    read.type === 'ical' ? NO_SHIFTS : ownShifts(record === null ? null : read, all, records, now)
  const own = read.time_zone ?? null
  const zone = zoneOf(shifts, own, read.name)
  const [overrides, recurring] = [true, false].map((is) => shifts.filter(({type}) => (type === 'override') === is))
  const ranked = [...(recurring ?? [])].sort((a, b) => (a.level ?? 0) - (b.level ?? 0))
  return {
    tool: 'grafana',
    schedule: read.name,
    timezone: zone,
    people: peopleOf(records.person),
    rotations: [...told.missing, ...rotationsOf(ranked, {zone, own, name: read.name, now})],
    overrides: [
      ...(overrides ?? []).flatMap((one) => overrideOf(one, clockOf(one.time_zone ?? own ?? zone, read.name))),
      ...told.doubtful,
    ],
    escalation: [],
    computed: [],
    findings: [...told.findings, ...calendars(read), escalationOf(read, records)],
  }
}
