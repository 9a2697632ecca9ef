import {FaciError} from '../domain/errors.js'
import {command} from '../domain/text/shell-command.js'

export type Variables = Readonly<Record<string, string | undefined>>

const REFERENCE =
  /\$(?:(\$)|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?])((?:[^{}]|\{[^{}]*\})*))?\}|([A-Za-z_][A-Za-z0-9_]*))/g

interface Match {
  readonly name: string
  readonly operator: string | undefined
  readonly argument: string
}

function resolve({name, operator, argument}: Match, variables: Variables): string {
  const value = variables[name]
  const usable = value !== undefined && (operator?.startsWith(':') === true ? value !== '' : true)
  if (usable) return value
  if (operator?.endsWith('-') === true) return interpolate(argument, variables)
  if (operator?.endsWith('?') === true) {
    throw new FaciError(
      'configInvalid',
      `variable ${name} is required: ${argument === '' ? 'it is not set' : argument}`,
      {
        suggestions: [command`export ${name}=…`, `put ${name}=… into .env beside faci.yml`],
      },
    )
  }
  return ''
}

/**
 * Compose's variable syntax: `$VAR`, `${VAR}`, `${VAR:-default}`, `${VAR-default}`, `${VAR:?error}`, `${VAR?error}`, `$$`.
 * An unset variable without default is empty, as in Compose. Throws `configInvalid` for a required one that is missing.
 */
export function interpolate(text: string, variables: Variables): string {
  return text.replace(
    REFERENCE,
    (_whole, escaped?: string, braced?: string, operator?: string, argument?: string, bare?: string) => {
      if (escaped !== undefined) return '$'
      return resolve({name: braced ?? bare ?? '', operator, argument: argument ?? ''}, variables)
    },
  )
}
