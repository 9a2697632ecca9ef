import {FaciError} from '../../domain/errors.js'
import {overridesFor} from '../../domain/oncall/handed-shifts.js'
import type {OverrideReport} from '../../domain/oncall/override-report.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {formatDuration} from '../../domain/time/duration.js'
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

export interface TakeShiftInput extends DecideInput {
  /** As typed; null: the operator. */
  readonly person: string | null
  readonly operator: string
  /** null: now. */
  readonly at: TypedMoment | null
  readonly seconds: number
}

const LONGEST_SECONDS = 31 * 86_400

/** Typed `--at` of a moment ago is now. */
const PAST_MS = 5 * 60_000

function check({seconds, at}: TakeShiftInput, now: Date): void {
  if (at !== null && at.at < now.getTime() - PAST_MS)
    throw new FaciError(
      'usage',
      `--at ${at.typed} is in the past: who was on call then is not changed by a shift that is taken now`,
      {
        suggestions: ['faci oncall take --for 2h', 'to correct who was on call, add an override to the rota itself'],
      },
    )
  if (seconds >= 60 && seconds <= LONGEST_SECONDS) return
  throw new FaciError('usage', `--for ${formatDuration(seconds)} is not between 1m and 31d`, {
    suggestions: ['for longer, add an override to the rota itself'],
  })
}

/** Puts a person on call from now on, or from a time on, whoever the rota says. Errors: `notFound` for nobody in the rota. */
export async function takeShift(deps: DecideDeps, input: TakeShiftInput): Promise<Result<OverrideReport>> {
  check(input, deps.clock.now())
  const written = needRota(input.written)
  const {seconds, at} = input
  const lasts = formatDuration(seconds)
  const person = namedPerson(
    written,
    input.person ?? input.operator,
    command`faci oncall take --for ${lasts} --person ${written.people[0]?.name ?? 'Ana'}`,
  )
  const before = await rotaInForce(written, deps.overrides)
  const start = at?.at ?? deps.clock.now().getTime()
  const overrides = overridesFor(before, [{person, start, end: start + seconds * 1000}])
  return decideOverride(deps, input, {
    ...{act: 'take', people: [person], before, span: spanOf(overrides), question: `Put ${person} on call`},
    after: {...before, overrides: [...before.overrides, ...overrides]},
    command: [
      ...['faci', 'oncall', 'take', '--person', person, '--for', lasts],
      ...(at === null ? [] : ['--at', at.typed]),
    ],
    write: () => deps.overrides.add({act: 'take', overrides}),
  })
}
