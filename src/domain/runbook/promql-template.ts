import type {FillProblem, PlaceKind} from '../journal/fill-problem.js'
import type {Filled} from './template.js'

/** A `${name}` of a PromQL text, from `from` up to `to`. Those in comments are none. */
export interface PromqlPlaceholder {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly kind: PlaceKind
  /** What ends the string; null outside of one. */
  readonly quote: string | null
}

const DURATION = /^(?:\d+(?:\.\d+)?|(?:\d+(?:ms|[smhdwy]))+)$/

const SHAPES: Readonly<Record<Exclude<PlaceKind, 'text' | 'pattern' | 'number'>, RegExp>> = {
  duration: DURATION,
  label: /^[A-Za-z_]\w*$/,
  metric: /^(?!(?:inf|nan)$)[A-Za-z_:][\w:]*$/i,
  digits: /^\d+$/,
  part: /^\w+$/,
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** What has a meaning in RE2; `-` has one between brackets. */
function literally(value: string): string {
  return value.replaceAll(/[\\.+*?()|[\]{}^$-]/g, String.raw`\$&`)
}

function inString(value: string, quote: string | null): string | null {
  if (quote === '`') return /[`\r]/.test(value) ? null : value
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return quote === null ? null : escaped.replaceAll(quote, `\\${quote}`)
}

/** A sign must not bind otherwise than the number would. */
function asNumber(value: string): string | null {
  if (DURATION.test(value)) return value
  if (!NUMBER.test(value)) return null
  return /^[+-]/.test(value) ? `(${value})` : value
}

function placed(value: string, {kind, quote}: PromqlPlaceholder): string | null {
  if (kind === 'text') return inString(value, quote)
  if (kind === 'pattern') return inString(literally(value), quote)
  if (kind === 'number') return asNumber(value)
  return SHAPES[kind].test(value) ? value : null
}

/** A value stays what stood in its place: it ends no string, matches only itself, and is no other part of the expression. */
export function fillPromql(
  text: string,
  placeholders: readonly PromqlPlaceholder[],
  values: Readonly<Record<string, string>>,
): Filled {
  const refused = new Map<string, FillProblem>()
  let filled = ''
  let at = 0
  for (const placeholder of placeholders) {
    const {name, from, to, kind} = placeholder
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const written = value === undefined ? null : placed(value, placeholder)
    if (value === undefined) refused.set(name, {why: 'noValue', name})
    else if (written === null) refused.set(`${name} ${kind}`, {why: 'unfitForPromql', name, place: kind})
    filled += text.slice(at, from) + (written ?? '')
    at = to
  }
  if (refused.size > 0) return {ok: false, problems: [...refused.values()]}
  return {ok: true, text: filled + text.slice(at)}
}
