import {Temporal} from 'temporal-polyfill/implementation'
import {FaciError} from '../errors.js'
import {type ZoneOffset, zoneOffset} from '../time/zone-offset.js'
import type {WallTime, WrittenMoment} from './rota.js'

/** Of a wall time that comes twice, when clocks are put back. */
type Which = 'first' | 'last'

/** The clocks of an IANA zone. */
export interface WallClock {
  /** Epoch ms. A time that clocks skip is as much later as they skip: 02:30 is 03:30. */
  readonly instant: (wall: WallTime, which?: Which) => number
  readonly wall: (at: number) => WallTime
}

function plain(wall: WallTime): Temporal.PlainDateTime {
  const date = new Date(wall)
  return new Temporal.PlainDateTime(
    ...([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] as const),
    ...([date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()] as const),
  )
}

function asIfUtc(local: Temporal.PlainDateTime): WallTime {
  return local.toZonedDateTime('UTC').epochMilliseconds
}

const DAY_MS = 86_400_000
const ANY_TIME = Date.UTC(2026, 0)
const DISAMBIGUATION = {first: 'compatible', last: 'later'} as const

/** Of a wall time that is not near a change of clocks; the others are temporal-polyfill's. */
function plainInstant(offset: ZoneOffset, wall: WallTime): number | undefined {
  const [before, after] = [offset(wall - DAY_MS), offset(wall + DAY_MS)]
  return before === after ? wall - before : undefined
}

function newClock(zone: string): WallClock {
  const offset = zoneOffset(zone)
  try {
    offset(ANY_TIME)
  } catch {
    throw new FaciError('configInvalid', `Node.js has no time zone ${JSON.stringify(zone)}`, {
      suggestions: ['write an IANA time zone such as America/Sao_Paulo as `timezone`'],
    })
  }
  const known = {first: new Map<WallTime, number>(), last: new Map<WallTime, number>()}
  return {
    instant: (wall, which = 'first') => {
      const before = known[which].get(wall)
      if (before !== undefined) return before
      const at =
        plainInstant(offset, wall) ??
        plain(wall).toZonedDateTime(zone, {disambiguation: DISAMBIGUATION[which]}).epochMilliseconds
      known[which].set(wall, at)
      return at
    },
    wall: (at) => at + offset(at),
  }
}

const CLOCKS = new Map<string, WallClock>()

/** The same each time: what it was asked is remembered, as one question of a rota leads to others of the same hours. Throws `configInvalid` for a zone that this Node does not know. */
export function wallClock(zone: string): WallClock {
  const clock = CLOCKS.get(zone) ?? newClock(zone)
  CLOCKS.set(zone, clock)
  return clock
}

/** The same day and time so many months later; where the month is too short, its last day. */
export function monthsLater(wall: WallTime, months: number): WallTime {
  return asIfUtc(plain(wall).add({months}, {overflow: 'constrain'}))
}

/** Epoch ms, read in the zone that it names, else in the rota's. */
export function instantOf({wall, zone, plusMs}: WrittenMoment, clock: WallClock): number {
  return (zone === null ? clock : wallClock(zone)).instant(wall) + plusMs
}
