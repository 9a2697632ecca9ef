import * as z from 'zod/mini'
import {
  finding,
  minuteText,
  utcText,
  type ImportFinding,
  type SourceOverride,
  type SourcePerson,
  type SourceRota,
  type SourceRotation,
  type SourceStep,
  type WeekWindow,
} from '../../domain/oncall/import/source-rota.js'
import type {WallClock} from '../../domain/oncall/wall-clock.js'
import {type ExportRecord, recordName, type Records} from './records.js'
import {clockOf, instant, readRecord, wallOf} from './values.js'

const MINUTE = 60
const DAY_MINUTES = 1440

const optional = z.nullish
const user = z.object({
  id: z.string(),
  summary: optional(z.string()),
  name: optional(z.string()),
  email: optional(z.string()),
})
const entry = z.object({start: instant, end: instant, user: optional(user)})
const rendered = optional(z.object({rendered_schedule_entries: optional(z.array(entry))}))

const restriction = z.object({
  type: z.enum(['daily_restriction', 'weekly_restriction']),
  start_time_of_day: z.string().check(z.regex(/^\d\d:\d\d(?::\d\d)?$/)),
  duration_seconds: z.number().check(z.positive(), z.maximum(7 * 86_400)),
  start_day_of_week: optional(z.int().check(z.minimum(1), z.maximum(7))),
})
type Restriction = z.output<typeof restriction>

const layer = z.object({
  name: optional(z.string()),
  start: instant,
  end: optional(instant),
  rotation_virtual_start: instant,
  rotation_turn_length_seconds: z.number().check(z.positive()),
  users: z.array(z.object({user})),
  restrictions: optional(z.array(restriction)),
})

const schedule = z.object({
  id: optional(z.string()),
  name: optional(z.string()),
  summary: optional(z.string()),
  time_zone: z.string(),
  schedule_layers: z.array(layer),
  users: optional(z.array(user)),
  overrides: optional(z.array(entry)),
  overrides_subschedule: rendered,
  final_schedule: rendered,
})
type Schedule = z.output<typeof schedule>

const policy = z.object({
  name: optional(z.string()),
  num_loops: optional(z.number()),
  escalation_rules: z.array(
    z.object({
      escalation_delay_in_minutes: z.number().check(z.positive()),
      targets: z.array(
        z.object({id: z.string(), type: z.string(), summary: optional(z.string()), name: optional(z.string())}),
      ),
    }),
  ),
})
type Policy = z.output<typeof policy>

function minutesOfDay(text: string): {readonly minutes: number; readonly isWhole: boolean} {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return {minutes: hours * MINUTE + minutes, isWhole: seconds === 0}
}

function windowsOf({type, start_time_of_day, duration_seconds, start_day_of_week}: Restriction): readonly WeekWindow[] {
  const {minutes: start} = minutesOfDay(start_time_of_day)
  const minutes = Math.ceil(duration_seconds / MINUTE)
  const days = type === 'daily_restriction' ? [0, 1, 2, 3, 4, 5, 6] : [(start_day_of_week ?? 1) - 1]
  return days.map((day) => ({start: day * DAY_MINUTES + start, minutes}))
}

function isWhole({start_time_of_day, duration_seconds}: Restriction): boolean {
  return minutesOfDay(start_time_of_day).isWhole && duration_seconds % MINUTE === 0
}

function rotationOf(
  one: z.output<typeof layer>,
  rank: number,
  clock: WallClock,
  now: number,
): SourceRotation | ImportFinding {
  const name = one.name ?? `Layer ${String(rank + 1)}`
  const losses: ImportFinding[] = []
  const wall = (at: number): number => wallOf(at, clock, now, name, losses)
  const restrictions = one.restrictions ?? []
  if (!restrictions.every(isWhole)) losses.push(finding('seconds', 'layers', name))
  const {rotation_virtual_start: virtual, start, end} = one
  if (virtual > now && start < virtual) return finding('virtualStart', 'layers', name, utcText(virtual))
  return {
    name,
    rank,
    everyMinutes: one.rotation_turn_length_seconds / MINUTE,
    anchor: wall(virtual),
    from: wall(start),
    until: end === undefined || end === null ? null : wall(end),
    people: one.users.map((member) => member.user.id),
    windows: restrictions.length === 0 ? null : restrictions.flatMap(windowsOf),
    countsIdleTurns: true,
    losses,
  }
}

function person({id, name, summary, email}: z.output<typeof user>): SourcePerson {
  return {id, name: name ?? summary ?? null, email: email ?? null, slack: null, pagerduty: id}
}

/** Who is named in records of some kind. */
function usersIn(records: readonly unknown[]): readonly z.output<typeof user>[] {
  return records.map((one) => z.safeParse(user, one)).flatMap((one) => (one.success ? [one.data] : []))
}

function targetsOf(policies: readonly Policy[]) {
  const rules = policies.flatMap(({escalation_rules}) => escalation_rules)
  return rules.flatMap(({targets}) => targets.filter(({type}) => type.startsWith('user')))
}

/** In the order in which a fuller entry follows. */
function namedIn(read: Schedule, policies: readonly Policy[], records: Records): readonly z.output<typeof user>[] {
  const {schedule_layers: layers, users, overrides, overrides_subschedule: computed} = read
  const entries = [overrides, computed?.rendered_schedule_entries, records['pagerduty override']]
  const inOverrides = entries.flatMap((some: readonly {readonly user?: unknown}[] | null | undefined) => some ?? [])
  const inLayers = layers.flatMap((one) => one.users.map((member) => member.user))
  const ofOverrides = usersIn(inOverrides.map((one) => one.user))
  return [...targetsOf(policies), ...ofOverrides, ...inLayers, ...(users ?? []), ...usersIn(records.person)]
}

function peopleOf(read: Schedule, policies: readonly Policy[], records: Records): readonly SourcePerson[] {
  const merged = new Map<string, SourcePerson>()
  for (const one of namedIn(read, policies, records).map(person)) {
    const before = merged.get(one.id)
    merged.set(one.id, {...one, name: one.name ?? before?.name ?? null, email: one.email ?? before?.email ?? null})
  }
  return [...merged.values()]
}

function overrideOf({start, end, user: who}: z.output<typeof entry>): SourceOverride | ImportFinding {
  if (who !== undefined && who !== null) return {person: who.id, start, end, rotations: null}
  return finding('overridePerson', 'overrides', `${minuteText(start)} to ${utcText(end)}`)
}

interface Overrides {
  readonly overrides: readonly (SourceOverride | ImportFinding)[]
  readonly findings: readonly ImportFinding[]
}

type Entry = z.output<typeof entry>

function distinct(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((one) => [[one.start, one.end, one.user?.id].join(), one])).values()]
}

/** Those of the schedule, and those that are an answer of their own, which does not name the schedule. */
function overridesOf({overrides, overrides_subschedule}: Schedule, name: string, records: Records): Overrides {
  const own = records['pagerduty override'].map((one) => readRecord(entry, one, 'override'))
  const isOnly = records['pagerduty schedule'].length === 1
  const inside = overrides ?? overrides_subschedule?.rendered_schedule_entries ?? []
  const asked = 'GET /schedules/ID/overrides?since=…&until=…'
  const findings = isOnly
    ? []
    : own.map(({start, end}) => finding('whoseOverride', 'overrides', `${minuteText(start)} to ${utcText(end)}`))
  const isTold = Array.isArray(overrides) || inside.length + own.length > 0
  // What is computed says the same as the answer of their own; a list in the schedule may say less.
  const all = isOnly && own.length > 0 ? distinct([...(overrides ?? []), ...own]) : inside
  return {
    overrides: all.map(overrideOf),
    findings: isTold ? findings : [finding('noOverrides', 'overrides', name, asked)],
  }
}

function stepsOf({escalation_rules}: Policy, scheduleId: string | null): readonly SourceStep[] {
  return escalation_rules.map(({targets, escalation_delay_in_minutes}): SourceStep => {
    const about = targets.map(({summary, name, id}) => summary ?? name ?? id).join(', ')
    const [target, ...more] = targets
    const withinSeconds = escalation_delay_in_minutes * MINUTE
    if (target === undefined || more.length > 0) return {notify: null, withinSeconds, about}
    if (target.type.startsWith('user')) return {notify: {kind: 'person', id: target.id}, withinSeconds, about}
    return {notify: target.id === scheduleId ? {kind: 'current'} : null, withinSeconds, about}
  })
}

function escalationOf(policies: readonly Policy[], scheduleId: string | null, name: string) {
  const own = policies.filter(({escalation_rules}) =>
    escalation_rules.some(({targets}) => targets.some(({id}) => id === scheduleId)),
  )
  const [first, ...others] = own
  if (first === undefined) {
    return {escalation: [], findings: [finding('noEscalation', 'escalation', name, 'GET /escalation_policies')]}
  }
  const findings = others.map((other) => finding('policy', 'escalation', other.name ?? '', first.name ?? ''))
  const loops = first.num_loops ?? 0
  if (loops > 0) findings.push(finding('loops', 'escalation', first.name ?? '', loops))
  return {escalation: stepsOf(first, scheduleId), findings}
}

/**
 * A schedule as PagerDuty's REST API v2 answers with it. Its layers come last first, and the first of them covers the others. Turns follow
 * the clock on the wall of the schedule's zone. Throws `usage`.
 */
export function readPagerDuty(record: ExportRecord, records: Records, now: number): SourceRota {
  const read = readRecord(schedule, record, 'schedule')
  const name = recordName(record)
  const clock = clockOf(read.time_zone, name)
  const layers = [...read.schedule_layers].reverse()
  const policies = records['pagerduty policy'].map((one) => readRecord(policy, one, 'escalation policy'))
  const {escalation, findings} = escalationOf(policies, read.id ?? null, name)
  const computed = (read.final_schedule?.rendered_schedule_entries ?? []).flatMap(({start, end, user: who}) =>
    who === undefined || who === null ? [] : [{person: who.id, start, end}],
  )
  const overrides = overridesOf(read, name, records)
  return {
    tool: 'pagerduty',
    schedule: name,
    timezone: read.time_zone,
    people: peopleOf(read, policies, records),
    rotations: layers.map((one, rank) => rotationOf(one, rank, clock, now)),
    overrides: overrides.overrides,
    escalation,
    computed,
    findings: [...findings, ...overrides.findings],
  }
}
