/* What each tool documents about who is on call, as plainly as can be: lists of events, looked up by instant. */
import {testClock, type TestClock} from './clock.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS

/** People on call from `start` until just before `end`; a higher rank covers a lower one. */
export interface ModelEvent {
  readonly start: number
  readonly end: number
  readonly people: readonly string[]
  readonly rank: number
}

export interface Model {
  readonly at: (instant: number) => ReadonlySet<string>
  readonly edges: readonly number[]
}

interface Span {
  readonly from: number
  readonly to: number
}

function modelOf(events: readonly ModelEvent[]): Model {
  const byDay = new Map<number, ModelEvent[]>()
  for (const event of events) {
    for (let day = Math.floor(event.start / DAY_MS); day * DAY_MS < event.end; day += 1) {
      byDay.set(day, [...(byDay.get(day) ?? []), event])
    }
  }
  const at = (instant: number): ReadonlySet<string> => {
    const met = (byDay.get(Math.floor(instant / DAY_MS)) ?? []).filter(
      ({start, end}) => start <= instant && instant < end,
    )
    const top = Math.max(...met.map(({rank}) => rank))
    return new Set(met.filter(({rank}) => rank === top).flatMap(({people}) => people))
  }
  return {at, edges: [...new Set(events.flatMap(({start, end}) => [start, end]))]}
}

/** Windows that begin at these times of a week from Monday on, in ms. */
interface Window {
  readonly start: number
  readonly length: number
}

interface Turns {
  readonly anchor: number
  readonly length: number
  readonly people: readonly (readonly string[])[]
  readonly windows: readonly Window[] | null
  /** Instants. */
  readonly begins: number
  readonly ends: number
  readonly rank: number
}

function windowSpans(windows: readonly Window[], {from, to}: Span, clock: TestClock): readonly Span[] {
  const monday = Date.UTC(2024, 0, 1)
  const first = monday + (Math.floor((from - monday) / WEEK_MS) - 2) * WEEK_MS
  const spans: Span[] = []
  for (let week = first; week < to + 2 * WEEK_MS; week += WEEK_MS) {
    for (const {start, length} of windows) {
      spans.push({from: clock.first(week + start), to: clock.last(week + start + length)})
    }
  }
  return spans
}

/** Those that begin in the days around, and a long one. */
function lookup(spans: readonly Span[]): (from: number, to: number) => readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from)
  let first = 0
  return (from, to) => {
    while (first < sorted.length && (sorted[first]?.from ?? 0) < from - 9 * DAY_MS && sorted.length > 1) first += 1
    const met: Span[] = []
    for (let at = first; at < sorted.length; at += 1) {
      const span = sorted[at]
      if (span === undefined || span.from >= to) break
      if (span.to > from) met.push(span)
    }
    return met
  }
}

/** Turn n is the nth group's, from the nth hand-off on the wall clock to the next, whether a window is in it or not. */
function turnEvents(
  {anchor, length, people, windows, begins, ends, rank}: Turns,
  asked: Span,
  clock: TestClock,
): readonly ModelEvent[] {
  const events: ModelEvent[] = []
  const spans = windows === null ? [asked] : windowSpans(windows, asked, clock)
  const near = lookup(spans)
  const starts = Math.max(asked.from, begins)
  let n = Math.max(0, Math.floor((clock.wall(starts) - 2 * DAY_MS - anchor) / length))
  let turn = clock.first(anchor + n * length)
  for (; turn < Math.min(asked.to, ends); n += 1) {
    const next = clock.first(anchor + (n + 1) * length)
    for (const span of near(turn, next)) {
      const [start, end] = [Math.max(turn, span.from, starts), Math.min(next, span.to, ends, asked.to)]
      if (start < end) events.push({start, end, people: people[n % people.length] ?? [], rank})
    }
    turn = next
  }
  return events
}

const time = (text: string | null | undefined, otherwise: number): number =>
  text === null || text === undefined ? otherwise : Date.parse(text)

export interface PagerDutyLayer {
  readonly start: string
  readonly end: string | null
  readonly rotation_virtual_start: string
  readonly rotation_turn_length_seconds: number
  readonly users: readonly {readonly user: {readonly id: string}}[]
  readonly restrictions: readonly {
    readonly type: string
    readonly start_time_of_day: string
    readonly duration_seconds: number
    readonly start_day_of_week?: number
  }[]
}

export interface PagerDutySchedule {
  readonly time_zone: string
  readonly schedule_layers: readonly PagerDutyLayer[]
  readonly overrides?: readonly {readonly start: string; readonly end: string; readonly user: {readonly id: string}}[]
}

function pagerDutyWindows({restrictions}: PagerDutyLayer): readonly Window[] | null {
  if (restrictions.length === 0) return null
  return restrictions.flatMap(({type, start_time_of_day: at, duration_seconds: seconds, start_day_of_week: day}) => {
    const [hours = 0, minutes = 0] = at.split(':').map(Number)
    const days = type === 'daily_restriction' ? [1, 2, 3, 4, 5, 6, 7] : [day ?? 1]
    return days.map((one) => ({start: (one - 1) * DAY_MS + hours * HOUR_MS + minutes * 60_000, length: seconds * 1000}))
  })
}

/** The first of the layers that the API answers with covers the others. */
export function pagerDutyModel(
  {time_zone: zone, schedule_layers: layers, overrides = []}: PagerDutySchedule,
  asked: Span,
): Model {
  const clock = testClock(zone)
  const events = layers.flatMap((layer, at) =>
    turnEvents(
      {
        anchor: clock.wall(Date.parse(layer.rotation_virtual_start)),
        length: layer.rotation_turn_length_seconds * 1000,
        people: layer.users.map(({user}) => [user.id]),
        windows: pagerDutyWindows(layer),
        begins: Date.parse(layer.start),
        ends: time(layer.end, Infinity),
        rank: layers.length - at,
      },
      asked,
      clock,
    ),
  )
  const taken = overrides.map(({start, end, user}, at) => ({
    ...{start: Date.parse(start), end: Date.parse(end), people: [user.id], rank: 1000 + at},
  }))
  return modelOf([...events, ...taken])
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

interface Times {
  readonly startHour: number
  readonly startMin: number
  readonly endHour: number
  readonly endMin: number
}

export interface OpsgenieRotation {
  readonly startDate: string
  readonly endDate?: string | null
  readonly type: 'hourly' | 'daily' | 'weekly'
  readonly length: number
  /** Without a name: nobody takes that turn. */
  readonly participants: readonly {readonly username?: string}[]
  readonly timeRestriction?:
    | {readonly type: 'time-of-day'; readonly restriction: Times}
    | {
        readonly type: 'weekday-and-time-of-day'
        readonly restrictions: readonly (Times & {readonly startDay: string; readonly endDay: string})[]
      }
}

function opsgenieWindows({timeRestriction: limit}: OpsgenieRotation): readonly Window[] | null {
  if (limit === undefined) return null
  const clockTimes = ({startHour, startMin, endHour, endMin}: Times): readonly [number, number] => [
    ...([startHour * HOUR_MS + startMin * 60_000, endHour * HOUR_MS + endMin * 60_000] as const),
  ]
  if (limit.type === 'time-of-day') {
    const [start, end] = clockTimes(limit.restriction)
    return DAYS.map((_, day) => ({
      start: day * DAY_MS + start,
      length: end > start ? end - start : end - start + DAY_MS,
    }))
  }
  return limit.restrictions.map((one) => {
    const [start, end] = clockTimes(one)
    const [from, to] = [DAYS.indexOf(one.startDay) * DAY_MS + start, DAYS.indexOf(one.endDay) * DAY_MS + end]
    return {start: from, length: to > from ? to - from : to - from + WEEK_MS}
  })
}

/** All rotations are on call at the same time. */
export function opsgenieModel(zone: string, rotations: readonly OpsgenieRotation[], asked: Span): Model {
  const clock = testClock(zone)
  const unit = {hourly: HOUR_MS, daily: DAY_MS, weekly: WEEK_MS}
  const events = rotations.flatMap((rotation) =>
    turnEvents(
      {
        anchor: clock.wall(Date.parse(rotation.startDate)),
        length: rotation.length * unit[rotation.type],
        people: rotation.participants.map(({username}) => (username === undefined ? [] : [username])),
        windows: opsgenieWindows(rotation),
        begins: Date.parse(rotation.startDate),
        ends: time(rotation.endDate, Infinity),
        rank: 0,
      },
      asked,
      clock,
    ),
  )
  return modelOf(events)
}

export interface GrafanaModelShift {
  readonly type: string
  readonly level: number
  readonly start: string
  readonly duration: number
  readonly frequency: 'hourly' | 'daily' | 'weekly'
  readonly interval: number
  readonly week_start: string
  readonly by_day: readonly string[] | null
  readonly rolling_users: readonly (readonly string[])[]
  readonly start_rotation_from_user_index: number
}

const ICAL_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function weekdayOf(wall: number): number {
  return (new Date(wall).getUTCDay() + 6) % 7
}

/** When its events begin, and the number of the group that each is of. */
function* grafanaStarts(shift: GrafanaModelShift, until: number): Generator<readonly [number, number]> {
  const {frequency, interval, by_day: days, week_start: weekStart} = shift
  let start = Date.parse(`${shift.start}Z`)
  const unit = {hourly: HOUR_MS, daily: DAY_MS, weekly: WEEK_MS}[frequency]
  if (days === null) {
    for (let n = 0; start + n * interval * unit < until; n += 1) yield [start + n * interval * unit, n]
    return
  }
  const order = ICAL_DAYS.map((_, at) => (ICAL_DAYS.indexOf(weekStart) + at) % 7)
  const isListed = (day: number): boolean => days.includes(ICAL_DAYS[day] ?? '')
  const first = order.find(isListed)
  if (!isListed(weekdayOf(start))) while (weekdayOf(start) !== first) start += DAY_MS
  let [week, listed] = [0, 0]
  for (let day = start; day < until; day += DAY_MS) {
    if (day > start && weekdayOf(day) === order[0]) week += 1
    if (!isListed(weekdayOf(day))) continue
    yield [day, frequency === 'weekly' ? week : Math.floor(listed / interval)]
    listed += 1
  }
}

/** A higher level covers a lower one; events of the same level are on call at the same time. */
export function grafanaModel(zone: string, shifts: readonly GrafanaModelShift[], asked: Span): Model {
  const clock = testClock(zone)
  const events = shifts.flatMap((shift) => {
    const {rolling_users: groups, start_rotation_from_user_index: first, duration, level, frequency, interval} = shift
    const unit = {hourly: HOUR_MS, daily: DAY_MS, weekly: WEEK_MS}[frequency] * interval
    const isSeamless = shift.by_day === null && duration * 1000 === unit
    return [...grafanaStarts(shift, clock.wall(asked.to))].flatMap(([begins, n]): readonly ModelEvent[] => {
      const start = clock.first(begins)
      const end = (isSeamless ? clock.first : clock.last)(begins + duration * 1000)
      if (end <= asked.from || end <= start) return []
      return [{start, end, people: groups[(first + n) % groups.length] ?? [], rank: level}]
    })
  })
  return modelOf(events)
}
