import type {Interval} from '../interval.js'
import {finding, type ImportFinding, type SourceRotation, type WeekWindow} from './source-rota.js'
import {WEEK_MINUTES, weekIntervals} from './week-windows.js'

const MINUTE_MS = 60_000
/** Monday 1970-01-05: weeks of windows begin on Mondays. */
const MONDAY_MINUTES = 4 * 1440

/** A rotation with turns that are nobody's: null. */
export type RotationWithGaps = Omit<SourceRotation, 'people'> & {readonly people: readonly (string | null)[]}

function wholeMinute(wall: number): number {
  return Math.floor(wall / MINUTE_MS) * MINUTE_MS
}

/** Turns of a week that are somebody's, where all turns are as often in each week. */
function takenTurns({anchor, everyMinutes, people}: RotationWithGaps): readonly WeekWindow[] {
  const first = wholeMinute(anchor) / MINUTE_MS - MONDAY_MINUTES
  return Array.from({length: WEEK_MINUTES / everyMinutes}, (_, turn) => turn)
    .filter((turn) => people[turn % people.length] !== null)
    .map((turn) => {
      const start = (first + turn * everyMinutes) % WEEK_MINUTES
      return {start: start < 0 ? start + WEEK_MINUTES : start, minutes: everyMinutes}
    })
}

function inBoth(one: Interval, other: Interval): readonly WeekWindow[] {
  return [-WEEK_MINUTES, 0, WEEK_MINUTES].flatMap((later) => {
    const start = Math.max(one.start, other.start + later)
    const end = Math.min(one.end, other.end + later)
    return start < end ? [{start: start % WEEK_MINUTES, minutes: end - start}] : []
  })
}

function within(turns: readonly WeekWindow[], windows: readonly WeekWindow[] | null): readonly WeekWindow[] {
  const limits = windows === null ? null : weekIntervals(windows)
  if (limits === null) return turns
  return turns.flatMap(({start, minutes}) => limits.flatMap((limit) => inBoth({start, end: start + minutes}, limit)))
}

/**
 * A rota of faci has no turn that is nobody's, but windows of the week. Where the turns of everybody together are a week, or are gone
 * through several times in one, an empty turn is time outside of those windows. A finding: they are not.
 */
export function withoutEmptyTurns(rotation: RotationWithGaps): SourceRotation | ImportFinding {
  const {people, name, everyMinutes, anchor, from, windows, losses} = rotation
  const taken = people.filter((one) => one !== null)
  const [somebody] = taken
  if (somebody === undefined || taken.length === people.length) return {...rotation, people: taken}
  if (WEEK_MINUTES % (everyMinutes * people.length) !== 0) {
    const empty = people.flatMap((one, at) => (one === null ? [String(at + 1)] : []))
    return finding('emptyTurn', 'layers', name, `${empty.join(', ')} of ${String(people.length)}`)
  }
  const covered = within(takenTurns(rotation), windows)
  // All that anybody's turns hold is outside of the rotation's own times.
  if (covered.length === 0) return finding('empty', 'layers', name)
  return {
    ...rotation,
    anchor: wholeMinute(anchor),
    from: wholeMinute(from),
    // Who it says there does not matter: no window is of an empty turn.
    people: people.map((one) => one ?? somebody),
    windows: covered,
    losses: wholeMinute(anchor) === anchor ? losses : [...losses, finding('seconds', 'layers', name)],
  }
}
