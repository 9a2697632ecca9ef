import {nameProblem} from '../runbook/variable-name.js'

/** Linux takes 128 KiB for one variable: this many characters, whatever they are. */
export const LONGEST_CAPTURE = 32_000
/** All captures of a run together, well under what Linux takes for an environment. */
const MOST_CAPTURED = 512_000

type Values = Readonly<Record<string, string>>

/** Why a value cannot be an environment variable as it is; null when it can. None is ever cut: half of a path is another path. */
export function valueProblem(name: string, value: string): string | null {
  if (value.includes('\0')) return `\`${name}\` has NUL bytes in it, which no variable can hold`
  if (value.length <= LONGEST_CAPTURE) return null
  return `\`${name}\` is ${String(value.length)} characters long, and a variable holds ${String(LONGEST_CAPTURE)}`
}

/** Why what a script wrote to `$FACI_OUTPUT` is not what its block declares, and what to write; null when it is. */
export function undeclaredProblem(written: Values, declared: readonly string[]): string | null {
  const undeclared = Object.keys(written).filter((name) => !declared.includes(name))
  if (undeclared.length === 0) return null
  const names = undeclared.map((name) => `\`${name}\``).join(', ')
  const said = declared.join(', ') || 'no outputs'
  const shown = [...declared, ...undeclared].join(' ')
  return `it wrote ${names} to $FACI_OUTPUT, and declares ${said}: if that was meant, write outputs="${shown}" in its braces`
}

/**
 * Why what a block captured cannot be used by later blocks, in one line; null when it can. `before` is what was captured already. An input
 * is what was consented to: no block changes it.
 */
export function captureProblem(captured: Values, before: Values, inputs: Values): string | null {
  for (const [name, value] of Object.entries(captured)) {
    const misnamed = nameProblem(name)
    if (misnamed !== null) return `\`${name}\` cannot be a capture: it ${misnamed}`
    if (Object.hasOwn(inputs, name)) return `\`${name}\` is an input of the runbook, which no block can change`
    const problem = valueProblem(name, value)
    if (problem !== null) return problem
  }
  const all = Object.values({...before, ...captured}).reduce((sum, {length}) => sum + length, 0)
  return all <= MOST_CAPTURED ? null : `the captures of this run would be ${String(all)} characters long together`
}
