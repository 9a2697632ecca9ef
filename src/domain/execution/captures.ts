import type {CaptureProblem, ValueProblem} from '../journal/capture-problem.js'
import {nameProblem, VARIABLE_NAME} from '../runbook/variable-name.js'

/** Linux takes 128 KiB for one variable: this many characters, whatever they are. */
export const LONGEST_CAPTURE = 32_000
/** All captures of a run together, well under what Linux takes for an environment. */
const MOST_CAPTURED = 512_000

type Values = Readonly<Record<string, string>>

/** Why a value cannot be an environment variable as it is; null when it can. None is ever cut: half of a path is another path. */
export function valueProblem(name: string, value: string): ValueProblem | null {
  if (value.includes('\0')) return {why: 'valueHasNul', name}
  if (value.length <= LONGEST_CAPTURE) return null
  return {why: 'valueTooLong', name, characters: value.length, atMostCharacters: LONGEST_CAPTURE}
}

/** Why what a script wrote to `$FACI_OUTPUT` is not what its block declares; null when it is. */
export function undeclaredProblem(written: Values, declared: readonly string[]): CaptureProblem | null {
  const undeclared = Object.keys(written).filter((name) => !declared.includes(name))
  return undeclared.length === 0 ? null : {why: 'outputsUndeclared', written: undeclared, declared}
}

/**
 * Why what a block captured cannot be used by later blocks; null when it can. `before` is what was captured already. An input
 * is what was consented to: no block changes it.
 */
export function captureProblem(captured: Values, before: Values, inputs: Values): CaptureProblem | null {
  for (const [name, value] of Object.entries(captured)) {
    if (nameProblem(name) !== null) return {why: VARIABLE_NAME.test(name) ? 'captureObeyed' : 'captureMisspelt', name}
    if (Object.hasOwn(inputs, name)) return {why: 'captureIsInput', name}
    const problem = valueProblem(name, value)
    if (problem !== null) return problem
  }
  const all = Object.values({...before, ...captured}).reduce((sum, {length}) => sum + length, 0)
  return all <= MOST_CAPTURED ? null : {why: 'capturesTooLong', characters: all}
}
