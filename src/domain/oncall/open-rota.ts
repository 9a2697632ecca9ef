import type {Absence, Override, Rota, WrittenPeriod, WrittenRota} from './rota.js'
import {instantOf, wallClock, type WallClock} from './wall-clock.js'

/** What was decided after the file was written. */
export interface LaterChanges {
  /** Each covers those before it, and those of the file. */
  readonly overrides: readonly Override[]
}

function interval({from, to}: WrittenPeriod, clock: WallClock): {readonly start: number; readonly end: number} {
  return {start: instantOf(from, clock), end: instantOf(to, clock)}
}

/** The rota of a file, with its wall times read by the clocks of its zone. What clocks skip altogether is left out. */
export function openRota(written: WrittenRota, later: LaterChanges = {overrides: []}): Rota {
  const clock = wallClock(written.timezone)
  const overrides = written.overrides.map(({from, to, ...override}): Override => ({
    ...override,
    ...interval({from, to}, clock),
  }))
  const absences = written.absences.map(({from, to, ...absence}): Absence => ({
    ...absence,
    ...interval({from, to}, clock),
  }))
  const hasTime = ({start, end}: Override | Absence): boolean => start < end
  return {
    ...written,
    overrides: [...overrides.filter(hasTime), ...later.overrides],
    absences: absences.filter(hasTime),
  }
}
