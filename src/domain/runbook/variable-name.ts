/** Names of inputs, captures and outputs: what a block finds in its environment. */
export const VARIABLE_NAME = /^[a-z][a-z0-9_]*$/

/** Programs obey these though they are written in small letters: curl and Node their proxies, npm its settings, bash two of its own. */
const OBEYED = /_proxy$|^npm_config_|^(?:histchars|auto_resume)$/

/** Why a name cannot be that of a value for later blocks, as the rest of a sentence; null when it can. */
export function nameProblem(name: string): string | null {
  if (!VARIABLE_NAME.test(name)) return 'must be small letters, digits and _: names in capitals belong to programs'
  return OBEYED.test(name) ? 'is obeyed by programs that a block may start: choose another name' : null
}
