import {FaciError} from '../../domain/errors.js'
import {command} from '../../domain/text/shell-command.js'

export type Variables = Readonly<Record<string, string | undefined>>

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const BRACED = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^\n]*))?$/

interface Reference {
  readonly name: string
  readonly operator: string | null
  readonly argument: string
}

/** After the brace that closes the one at `open`; a character right after an opening brace closes none. -1: nothing does. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '}' && --depth === 0) return at
    if (text[at] === '{') {
      depth += 1
      at += 1
    }
  }
  return -1
}

function invalid(text: string): FaciError {
  return new FaciError('configInvalid', `${text} is no variable`, {
    suggestions: ['write ${NAME}, ${NAME:-default}, or $$ for a dollar sign'],
  })
}

function missing(name: string, message: string): FaciError {
  return new FaciError('configInvalid', `variable ${name} is required: ${message === '' ? 'it is not set' : message}`, {
    suggestions: [command`export ${name}=…`, `put ${name}=… into .env beside faci.yml`],
  })
}

type Operation = (value: string | null, argument: string, name: string) => string

/** By the operator, without its colon; `value` is null where there is none that counts. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  '-': (value, argument) => value ?? argument,
  '+': (value, argument) => (value === null ? '' : argument),
  '?': (value, argument, name) => {
    if (value === null) throw missing(name, argument)
    return value
  },
}

function resolved({name, operator, argument}: Reference, variables: Variables): string {
  const value = variables[name] ?? null
  const operation = OPERATIONS[operator?.at(-1) ?? '']
  if (operation === undefined) return value ?? ''
  const counts = value !== '' || operator?.startsWith(':') !== true
  // Read even where it is not needed: Compose refuses what is wrong in it.
  return operation(counts ? value : null, interpolate(argument, variables), name)
}

/** What stands at a dollar sign, and where the text goes on. */
type Substituted = readonly [value: string, next: number]

function braced(text: string, dollar: number, variables: Variables): Substituted {
  const end = closing(text, dollar + 1)
  const [, name, operator = null, argument = ''] = BRACED.exec(text.slice(dollar + 2, end)) ?? []
  if (end === -1 || name === undefined) throw invalid(text.slice(dollar, end === -1 ? undefined : end + 1))
  return [resolved({name, operator, argument}, variables), end + 1]
}

function substituted(text: string, dollar: number, variables: Variables): Substituted {
  const after = text[dollar + 1]
  if (after === '$') return ['$', dollar + 2]
  if (after === '{') return braced(text, dollar, variables)
  NAME.lastIndex = dollar + 1
  const name = NAME.exec(text)?.[0]
  return name === undefined ? ['$', dollar + 1] : [variables[name] ?? '', dollar + 1 + name.length]
}

/**
 * A text with its variables put in, as Compose v2 does it: `$VAR`, `${VAR}`, `${VAR:-default}`, `${VAR:+alternative}`, `${VAR:?error}`
 * (without the colon an empty value counts), defaults within defaults, `$$`. An unset variable without a default is empty. Throws
 * `configInvalid` for a required one that is missing, and for what is no reference.
 */
export function interpolate(text: string, variables: Variables): string {
  let result = ''
  let from = 0
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', from)) {
    const [value, next] = substituted(text, dollar, variables)
    result += text.slice(from, dollar) + value
    from = next
  }
  return result + text.slice(from)
}

/** A part of a template: as it stands there, or what variables make of it. */
export type TemplatePart =
  | {readonly literal: string}
  | {
      /** All that it names, also within defaults. */
      readonly names: readonly string[]
      readonly value: string
    }

const ANY_NAME = /\$\{?([A-Za-z_][A-Za-z0-9_]*)/g

/** The parts that `interpolate` puts together, in their order. Throws as it does. */
export function templateParts(text: string, variables: Variables): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let from = 0
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', from)) {
    const [value, next] = substituted(text, dollar, variables)
    const names = [...text.slice(dollar, next).matchAll(ANY_NAME)].map(([, name = '']) => name)
    const isReference = text[dollar + 1] !== '$' && names.length > 0
    parts.push({literal: text.slice(from, dollar)}, isReference ? {names, value} : {literal: value})
    from = next
  }
  return [...parts, {literal: text.slice(from)}]
}
