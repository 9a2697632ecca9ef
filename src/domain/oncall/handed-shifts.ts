import {type Interval, overlap, union, without} from './interval.js'
import type {Override, Rota, Shift} from './rota.js'
import {shiftsBetween} from './shifts.js'

/** Who is to be on call when. */
export interface Piece extends Interval {
  readonly person: string
}

const DAY_MS = 86_400_000
/** The longest turn there is, and then some. */
const FAR_MS = 400 * DAY_MS

/** Whether this person, and nobody else, is on call all the time. */
export function isOnCallThroughout(rota: Rota, {person, start, end}: Piece): boolean {
  const own = shiftsBetween(rota, {start, end}).filter((shift) => shift.person === person)
  return without([{start, end}], union(own)).length === 0
}

/**
 * Overrides after which each of these people is on call then. Where the rota replaces the person in that very time, an override by which
 * they replace themselves ends that: of two replacements of a person the later one counts.
 */
export function overridesFor(rota: Rota, pieces: readonly Piece[]): readonly Override[] {
  const lasting = pieces.filter(({start, end}) => start < end)
  const plain = lasting.map(({person, start, end}): Override => ({person, start, end, replaces: null}))
  const tried = {...rota, overrides: [...rota.overrides, ...plain]}
  const stubborn = plain.filter((piece) => !isOnCallThroughout(tried, piece))
  return [...plain, ...stubborn.map((piece) => ({...piece, replaces: piece.person}))]
}

function isOfOneTurn(a: Shift, b: Shift): boolean {
  return a.person === b.person && a.layer === b.layer && a.turn === b.turn && a.override === b.override
}

function cutTo(shifts: readonly Shift[], person: string, within: Interval): readonly Piece[] {
  return shifts.flatMap((shift) => {
    const part = shift.person === person ? overlap(shift, within) : null
    return part === null ? [] : [{...part, person}]
  })
}

/** What is left from `from` on of the turn in which this person is on call, else all of their next one; empty: none within a year. */
export function nextTurn(rota: Rota, person: string, from: number): readonly Piece[] {
  const all = {start: from, end: from + FAR_MS}
  const shifts = shiftsBetween(rota, all)
  const first = shifts.find((shift) => shift.person === person)
  if (first === undefined) return []
  return cutTo(
    shifts.filter((shift) => isOfOneTurn(shift, first)),
    person,
    all,
  )
}

/** All that this person has in the interval. */
export function piecesOf(rota: Rota, person: string, asked: Interval): readonly Piece[] {
  return cutTo(shiftsBetween(rota, asked), person, asked)
}

/** The same times with the other person. */
export function handedTo(pieces: readonly Piece[], person: string): readonly Piece[] {
  return pieces.map((piece) => ({...piece, person}))
}
