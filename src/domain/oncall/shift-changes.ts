import type {Interval} from './interval.js'
import type {Rota, Shift} from './rota.js'
import {shiftsBetween} from './shifts.js'

/** Somebody else is on call; null: nobody. */
export interface ShiftChange extends Interval {
  readonly before: string | null
  readonly after: string | null
}

/** What a person gains or loses by changes, in ms. */
export interface PersonChange {
  readonly person: string
  readonly gained: number
  readonly lost: number
}

/** Who is on call at each of these instants, which are in order. */
function peopleAt(shifts: readonly Shift[], instants: readonly number[]): readonly (string | null)[] {
  let next = 0
  return instants.map((at) => {
    while (next < shifts.length && (shifts[next]?.end ?? 0) <= at) next += 1
    const shift = shifts[next]
    return shift !== undefined && shift.start <= at ? shift.person : null
  })
}

function joined(changes: readonly ShiftChange[]): readonly ShiftChange[] {
  const whole: ShiftChange[] = []
  for (const change of changes) {
    const last = whole.at(-1)
    const isOne = last?.end === change.start && last.before === change.before && last.after === change.after
    if (isOne) whole[whole.length - 1] = {...last, end: change.end}
    else whole.push(change)
  }
  return whole
}

/** Where two rotas have different people on call, in order and cut to what was asked for. */
export function shiftChanges(before: Rota, after: Rota, asked: Interval): readonly ShiftChange[] {
  const [old, anew] = [shiftsBetween(before, asked), shiftsBetween(after, asked)]
  const inside = [...old, ...anew]
    .flatMap(({start, end}) => [start, end])
    .filter((at) => at > asked.start && at < asked.end)
  const edges = [...new Set([asked.start, ...inside])].sort((a, b) => a - b)
  const [was, is] = [peopleAt(old, edges), peopleAt(anew, edges)]
  const pieces = edges.map((start, index) => ({
    ...{start, end: edges[index + 1] ?? asked.end},
    ...{before: was[index] ?? null, after: is[index] ?? null},
  }))
  return joined(pieces.filter((piece) => piece.before !== piece.after))
}

/** By name. */
export function changesByPerson(changes: readonly ShiftChange[]): readonly PersonChange[] {
  const people = [...new Set(changes.flatMap(({before, after}) => [before, after]))].filter((one) => one !== null)
  const sum = (of: readonly ShiftChange[]): number => of.reduce((all, {start, end}) => all + end - start, 0)
  return people.sort().map((person) => ({
    person,
    gained: sum(changes.filter(({after}) => after === person)),
    lost: sum(changes.filter(({before}) => before === person)),
  }))
}
