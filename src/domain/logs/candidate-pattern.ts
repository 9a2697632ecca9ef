import {DURATION_KEYS, KEYS} from './field-keys.js'
import type {FieldRules} from './field-rules.js'
import type {LogFilter, LogPattern} from './log-filter.js'
import {lettersFrom, type LogLevel, namesFrom} from './log-level.js'
import type {StatusRange} from './status-range.js'

/** JSON may spell any printable ASCII character so. */
const ESCAPED_ASCII = String.raw`\\u00[2-7]`
const EXPONENT = String.raw`-?\d[\d.]*[eE]`

/** What tells of an error in a line beside the levels' own names: words of stack traces, syslog's priority, the journal's. */
const ERROR_WORDS = ['exception', 'traceback', String.raw`\*\* \(`, String.raw`<\d{1,3}>`, '__realtime_timestamp']
const WARNING_WORDS = [String.raw`\d # `, 'deprecated']

/** Levels of one letter, in all shapes of `letter-head.ts`. Each begins with what few lines have, as most have such letters somewhere. */
function letterShapes(often: string, letters: string): readonly string[] {
  return [
    String.raw`\W[${often}]\d{4,8} `,
    String.raw`\W[${often}] [\w.-]+\/`,
    String.raw`\W[${often}]! `,
    String.raw`\d [${letters}] [^\d]`,
    String.raw`\] [${letters}] \[`,
    String.raw`\[[${letters}]\]`,
    String.raw`\[ ?[${letters}] \d`,
    // logcat's tag and process, of every level
    String.raw`\( {0,5}\d{1,7}\): `,
  ]
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

/** A member of an object by the last part of its name: `log.level` may be written nested. */
function member(keys: readonly string[], value: string): string {
  const last = new Set(keys.map((key) => escaped(key.slice(key.lastIndexOf('.') + 1))))
  return String.raw`[".](?:${[...last].join('|')})"\s*:\s*(?:${value})`
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

/** The status itself, wherever it stands: in a field, in an access line. */
function statusPattern(ranges: readonly StatusRange[]): string {
  const digits = ranges.map(({first, last}) =>
    first === last ? String(first) : String.raw`[${String(first).charAt(0)}-${String(last).charAt(0)}]\d\d`,
  )
  // No fraction of a second, and no part of a larger number.
  const alone = String.raw`(?:[^\d.,:]|\D:)(?:${digits.join('|')})\W`
  return String.raw`${alone}|["]\s*:\s*[1-5](?:\.\d+)?[eE]|${ESCAPED_ASCII}`
}

/** The worst numbers of each family: syslog's are single digits, pino's have two, the others three. */
function numbersFrom(minimum: LogLevel): string {
  const tens = {debug: '0', info: '3', warning: '4', error: '5', critical: '6'}[minimum]
  const otel = {debug: '', info: '', warning: '1[3-9]|2[0-4]|', error: '1[7-9]|2[0-4]|', critical: '2[1-4]|'}[minimum]
  return String.raw`[0-4]\D|${otel}[${tens}-9]\d|\d{3}|${EXPONENT}`
}

/** The shortest words only: `err` finds `error` too. */
function levelPattern(minimum: LogLevel, {level}: FieldRules): string | null {
  if (minimum === 'debug' || minimum === 'info') return null
  const words = [
    ...namesFrom(minimum),
    ...(minimum === 'critical' ? [String.raw`<\d{1,3}>`, '__realtime_timestamp'] : ERROR_WORDS),
  ]
  const shortest = words.filter((word) => !words.some((other) => other !== word && word.includes(other)))
  const keys = level === undefined ? KEYS.level : [level, ...KEYS.level]
  const numbers = member(keys, numbersFrom(minimum))
  const letters = member(keys, `"[${lettersFrom(minimum)}]"`)
  const shapes = minimum === 'warning' ? letterShapes('wef', 'wefacm') : letterShapes('ef', 'efacm')
  return [
    ...shortest,
    ...(minimum === 'warning' ? WARNING_WORDS : []),
    ...shapes,
    numbers,
    letters,
    ESCAPED_ASCII,
  ].join('|')
}

/** Plain lines: a figure with its unit, and the places of those who write none. */
const PLAIN_DURATIONS = [
  String.raw`\d ?(?:ns|us|ms|s)\W|\xb5s|\xbcs`,
  String.raw`\d msecs|" "?\d{1,6}\.\d{3}|\/\+?\d+ \d{3} |" \d{3} \S+(?: \S+)? \d+ \d+ \d`,
  // AWS and ingress-nginx
  String.raw`\.\d{3,6} \d+\.|\s\d+\.\d{3}\s|\.\d{3} \[`,
].join('|')

/** Where the unit is known by the name, as many digits as the threshold has at least. */
function slowPattern(slowSeconds: number, {duration}: FieldRules): string {
  const digits = (value: number): string =>
    String.raw`"?-?\d{${String(String(Math.floor(value)).length)}}|"?-?${EXPONENT}`
  const others = [...DURATION_KEYS.nanoseconds, ...DURATION_KEYS.texts, 'duration', 'latency', 'elapsed', 'Duration']
  const keys = duration === undefined ? others : [duration.key, ...others]
  const all = [...DURATION_KEYS.milliseconds, ...DURATION_KEYS.microseconds, ...DURATION_KEYS.seconds, ...keys]
  const last = all.map((key) => escaped(key.slice(key.lastIndexOf('.') + 1)))
  return [
    member(DURATION_KEYS.milliseconds, digits(slowSeconds * 1000)),
    member(DURATION_KEYS.microseconds, digits(slowSeconds * 1e6)),
    member(DURATION_KEYS.seconds, digits(slowSeconds)),
    member(keys, String.raw`"?-?[\d.]`),
    `(?:${[...new Set(last)].join('|')})=`,
    PLAIN_DURATIONS,
    ESCAPED_ASCII,
  ].join('|')
}

/**
 * What the bytes of an entry must contain somewhere if it matches the filter, a line break before and after it taken along; null when every
 * entry has to be parsed. Finding it proves nothing, not finding it does. Without assertions: `byteSearch` reads it.
 */
export function candidatePattern(filter: LogFilter, rules: FieldRules = {}): RegExp | null {
  const {requestId, grep, endpoint, statuses, slowSeconds, minimumLevel} = filter
  const exact = [
    requestId === undefined ? null : literal(requestId),
    grep === undefined ? null : grepLiteral(grep),
    endpoint === undefined ? null : literal(endpoint),
    statuses === undefined ? null : statusPattern(statuses),
    slowSeconds === undefined ? null : slowPattern(slowSeconds, rules),
  ].find((source) => source !== null)
  if (exact !== undefined) return new RegExp(exact, 'g')
  const level = minimumLevel === undefined ? null : levelPattern(minimumLevel, rules)
  return level === null ? null : new RegExp(level, 'gi')
}
