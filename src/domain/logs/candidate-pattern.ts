import type {LogFilter, LogPattern} from './log-filter.js'
import {LEVEL_NUMBERS, type LogLevel, namesFrom} from './log-level.js'
import {KEYS} from './parse-json-entry.js'
import type {StatusRange} from './status-range.js'

/** JSON may spell any printable ASCII character so. */
const ESCAPED_ASCII = String.raw`\\u00[2-7]`
const EXPONENT = String.raw`-?\d[\d.]*[eE]`

/** Words by which a plain line's level is guessed, beside the levels' own names. */
const ERROR_WORDS = ['exception', 'traceback']
const REDIS_WARNING = String.raw`\d # `

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

function member(keys: readonly string[], value: string): string {
  return String.raw`"(?:${keys.map(escaped).join('|')})"\s*:\s*(?:${value})`
}

/** A text that stands in a JSON string or a plain line; null when it has characters that JSON spells differently. */
function literal(text: string): string | null {
  if (!/^[\x20-\x7e]+$/.test(text) || /["\\]/.test(text)) return null
  return `${escaped(text).replaceAll('/', String.raw`\\?/`)}|${ESCAPED_ASCII}`
}

/** Whether an expression is plain text, and nothing in it means anything else. */
export function isPlain(source: string): boolean {
  return /^[\w \-/:=@,;#%&!~'"<>]+$/.test(source)
}

/** Only a pattern that is plain text narrows: anything else is left to the filter. */
function grepLiteral({source}: LogPattern): string | null {
  return isPlain(source) ? source : null
}

function statusPattern(ranges: readonly StatusRange[]): string {
  const digits = ranges.map(({first, last}) =>
    first === last ? String(first) : String.raw`[${String(first).charAt(0)}-${String(last).charAt(0)}]\d\d`,
  )
  return `${member(KEYS.status, `"?(?:${digits.join('|')})|${EXPONENT}`)}|${ESCAPED_ASCII}`
}

function slowPattern(slowSeconds: number): string {
  const integerDigits = (value: number): string =>
    String.raw`-?\d{${String(String(Math.floor(value)).length)}}|${EXPONENT}`
  const milliseconds = member(KEYS.milliseconds, integerDigits(slowSeconds * 1000))
  return `${milliseconds}|${member(KEYS.seconds, integerDigits(slowSeconds))}|${ESCAPED_ASCII}`
}

/** The shortest words only: `err` finds `error` too. */
function levelPattern(minimum: LogLevel): string | null {
  if (minimum === 'debug' || minimum === 'info') return null
  const words = [...namesFrom(minimum), ...(minimum === 'critical' ? [] : ERROR_WORDS)]
  const shortest = words.filter((word) => !words.some((other) => other !== word && word.includes(other)))
  const tens = String(LEVEL_NUMBERS[minimum]).charAt(0)
  const numbers = member(KEYS.level, String.raw`[${tens}-9]\d|\d{3}|${EXPONENT}`)
  return [...shortest, ...(minimum === 'warning' ? [REDIS_WARNING] : []), numbers, ESCAPED_ASCII].join('|')
}

/**
 * What the bytes of an entry must contain somewhere if it matches the filter, to be looked for in Latin-1 text (a character a
 * byte); null when every entry has to be parsed. Finding it proves nothing, not finding it does.
 */
export function candidatePattern(filter: LogFilter): RegExp | null {
  const {requestId, grep, endpoint, statuses, slowSeconds, minimumLevel} = filter
  const exact = [
    requestId === undefined ? null : literal(requestId),
    grep === undefined ? null : grepLiteral(grep),
    endpoint === undefined ? null : literal(endpoint),
    statuses === undefined ? null : statusPattern(statuses),
    slowSeconds === undefined ? null : slowPattern(slowSeconds),
  ].find((source) => source !== null)
  if (exact !== undefined) return new RegExp(exact, 'g')
  const level = minimumLevel === undefined ? null : levelPattern(minimumLevel)
  return level === null ? null : new RegExp(level, 'gi')
}
