import * as z from 'zod/mini'
import {withoutEmptyTurns} from '../../domain/oncall/import/empty-turns.js'
import {
  finding,
  minuteText,
  utcText,
  type ImportFinding,
  type SourceOverride,
  type SourceRota,
  type SourceRotation,
  type WeekWindow,
} from '../../domain/oncall/import/source-rota.js'
import type {WallClock} from '../../domain/oncall/wall-clock.js'
import type {ExportRecord, Records} from './records.js'
import {chainsIn} from './opsgenie-escalation.js'
import {
  type Members,
  nameOf,
  participant,
  peopleAmong,
  togetherOnCall,
  type UserKey,
  whoCannot,
} from './opsgenie-people.js'
import {clockOf, instant, readRecord, wallOf} from './values.js'

const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
const TURN = {hourly: 60, daily: DAY_MINUTES, weekly: WEEK_MINUTES} as const

const optional = z.nullish
const hour = z.int().check(z.minimum(0), z.maximum(24))
const minute = z.int().check(z.minimum(0), z.maximum(59))
const times = {startHour: hour, startMin: minute, endHour: hour, endMin: minute}
const day = z.enum(DAYS)

const timeRestriction = z.discriminatedUnion('type', [
  z.object({type: z.literal('time-of-day'), restriction: z.object(times)}),
  z.object({
    type: z.literal('weekday-and-time-of-day'),
    restrictions: z.array(z.object({...times, startDay: day, endDay: day})),
  }),
])

const rotation = z.object({
  id: optional(z.string()),
  name: optional(z.string()),
  startDate: instant,
  endDate: optional(instant),
  type: z.enum(['hourly', 'daily', 'weekly']),
  length: optional(z.int().check(z.positive())),
  participants: optional(z.array(participant)),
  timeRestriction: optional(timeRestriction),
  enabled: optional(z.boolean()),
})
type Rotation = z.output<typeof rotation>

const override = z.object({
  user: participant,
  startDate: instant,
  endDate: instant,
  rotations: optional(z.array(z.object({id: optional(z.string()), name: optional(z.string())}))),
  _parent: optional(z.object({id: optional(z.string()), name: optional(z.string())})),
})

const schedule = z.object({
  id: optional(z.string()),
  name: z.string(),
  timezone: z.string(),
  enabled: optional(z.boolean()),
  rotations: z.array(rotation),
  overrides: optional(z.array(override)),
})

type Schedule = z.output<typeof schedule>

/** Without an end after its beginning it goes on into the next day. */
function daily({startHour, startMin, endHour, endMin}: Record<keyof typeof times, number>): readonly WeekWindow[] {
  const [start, end] = [startHour * 60 + startMin, endHour * 60 + endMin]
  const minutes = end > start ? end - start : end - start + DAY_MINUTES
  return DAYS.map((_, at) => ({start: at * DAY_MINUTES + start, minutes}))
}

function windowsOf(restriction: z.output<typeof timeRestriction>): readonly WeekWindow[] {
  if (restriction.type === 'time-of-day') return daily(restriction.restriction)
  return restriction.restrictions.map(({startDay, startHour, startMin, endDay, endHour, endMin}) => {
    const start = DAYS.indexOf(startDay) * DAY_MINUTES + startHour * 60 + startMin
    const end = DAYS.indexOf(endDay) * DAY_MINUTES + endHour * 60 + endMin
    return {start, minutes: end > start ? end - start : end - start + WEEK_MINUTES}
  })
}

interface Surroundings {
  readonly members: Members
  readonly clock: WallClock
  readonly now: number
}

function restrictionOf({timeRestriction: restriction}: Rotation): readonly WeekWindow[] | null {
  const windows = restriction === undefined || restriction === null ? [] : windowsOf(restriction)
  return windows.length === 0 ? null : windows
}

function rotationOf(one: Rotation, name: string, {members, clock, now}: Surroundings): SourceRotation | ImportFinding {
  if (one.enabled === false) return finding('disabled', 'layers', name)
  const participants = one.participants ?? []
  const unable = whoCannot(participants, name, members)
  if (unable !== null) return unable
  const losses: ImportFinding[] = [...togetherOnCall(participants, name, members)]
  const anchor = wallOf(one.startDate, clock, now, name, losses)
  const {endDate: end} = one
  return withoutEmptyTurns({
    name,
    rank: 0,
    everyMinutes: TURN[one.type] * (one.length ?? 1),
    anchor,
    from: anchor,
    until: end === undefined || end === null ? null : wallOf(end, clock, now, name, losses),
    people: participants.map((each) => members(each)?.[0] ?? null),
    windows: restrictionOf(one),
    countsIdleTurns: true,
    losses,
  })
}

function rotationName({name}: Rotation, at: number): string {
  return name ?? `Rotation ${String(at + 1)}`
}

/** An override may know its rotations by id alone. Null: the file has no such rotation. */
function nameOfRotation({rotations}: Schedule): (id: string) => string | null {
  const names = new Map(rotations.map((one, at) => [one.id ?? null, rotationName(one, at)]))
  return (id) => names.get(id) ?? null
}

function overrideOf(
  {user, startDate, endDate, rotations}: z.output<typeof override>,
  keyOf: UserKey,
  namedBy: (id: string) => string | null,
): SourceOverride | ImportFinding {
  const person = keyOf(user)
  const when = `${minuteText(startDate)} to ${utcText(endDate)}`
  if (person === null) return finding('overridePerson', 'overrides', when, nameOf(user))
  const names = (rotations ?? []).map(({name, id}) => namedBy(id ?? '') ?? name ?? id ?? '')
  return {person, start: startDate, end: endDate, rotations: names.length === 0 ? null : names}
}

type Override = z.output<typeof override>

/** Overrides that are an answer of their own: of the schedule that they name, or of the only one where they name none. */
function ownOverrides(records: Records, {id, name}: Schedule) {
  const read = records['opsgenie override'].map((one) => readRecord(override, one, 'override'))
  const isNamed = ({_parent: parent}: Override): boolean => (parent?.id ?? parent?.name ?? null) !== null
  const isThis = ({_parent: parent}: Override): boolean => (parent?.id && id ? parent.id === id : parent?.name === name)
  const unnamed = read.filter((one) => !isNamed(one))
  const isOnly = records['opsgenie schedule'].length === 1
  return {
    own: read.filter((one) => (isNamed(one) ? isThis(one) : isOnly)),
    doubtful: (isOnly ? [] : unnamed).map(({startDate, endDate}) =>
      finding('whoseOverride', 'overrides', `${minuteText(startDate)} to ${utcText(endDate)}`),
    ),
  }
}

/**
 * A schedule as Opsgenie's API v2 answers with it, and as its configuration backup has it. All of its rotations are on call at the same time.
 * Turns follow the clock on the wall of the schedule's zone. Throws `usage`.
 */
export function readOpsgenie(record: ExportRecord, records: Records, now: number): SourceRota {
  const read = readRecord(schedule, record, 'schedule')
  const clock = clockOf(read.timezone, read.name)
  const {own, doubtful} = ownOverrides(records, read)
  const overrides = [...(read.overrides ?? []), ...own]
  const participants = [...read.rotations.flatMap((one) => one.participants ?? []), ...overrides.map(({user}) => user)]
  const {keyOf, members, people} = peopleAmong(participants, records)
  return {
    tool: 'opsgenie',
    schedule: read.name,
    timezone: read.timezone,
    people,
    rotations: read.rotations.map((one, at) => rotationOf(one, rotationName(one, at), {members, clock, now})),
    overrides: [...overrides.map((one) => overrideOf(one, keyOf, nameOfRotation(read))), ...doubtful],
    escalation: [],
    computed: [],
    findings: [
      ...(read.enabled === false ? [finding('disabled', 'rota', read.name)] : []),
      ...chainsIn(records, read),
      ...((read.overrides ?? null) === null && overrides.length + doubtful.length === 0
        ? [finding('noOverrides', 'overrides', read.name, 'GET /v2/schedules/ID/overrides')]
        : []),
    ],
  }
}
