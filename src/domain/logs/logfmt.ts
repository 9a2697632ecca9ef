import type {Fields} from './field-reader.js'

/** tower-http has a blank before its unit. */
const PAIR = /(?:^|[ ,])([A-Za-z_@][\w.@-]{0,60})=("(?:[^"\\]|\\.)*"|\d[\d.]{0,18} (?:ns|us|µs|μs|ms)(?= |$)|[^\s",]*)/g
const STARTS = /^[A-Za-z_@][\w.@-]{0,60}=/
const KNOWN = /(?:^| )(?:level|lvl|severity|msg|message|event|method|status|path)=/
const NUMBER = /^-?\d{1,15}(?:\.\d{1,12})?$/
const MOST_PAIRS = 100

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  try {
    return JSON.parse(value) as string
  } catch {
    return value.slice(1, -1)
  }
}

function valueOf(written: string): string | number {
  const value = unquoted(written)
  return NUMBER.test(value) ? Number(value) : value
}

/** The `name=value` pairs of a line, numbers as such; the first of each name counts. */
export function pairsIn(text: string): Fields {
  const pairs: Record<string, unknown> = {}
  let count = 0
  for (const [, name = '', value = ''] of text.matchAll(PAIR)) {
    if (!Object.hasOwn(pairs, name)) pairs[name] = valueOf(value)
    count += 1
    if (count === MOST_PAIRS) break
  }
  return pairs
}

/** The fields of a line that is logfmt from its start; null for another. */
export function parseLogfmt(line: string): Fields | null {
  if (!STARTS.test(line) || !KNOWN.test(line)) return null
  const pairs = pairsIn(line)
  return Object.keys(pairs).length >= 2 ? pairs : null
}
