import {overlap} from './interval.js'
import type {Rota, Shift} from './rota.js'
import {shiftsBetween} from './shifts.js'

/** Somebody's time on call, over as many shifts as follow each other. Epoch ms; null: longer than a year. */
export interface Duty {
  readonly person: string
  readonly since: number | null
  readonly until: number | null
  /** Of the instant that was asked about, else of its beginning. */
  readonly shift: Shift
}

export interface DutyAt {
  readonly now: Duty | null
  readonly next: Duty | null
}

const DAY_MS = 86_400_000
/** How far to look, as far as it takes: most rotations hand off within a day, a week or a month. */
const LOOKS_MS = [2 * DAY_MS, 16 * DAY_MS, 70 * DAY_MS, 400 * DAY_MS] as const

interface Chain {
  readonly shifts: readonly [Shift, ...Shift[]]
  /** Whether what comes before its beginning, and after its end, is known. */
  readonly begins: boolean
  readonly ends: boolean
}

/** Shifts of one person that touch, as one. */
function chains(shifts: readonly Shift[], from: number, to: number): readonly Chain[] {
  const grouped: [Shift, ...Shift[]][] = []
  for (const shift of shifts) {
    const last = grouped.at(-1)
    const before = last?.at(-1)
    if (last !== undefined && before?.person === shift.person && before.end === shift.start) last.push(shift)
    else grouped.push([shift])
  }
  return grouped.map((chain) => ({
    shifts: chain,
    begins: chain[0].start > from,
    ends: (chain.at(-1) ?? chain[0]).end < to,
  }))
}

function dutyOf({shifts, begins, ends}: Chain, at: number): Duty {
  const [first] = shifts
  const shift = shifts.find((one) => overlap(one, {start: at, end: at + 1}) !== null) ?? first
  const last = shifts.at(-1) ?? first
  return {person: first.person, since: begins ? first.start : null, until: ends ? last.end : null, shift}
}

function look(rota: Rota, at: number, far: number): DutyAt {
  const [from, to] = [at - far, at + far]
  const all = chains(shiftsBetween(rota, {start: from, end: to}), from, to)
  const isNow = ({shifts}: Chain): boolean => shifts.some(({start, end}) => start <= at && at < end)
  const [now, next] = [all.find(isNow), all.find(({shifts: [first]}) => first.start > at)]
  return {
    now: now === undefined ? null : dutyOf(now, at),
    next: next === undefined ? null : dutyOf(next, at),
  }
}

function isWhole(duty: Duty | null): boolean {
  return typeof duty?.since === 'number' && typeof duty.until === 'number'
}

/** Who is on call at an instant (epoch ms), and who is next: somebody else, or the same person after a pause. */
export function dutyAt(rota: Rota, at: number): DutyAt {
  for (const far of LOOKS_MS) {
    const found = look(rota, at, far)
    // Nobody now is certain at once.
    if ((found.now === null || isWhole(found.now)) && isWhole(found.next)) return found
  }
  return look(rota, at, LOOKS_MS[3])
}
