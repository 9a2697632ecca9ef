import {Temporal} from 'temporal-polyfill/implementation'
import {FaciError} from '../errors.js'
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

const DISAMBIGUATION = {first: 'compatible', last: 'later'} as const

function newClock(zone: string): WallClock {
  try {
    new Temporal.ZonedDateTime(0n, zone)
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
      const at = plain(wall).toZonedDateTime(zone, {disambiguation: DISAMBIGUATION[which]}).epochMilliseconds
      known[which].set(wall, at)
      return at
    },
    wall: (at) => asIfUtc(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime()),
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
