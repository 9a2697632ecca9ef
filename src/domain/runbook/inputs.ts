import {type InputDeclaration, isExpression} from './runbook.js'

export interface ResolvedInputs {
  readonly values: Readonly<Record<string, string>>
  /** Names whose values must never be shown or written. */
  readonly secrets: readonly string[]
}

/** How a value is held against a `pattern`: RE2's syntax. */
export interface ValueRules {
  readonly problem: (pattern: string) => string | null
  readonly matches: (pattern: string, text: string) => boolean
}

export interface InputContext {
  /** `--input k=v`. */
  readonly given: Readonly<Record<string, string>>
  /** What each declaration's source holds now; absent or null when there is nothing. */
  readonly sourced: Readonly<Record<string, string | null>>
  /** Names of environment variables that exist: an input must not hide one. */
  readonly environmentNames: ReadonlySet<string>
  readonly rules: ValueRules
}

export type InputResolution =
  | {readonly ok: true; readonly inputs: ResolvedInputs}
  /** Everything that is wrong, at once. */
  | {readonly ok: false; readonly problems: readonly string[]}

function sourceText(declaration: InputDeclaration): string {
  if (declaration.source === null) return `--input ${declaration.name}=…`
  const {from, name} = declaration.source
  return from === 'env' ? `the environment variable ${name}` : `the file ${name}`
}

/** Why a value cannot be an input's, as the rest of a sentence about the input; null when it can. Says nothing of a secret one's value. */
export function valueProblem(declaration: InputDeclaration, value: string, rules: ValueRules): string | null {
  const {oneOf, pattern} = declaration
  if (value.includes('\0')) return 'holds a NUL character'
  if (oneOf !== null && !oneOf.includes(value)) return `must be one of ${oneOf.join(', ')}`
  if (pattern === null) return null
  if (!isExpression(declaration)) return rules.matches(pattern, value) ? null : `must match ${pattern}`
  const problem = rules.problem(value)
  return problem === null ? null : `must be a regular expression: ${problem}`
}

function problemWith(declaration: InputDeclaration, value: string | null, context: InputContext): string | null {
  const {name, secret} = declaration
  if (context.environmentNames.has(name)) return `\`${name}\` is already an environment variable: rename the input`
  if (secret && context.given[name] !== undefined)
    return `\`${name}\` is secret and must not be on a command line: give it in ${sourceText(declaration)}`
  if (value === null) return `\`${name}\` is missing: give it in ${sourceText(declaration)}`
  const problem = valueProblem(declaration, value, context.rules)
  if (problem === null) return null
  return secret ? `\`${name}\` has a value that is not allowed` : `\`${name}\` is \`${value}\`: it ${problem}`
}

/** Given beats the source, the source beats the default. All problems are reported together. */
export function resolveInputs(declarations: readonly InputDeclaration[], context: InputContext): InputResolution {
  const declared = new Set(declarations.map(({name}) => name))
  const valueOf = ({name, default: fallback}: InputDeclaration): string | null =>
    context.given[name] ?? context.sourced[name] ?? fallback
  const problems = [
    ...Object.keys(context.given)
      .filter((name) => !declared.has(name))
      .map(
        (name) =>
          `there is no input \`${name}\`: ${declared.size === 0 ? 'it has none' : `it has ${[...declared].join(', ')}`}`,
      ),
    ...declarations
      .map((declaration) => problemWith(declaration, valueOf(declaration), context))
      .filter((problem) => problem !== null),
  ]
  if (problems.length > 0) return {ok: false, problems}
  return {
    ok: true,
    inputs: {
      values: Object.fromEntries(declarations.map((declaration) => [declaration.name, valueOf(declaration) ?? ''])),
      secrets: declarations.filter(({secret}) => secret).map(({name}) => name),
    },
  }
}

/** The inputs that may be shown. */
export function openInputs(inputs: ResolvedInputs): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(inputs.values).filter(([name]) => !inputs.secrets.includes(name)))
}
