import {FaciError} from '../../domain/errors.js'
import {openRota} from '../../domain/oncall/open-rota.js'
import {type OverrideDecision, overridesInForce} from '../../domain/oncall/override-decision.js'
import type {OverrideReport} from '../../domain/oncall/override-report.js'
import type {Override} from '../../domain/oncall/rota.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import type {OverrideListing} from '../../ports/overrides.js'
import {decideOverride, type DecideDeps, type DecideInput, needRota, spanOf} from './decide-override.js'

export interface UndoOverrideInput extends DecideInput {
  /** An id or a part of one; null or `last`: the last that counts. */
  readonly id: string | null
}

interface Meant {
  readonly id: string
  /** null: it cannot be read. */
  readonly decision: OverrideDecision | null
}

function last({decisions}: OverrideListing): Meant {
  const decision = decisions.findLast(({isWithdrawn}) => !isWithdrawn)
  if (decision !== undefined) return {id: decision.id, decision}
  throw new FaciError('notFound', 'There is no override to take back: nobody took or swapped a shift', {
    suggestions: ['faci oncall schedule'],
  })
}

/** Taken back is taken back: to say so again would be told as if it had just been done. */
function refuseWithdrawn({decision}: Meant): void {
  if (decision?.isWithdrawn !== true) return
  throw new FaciError('notFound', `Override ${decision.id} was taken back before`, {
    suggestions: ['faci oncall schedule'],
  })
}

/** Errors: `notFound`; `usage` for a part of several ids. */
function meant(listing: OverrideListing, typed: string | null): Meant {
  if (typed === null || typed.toLowerCase() === 'last') return last(listing)
  const all = [
    ...listing.decisions.map((decision): Meant => ({id: decision.id, decision})),
    ...listing.unreadable.map((id): Meant => ({id, decision: null})),
  ]
  const found = all.filter(({id}) => id.includes(typed.toUpperCase()))
  const [only] = found
  if (only !== undefined && found.length === 1) {
    refuseWithdrawn(only)
    return only
  }
  const some = all
    .filter(({decision}) => decision?.isWithdrawn !== true)
    .slice(-3)
    .reverse()
    .map(({id}) => command`faci oncall undo ${id}`)
  if (only === undefined)
    throw new FaciError('notFound', `No override ${typed}`, {
      suggestions: some.length === 0 ? ['faci oncall schedule'] : some,
    })
  throw new FaciError('usage', `${String(found.length)} overrides have ${typed} in their id`, {suggestions: some})
}

function peopleIn(overrides: readonly Override[]): readonly string[] {
  return [...new Set(overrides.map(({person}) => person))]
}

/** Takes back a shift that was taken or swapped: who the rota says is on call again. */
export async function undoOverride(deps: DecideDeps, input: UndoOverrideInput): Promise<Result<OverrideReport>> {
  const written = needRota(input.written)
  const listing = await deps.overrides.list()
  const {id, decision} = meant(listing, input.id)
  const now = deps.clock.now().getTime()
  const overrides = decision?.overrides ?? [{person: '', start: now, end: now + 1, replaces: null}]
  const kept = listing.decisions.filter((one) => one.id !== id)
  const write = async (): Promise<string> => {
    await deps.overrides.withdraw(id)
    return id
  }
  return decideOverride(deps, input, {
    ...{act: 'undo', people: decision === null ? [] : peopleIn(overrides), span: spanOf(overrides), write},
    before: openRota(written, {overrides: overridesInForce(listing.decisions)}),
    after: openRota(written, {overrides: overridesInForce(kept)}),
    question: 'Take it back',
    command: ['faci', 'oncall', 'undo', id],
  })
}
