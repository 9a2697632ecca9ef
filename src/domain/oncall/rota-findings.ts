import {gapsBetween} from './gaps.js'
import {type Interval, overlap, union, within} from './interval.js'
import type {RotaFindingKind} from './rota-check.js'
import type {Absence, Layer, Rota, Shift} from './rota.js'
import {layerShifts, shiftsBetween} from './shifts.js'
import {handOffInstant} from './turns.js'
import type {WallClock} from './wall-clock.js'

/** Epoch ms. */
export interface FoundInRota extends Interval {
  readonly kind: RotaFindingKind
  readonly people: readonly string[]
}

function pairs<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other] as const))
}

/** Both at once, with who they are. */
function both(
  under: readonly Shift[],
  over: readonly Shift[],
): readonly (Interval & {readonly people: readonly string[]})[] {
  const found = over.map((shift) =>
    within(under, [shift]).map((piece) => ({...piece, people: [piece.person, shift.person]})),
  )
  return found.flat().map(({start, end, people}) => ({start, end, people}))
}

/** Layers of hours stand side by side: where two of them meet, one hides the other. A layer without hours is there to be covered, or to cover. */
function overlaps({layers, overrides}: Rota, shiftsOf: LayerShifts, asked: Interval): readonly FoundInRota[] {
  const byHours = layers.filter(({restriction}) => restriction.hours !== null)
  const ofLayers = pairs(byHours).flatMap(([one, other]) => both(shiftsOf.get(one) ?? [], shiftsOf.get(other) ?? []))
  const ofOverrides = pairs(overrides.filter(({replaces}) => replaces === null)).flatMap(([one, other]) => {
    const common = overlap(one, other)
    const seen = common === null ? null : overlap(common, asked)
    return seen === null ? [] : [{...seen, people: [one.person, other.person]}]
  })
  return [...ofLayers, ...ofOverrides]
    .filter(({people: [one, other]}) => one !== other)
    .map((found) => ({kind: 'overlap', ...found}))
}

/** Whether they are turns of one layer that nobody else is in. */
function isAlone({layers}: Rota, one: Shift, other: Shift): boolean {
  const layer = layers.find(({name}) => name === one.layer)
  return one.layer === other.layer && layer?.people.length === 1
}

type LayerShifts = ReadonlyMap<Layer, readonly Shift[]>

/** Whether the same person's shift of its layer goes on across this instant: another layer lies over it, and it is no second one. */
function goesOn({layer, person}: Shift, at: number, shiftsOf: LayerShifts): boolean {
  const own = [...shiftsOf].find(([{name}]) => name === layer)?.[1] ?? []
  return own.some((shift) => shift.person === person && shift.start < at && at < shift.end)
}

function inARow(
  rota: Rota,
  shifts: readonly Shift[],
  shiftsOf: LayerShifts,
): readonly (Interval & {readonly person: string})[] {
  return shifts.flatMap((shift, index) => {
    const before = shifts[index - 1]
    const {person, start: at} = shift
    if (before?.person !== person || before.end !== at || isAlone(rota, before, shift)) return []
    if (goesOn(before, at, shiftsOf) || goesOn(shift, at, shiftsOf)) return []
    return [{person, start: before.start, end: shift.end}]
  })
}

function doubleShifts(rota: Rota, shifts: readonly Shift[], shiftsOf: LayerShifts): readonly FoundInRota[] {
  const atOnce = pairs(rota.layers).flatMap(([one, other]) =>
    both(shiftsOf.get(one) ?? [], shiftsOf.get(other) ?? []).flatMap(({people: [first, second], ...when}) =>
      first === second && first !== undefined ? [{...when, person: first}] : [],
    ),
  )
  const all = [...atOnce, ...inARow(rota, shifts, shiftsOf)]
  return [...new Set(all.map(({person}) => person))].flatMap((person) =>
    union(all.filter((one) => one.person === person)).map((when) => ({kind: 'doubleShift', people: [person], ...when})),
  )
}

function clashes(all: readonly Absence[], shifts: readonly Shift[]): readonly FoundInRota[] {
  return [...new Set(all.map(({person}) => person))].flatMap((person) => {
    const away = union(all.filter((absence) => absence.person === person))
    const met = within(
      shifts.filter((shift) => shift.person === person),
      away,
    )
    return union(met).map((when): FoundInRota => ({kind: 'absence', people: [person], ...when}))
  })
}

/** Everybody whose turn it should be some day: in a layer, or in nothing else either. */
function servingPeople({people, layers, escalation}: Rota): readonly string[] {
  const told = escalation.flatMap(({notify}) => (notify.kind === 'person' ? [notify.name] : []))
  const inLayers = new Set(layers.flatMap((layer) => layer.people))
  return people.map(({name}) => name).filter((name) => inLayers.has(name) || !told.includes(name))
}

/** Turns for each person, so that everybody has one even where a layer has one day of seven. */
const ROUNDS = 8
const MOST_MS = 5 * 366 * 86_400_000

/** A round of a layer may be longer than what was asked about. */
function neverServing(rota: Rota, shifts: readonly Shift[], asked: Interval, clock: WallClock): readonly FoundInRota[] {
  const seen = new Set(shifts.map(({person}) => person))
  const missing = servingPeople(rota).filter((person) => !seen.has(person))
  if (missing.length === 0) return []
  const round = rota.layers.map((layer) => handOffInstant(layer, asked.start, ROUNDS * layer.people.length, clock))
  const end = Math.max(asked.end, Math.min(asked.start + MOST_MS, Math.max(...round)))

  const later = end > asked.end ? new Set(shiftsBetween(rota, {start: asked.end, end}).map(({person}) => person)) : seen
  return missing
    .filter((person) => !later.has(person))
    .map((person) => ({kind: 'neverServes', people: [person], start: asked.start, end}))
}

/** What is wrong with a rota in an interval, in the order of time. `shifts`: those of the interval, cut to it; `away`: who is absent then. */
export function rotaFindings(
  rota: Rota,
  {shifts, away}: {readonly shifts: readonly Shift[]; readonly away: readonly Absence[]},
  asked: Interval,
  clock: WallClock,
): readonly FoundInRota[] {
  const shiftsOf = new Map(rota.layers.map((layer) => [layer, layerShifts(layer, asked, clock)]))
  const found: readonly FoundInRota[] = [
    ...gapsBetween(rota, asked).map((gap): FoundInRota => ({kind: 'gap', people: [], ...gap})),
    ...overlaps(rota, shiftsOf, asked),
    ...doubleShifts(rota, shifts, shiftsOf),
    ...clashes(away, shifts),
    ...neverServing(rota, shifts, asked, clock),
  ]
  return [...found].sort((a, b) => a.start - b.start || a.kind.localeCompare(b.kind))
}
