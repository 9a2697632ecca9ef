import {FaciError} from '../../domain/errors.js'
import {handedTo, nextTurn, overridesFor, type Piece, piecesOf} from '../../domain/oncall/handed-shifts.js'
import type {OverrideReport} from '../../domain/oncall/override-report.js'
import type {Rota} from '../../domain/oncall/rota.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {
  decideOverride,
  type DecideDeps,
  type DecideInput,
  needRota,
  spanOf,
  type TypedMoment,
} from './decide-override.js'
import {namedPerson} from './named-person.js'
import {rotaInForce} from './rota-in-force.js'

export interface SwapShiftsInput extends DecideInput {
  /** As typed. */
  readonly people: readonly [string, string]
  /** null: now. */
  readonly from: TypedMoment | null
  /** null: one shift of each. */
  readonly to: TypedMoment | null
}

function ownPieces(rota: Rota, person: string, {from, to}: SwapShiftsInput, now: number): readonly Piece[] {
  const start = from?.at ?? now
  const pieces = to === null ? nextTurn(rota, person, start) : piecesOf(rota, person, {start, end: to.at})
  if (pieces.length > 0) return pieces
  const when = to === null ? 'within a year' : `between ${from?.typed ?? 'now'} and ${to.typed}`
  throw new FaciError('refused', `${person} has no shift ${when}: there is nothing to swap`, {
    suggestions: [
      command`faci oncall schedule --person ${person}`,
      command`faci oncall take --person ${person} --for 2h`,
    ],
  })
}

function check({from, to}: SwapShiftsInput, [one, other]: readonly [string, string], now: number): void {
  if (one === other) throw new FaciError('usage', `${one} cannot swap with themselves`)
  if (to !== null && to.at <= (from?.at ?? now)) throw new FaciError('usage', '--to is not after --from')
}

/** What one has becomes the other's: a shift of each, or all that they have in an interval. Errors: `refused` for who has none. */
export async function swapShifts(deps: DecideDeps, input: SwapShiftsInput): Promise<Result<OverrideReport>> {
  const now = deps.clock.now().getTime()
  const written = needRota(input.written)
  const people = [namedPerson(written, input.people[0]), namedPerson(written, input.people[1])] as const
  check(input, people, now)
  const [one, other] = people
  const before = await rotaInForce(written, deps.overrides)
  const pieces = [
    ...handedTo(ownPieces(before, one, input, now), other),
    ...handedTo(ownPieces(before, other, input, now), one),
  ]
  const overrides = overridesFor(before, pieces)
  const {from, to} = input
  return decideOverride(deps, input, {
    ...{act: 'swap', people, before, span: spanOf(overrides), question: `Swap shifts of ${one} and ${other}`},
    after: {...before, overrides: [...before.overrides, ...overrides]},
    command: [
      ...['faci', 'oncall', 'swap', one, other],
      ...(from === null ? [] : ['--from', from.typed]),
      ...(to === null ? [] : ['--to', to.typed]),
    ],
    write: () => deps.overrides.add({act: 'swap', overrides}),
  })
}
