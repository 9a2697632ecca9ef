import {covered, type Interval, overlap, within} from './interval.js'
import type {Layer, Override, Rota, Shift} from './rota.js'
import {turnsBetween} from './turns.js'
import {wallClock, type WallClock} from './wall-clock.js'
import {windowsBetween} from './windows.js'

/** Who a layer alone has on call in this interval, cut to it. */
export function layerShifts(layer: Layer, asked: Interval, clock: WallClock): readonly Shift[] {
  const turns = within(turnsBetween(layer, asked, clock), [asked])
  const shifts = within(turns, windowsBetween(layer.restriction, asked, clock))
  return shifts.map(({start, end, person, turn}) => ({start, end, person, layer: layer.name, turn, override: null}))
}

/** From the first beginning to the last end of whatever turn or override has a part of what was asked for. */
function reach({layers, overrides}: Rota, asked: Interval, clock: WallClock): Interval {
  const edges = [
    {start: asked.start, end: asked.start + 1},
    {start: asked.end - 1, end: asked.end},
  ]
  const turns = layers.flatMap((layer) => edges.flatMap((edge) => turnsBetween(layer, edge, clock)))
  const met = [asked, ...turns, ...overrides.filter((override) => overlap(override, asked) !== null)]
  return {
    start: met.reduce((least, {start}) => Math.min(least, start), asked.start),
    end: met.reduce((most, {end}) => Math.max(most, end), asked.end),
  }
}

/** Cut wherever an override begins or ends. */
function cutAt(shifts: readonly Shift[], overrides: readonly Override[]): readonly Shift[] {
  const cuts = overrides.flatMap(({start, end}) => [start, end]).sort((a, b) => a - b)
  return shifts.flatMap((shift) => {
    const inside = cuts.filter((at) => at > shift.start && at < shift.end)
    const edges = [...new Set([shift.start, ...inside, shift.end])]
    return edges.slice(1).map((end, index) => ({...shift, start: edges[index] ?? shift.start, end}))
  })
}

/**
 * Who is there in the end when A is replaced by B, and B by C: C, in whatever order that was written. Two who replace each other have
 * swapped. Of two replacements of the same person the later one counts.
 */
function replaced(shift: Shift, active: readonly Override[]): Shift {
  let {person, override} = shift
  const seen = new Set<string>()
  while (!seen.has(person)) {
    seen.add(person)
    const next = active.findLast(({replaces}) => replaces === person)
    if (next === undefined || seen.has(next.person)) break
    ;[person, override] = [next.person, next]
  }
  return {...shift, person, override}
}

function withReplacements(shifts: readonly Shift[], overrides: readonly Override[]): readonly Shift[] {
  const replacing = overrides.filter(({replaces}) => replaces !== null)
  if (replacing.length === 0) return shifts
  return cutAt(shifts, replacing).map((shift) => {
    const active = replacing.filter((override) => overlap(override, shift) !== null)
    return active.length === 0 ? shift : replaced(shift, active)
  })
}

function areOne(a: Shift, b: Shift): boolean {
  return (
    a.end === b.start && a.person === b.person && a.layer === b.layer && a.turn === b.turn && a.override === b.override
  )
}

function joined(shifts: readonly Shift[]): readonly Shift[] {
  const whole: Shift[] = []
  for (const shift of shifts) {
    const last = whole.at(-1)
    if (last !== undefined && areOne(last, shift)) whole[whole.length - 1] = {...last, end: shift.end}
    else whole.push(shift)
  }
  return whole
}

/**
 * Who is on call, in order: a later layer covers an earlier one, an override covers the layers, and a later override an earlier one.
 * At every instant there is one person or nobody. Shifts at both ends are as long as they are, and not cut to what was asked for.
 */
export function shiftsBetween(rota: Rota, asked: Interval): readonly Shift[] {
  const clock = wallClock(rota.timezone)
  // What begins before or ends after is known as well, so that what covers a shift beyond what was asked for is seen too.
  const all = reach(rota, asked, clock)
  const layers = rota.layers.map((layer) => layerShifts(layer, all, clock))
  const taken = rota.overrides
    .filter((override) => override.replaces === null && overlap(override, all) !== null)
    .map((override): readonly Shift[] => {
      const {start, end, person} = override
      return [{start, end, person, layer: null, turn: null, override}]
    })
  const painted = [...layers, ...taken].reduce<readonly Shift[]>((under, over) => covered(under, over), [])
  const shifts = joined(withReplacements(painted, rota.overrides))
  return shifts.filter((shift) => overlap(shift, asked) !== null)
}

/** Who is on call at an instant (epoch ms), since when and until when; null: nobody. */
export function onCallAt(rota: Rota, at: number): Shift | null {
  return shiftsBetween(rota, {start: at, end: at + 1}).at(0) ?? null
}
