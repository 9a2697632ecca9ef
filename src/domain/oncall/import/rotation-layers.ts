import type {Layer, Restriction, WallTime} from '../rota.js'
import {servedPattern} from '../turns.js'
import {isUnrestricted} from '../windows.js'
import {finding, type ImportFinding, type SourceRotation} from './source-rota.js'
import {restrictionsOf} from './week-windows.js'

const MINUTE_MS = 60_000
/** More than a year of turns is no rotation of faci's. */
const UNITS = [
  {unit: 'weeks', minutes: 10_080, most: 53},
  {unit: 'days', minutes: 1440, most: 366},
  {unit: 'hours', minutes: 60, most: 8784},
] as const
/** Longer lists cannot be read by anybody. */
const MOST_PEOPLE = 1000
const MOST_TURNS = 20_000

/** A rotation as layers of which no two are on call at the same time; none: it has ended. */
export interface RotationLayers {
  readonly layers: readonly Layer[]
  readonly losses: readonly ImportFinding[]
}

interface Segment {
  readonly anchor: WallTime
  readonly end: WallTime | null
  /** Which turn begins, or goes on, at the anchor. */
  readonly first: number
  /** Only what is left of that turn. */
  readonly isPart: boolean
}

function everyOf(minutes: number): Layer['every'] | null {
  const found = UNITS.find((unit) => minutes % unit.minutes === 0 && minutes / unit.minutes <= unit.most)
  return found === undefined ? null : {count: minutes / found.minutes, unit: found.unit}
}

function smallestPeriod<T>(list: readonly T[]): readonly T[] {
  for (let length = 1; length < list.length; length += 1) {
    if (list.length % length === 0 && list.every((one, at) => one === list[at % length])) return list.slice(0, length)
  }
  return list
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

function at<T>(list: readonly T[], index: number): T {
  return list[((index % list.length) + list.length) % list.length] as T
}

/** What is left of it from now on. A rotation that begins within a turn begins with what is left of that. */
function segmentsOf({anchor, from, until, everyMinutes}: SourceRotation, now: WallTime): readonly Segment[] {
  if (from <= now || from <= anchor) return [{anchor, end: until, first: 0, isPart: false}]
  const length = everyMinutes * MINUTE_MS
  const first = Math.floor((from - anchor) / length)
  if (anchor + first * length === from) return [{anchor: from, end: until, first, isPart: false}]
  const next = anchor + (first + 1) * length
  const segments: readonly Segment[] = [
    {anchor: from, end: Math.min(next, until ?? next), first, isPart: true},
    {anchor: next, end: until, first: first + 1, isPart: false},
  ]
  return segments.filter((segment) => segment.end === null || segment.end > segment.anchor)
}

/** Which of the turns from here on have a window, for as many as there are until that repeats. */
function pattern(anchor: WallTime, minutes: number, restriction: Restriction): readonly boolean[] {
  return isUnrestricted(restriction) ? [true] : servedPattern({anchor, restriction}, minutes)
}

/** How many turns of the rotation somebody has served in before this one. */
function servedBefore({anchor, everyMinutes}: SourceRotation, first: number, restriction: Restriction): number {
  const turns = pattern(anchor, everyMinutes, restriction)
  const all = turns.filter(Boolean).length
  const rest = turns.slice(0, first % turns.length).filter(Boolean).length
  return Math.floor(first / turns.length) * all + rest
}

/**
 * Who serves in the turns that faci counts: those that have a window. Where the other tool counts all of them, those without one are
 * left out of its list, so that the same person serves at each time. Null: it takes too long until that repeats.
 */
function listOf(
  rotation: SourceRotation,
  {anchor, first, isPart}: Segment,
  restriction: Restriction,
): readonly string[] | null {
  const {people, everyMinutes, countsIdleTurns} = rotation
  if (!countsIdleTurns) {
    const served = servedBefore(rotation, first, restriction)
    return isPart ? [at(people, served)] : people.map((_, n) => at(people, served + n))
  }
  if (isPart) return [at(people, first)]
  const turns = pattern(anchor, everyMinutes, restriction)
  const all = (turns.length * people.length) / greatestDivisor(turns.length, people.length)
  if (all > MOST_TURNS) return null
  const list = Array.from({length: all}, (_, n) => (at(turns, n) ? [at(people, first + n)] : [])).flat()
  const least = smallestPeriod(list)
  return least.length > MOST_PEOPLE ? null : least
}

function wholeMinute(wall: WallTime): WallTime {
  return Math.floor(wall / MINUTE_MS) * MINUTE_MS
}

/** In whole minutes, as faci counts. */
function inMinutes(rotation: SourceRotation, now: WallTime): SourceRotation {
  const {anchor, from, until, people, name, losses} = rotation
  const isAlone = new Set(people).size === 1
  const hasSeconds = (wall: WallTime | null): boolean => wall !== null && wall !== wholeMinute(wall)
  const counts = (hasSeconds(anchor) && !(isAlone && from <= now)) || (from > now && hasSeconds(from))
  return {
    ...rotation,
    anchor: wholeMinute(anchor),
    from: wholeMinute(from),
    until: until === null ? null : wholeMinute(until),
    losses: counts || hasSeconds(until) ? [...losses, finding('seconds', 'layers', name)] : losses,
  }
}

/** Null: a list would be too long. */
function layersOf(rotation: SourceRotation, every: Layer['every'], now: WallTime): readonly Layer[] | null {
  const {name, people, windows} = rotation
  const isAlone = new Set(people).size === 1
  const layers: Layer[] = []
  for (const segment of segmentsOf(rotation, now)) {
    for (const restriction of restrictionsOf(windows)) {
      const list = isAlone ? people.slice(0, 1) : listOf(rotation, segment, restriction)
      if (list === null) return null
      const {anchor, end} = segment
      if (list.length > 0) layers.push({name, every, people: list, anchor, startsAtAnchor: true, end, restriction})
    }
  }
  return layers
}

/** `now`: what the clocks of its zone show. A finding: why it is left out. */
export function rotationLayers(source: SourceRotation, now: WallTime): RotationLayers | ImportFinding {
  const {name, people, everyMinutes} = source
  if (source.until !== null && source.until <= Math.max(now, source.from)) return {layers: [], losses: []}
  if (people.length === 0) return finding('empty', 'layers', name)
  const isAlone = new Set(people).size === 1
  const rotation = inMinutes(
    isAlone && everyOf(everyMinutes) === null ? {...source, everyMinutes: 10_080} : source,
    now,
  )
  const every = everyOf(rotation.everyMinutes)
  if (every === null) return finding('turnLength', 'layers', name, everyMinutes)
  const layers = layersOf(rotation, every, now)
  if (layers === null) return finding('tooManyTurns', 'layers', name, people.length)
  return {layers, losses: rotation.losses}
}
