import type {Layer, Rota} from '../../src/domain/oncall/rota.js'
import {atWallClock, type ZoneOffset} from '../../src/domain/time/zone-offset.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const STEP_MINUTES = 30

/** When a wall clock shows this for the last time; where it is skipped, as much later as is skipped. By Intl alone. */
function lastAt(offset: ZoneOffset, wall: number): number {
  const candidates = [wall - DAY_MS, wall + DAY_MS].map((near) => wall - offset(near))
  const exact = candidates.filter((at) => at + offset(at) === wall)
  return Math.max(...(exact.length > 0 ? exact : candidates))
}

function weekday(wall: number): number {
  return (new Date(wall).getUTCDay() + 6) % 7
}

/** Counted month by month from the anchor, by the calendar alone. */
function monthLater(anchor: number, months: number): number {
  const date = new Date(anchor)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (((anchor % DAY_MS) + DAY_MS) % DAY_MS)
}

function handOff({anchor, every: {count, unit}}: Layer, turn: number): number {
  const size = {hours: 60, days: 1440, weeks: 10_080} as const
  return unit === 'months' ? monthLater(anchor, turn * count) : anchor + turn * count * size[unit] * MINUTE_MS
}

/** Whether hours and weekdays hold at a wall time, by looking at each window of this day and the one before. */
function holds({hours, weekdays}: Layer['restriction'], wall: number): boolean {
  return [0, 1].some((back) => {
    const day = Math.floor(wall / DAY_MS) * DAY_MS - back * DAY_MS
    if (weekdays !== null && !(weekdays as readonly number[]).includes(weekday(day))) return false
    const minute = (wall - day) / MINUTE_MS
    return (hours ?? [{start: 0, end: 1440}]).some(({start, end}) => start <= minute && minute < end)
  })
}

function serves(restriction: Layer['restriction'], start: number, end: number): boolean {
  for (let time = start; time < end; time += STEP_MINUTES * MINUTE_MS) if (holds(restriction, time)) return true
  return false
}

interface OracleTurn {
  readonly at: number
  readonly person: string
}

/**
 * The turns of a layer from its anchor on, one after the other as somebody with a paper calendar would: each hand-off looked up on its own,
 * the next person whenever some half hour of the turn is one of the layer's. For layers that start at their anchor. Only those within a week
 * of `near` are at their instant; the others are far enough that clocks do not matter.
 */
export function oracleTurns(layer: Layer, offset: ZoneOffset, near: number): readonly OracleTurn[] {
  const turns: OracleTurn[] = []
  let served = 0
  for (let turn = 0; ; turn += 1) {
    const [wall, next] = [handOff(layer, turn), handOff(layer, turn + 1)]
    const at = Math.abs(wall - near) < 7 * DAY_MS ? atWallClock(offset, wall) : wall
    if (at > near + 7 * DAY_MS) return turns
    turns.push({at, person: layer.people[served % layer.people.length] ?? ''})
    const isPlain = layer.restriction.hours === null && layer.restriction.weekdays === null
    if (isPlain || next - wall >= 7 * DAY_MS || serves(layer.restriction, wall, next)) served += 1
  }
}

/** Whether hours and weekdays hold at an instant: the rules of the README, one window after the other. */
function isOpen({hours, weekdays}: Layer['restriction'], at: number, offset: ZoneOffset): boolean {
  const today = Math.floor((at + offset(at)) / DAY_MS) * DAY_MS
  return [-2, -1, 0, 1].some((days) => {
    const day = today + days * DAY_MS
    if (weekdays !== null && !(weekdays as readonly number[]).includes(weekday(day))) return false
    if (hours === null) return atWallClock(offset, day) <= at && at < atWallClock(offset, day + DAY_MS)
    return hours.some(
      ({start, end}) =>
        atWallClock(offset, day + start * MINUTE_MS) <= at && at < lastAt(offset, day + end * MINUTE_MS),
    )
  })
}

/** Who is on call at an instant: the last layer that has somebody. Rotas without overrides. */
export function oracleOnCall(
  {layers}: Rota,
  turnsOf: ReadonlyMap<Layer, readonly OracleTurn[]>,
  offset: ZoneOffset,
  at: number,
): string | null {
  for (const layer of [...layers].reverse()) {
    const turn = turnsOf.get(layer)?.findLast((one) => one.at <= at)
    const isOver = layer.end !== null && at >= atWallClock(offset, layer.end)
    if (turn !== undefined && !isOver && isOpen(layer.restriction, at, offset)) return turn.person
  }
  return null
}
