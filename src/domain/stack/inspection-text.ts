import {MASK, masker} from '../secrets/masker.js'

const TELLING_NAME = /pass|pwd|secret|token|key|cred|auth|private|dsn|webhook|cookie/i
/** A shorter value could be any word elsewhere. */
const SHORTEST_SOUGHT = 8

interface Variables {
  readonly Config?: {readonly Env?: readonly string[] | null}
}

function telling(variable: string): {readonly name: string; readonly value: string} | null {
  const at = variable.indexOf('=')
  const [name, value] = [variable.slice(0, at), variable.slice(at + 1)]
  return at < 1 || value === '' || !TELLING_NAME.test(name) ? null : {name, value}
}

/**
 * A container's inspection as it may be kept: faci knows its own secrets, but not those that a container has in its environment. They are
 * told by their variables' names, and hidden there and wherever else they stand.
 */
export function inspectionText(inspection: unknown): string {
  const variables = (inspection as Variables | null)?.Config?.Env ?? []
  const values = variables.map((variable) => telling(variable)?.value ?? '')
  const {mask} = masker(values.filter(({length}) => length >= SHORTEST_SOUGHT))
  const hidden = (key: string, value: unknown): unknown => {
    if (key === 'Env' && Array.isArray(value)) return value.map(hiddenVariable)
    return value
  }
  return mask(JSON.stringify(inspection, hidden, 2))
}

function hiddenVariable(variable: unknown): unknown {
  const secret = typeof variable === 'string' ? telling(variable) : null
  return secret === null ? variable : `${secret.name}=${MASK}`
}
