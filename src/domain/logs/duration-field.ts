import {DURATION_KEYS} from './field-keys.js'
import type {FieldReader} from './field-reader.js'
import {DURATION_UNITS, type FieldRules} from './field-rules.js'

const UNITS: Readonly<Partial<Record<string, number>>> = {
  ...DURATION_UNITS,
  µs: 1e-6,
  μs: 1e-6,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
}
const PART = String.raw`(\d{1,15}(?:[.,]\d{1,12})*) ?(ns|us|µs|μs|ms|sec|s|min|m|h)`
const WHOLE = new RegExp(`^(?:${PART}){1,4}$`)
const PARTS = new RegExp(PART, 'g')

/** Fraction of a second to which a figure is kept: what a sum of units leaves below it is noise. */
const KEPT = 1e12

function tidy(seconds: number): number | null {
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * KEPT) / KEPT : null
}

function scaled(value: number, unit: number): number | null {
  // Powers of ten are divided by, as multiplying by their inverse is not exact.
  return tidy(unit < 1 ? value / Math.round(1 / unit) : value * unit)
}

/** `12ms`, `1.5s`, `1m2.5s`, `1,900 ms`: a duration that says its unit; null for anything else. */
export function durationText(text: string): number | null {
  if (text.length > 40 || !WHOLE.test(text)) return null
  const parts = [...text.matchAll(PARTS)]
  const seconds = parts.map(
    ([, number = '', unit = '']) => Number(number.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN),
  )
  return tidy(seconds.reduce((sum, part) => sum + part, 0))
}

/** A figure in the unit, or a text that says its own. */
function inUnit(unit: number): (value: unknown) => number | null {
  return (value) => {
    if (typeof value === 'number') return scaled(value, unit)
    if (typeof value !== 'string') return null
    return /^\d{1,15}(?:\.\d{1,12})?$/.test(value) ? scaled(Number(value), unit) : durationText(value)
  }
}

function spoken(value: unknown): number | null {
  return typeof value === 'string' ? durationText(value) : null
}

/** Fractions are seconds, large integers nanoseconds as Go has them; between them nothing is certain. */
function latency(value: unknown): number | null {
  if (typeof value !== 'number') return spoken(value)
  if (!Number.isInteger(value)) return scaled(value, 1)
  return value > 1e5 ? scaled(value, DURATION_UNITS.ns) : null
}

/** Seconds, as a library measures them. A whole number is as often of milliseconds. */
function fraction(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,6}\.\d{1,12}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number') return spoken(value)
  return Number.isInteger(number) ? null : scaled(number, 1)
}

/** Fewer nanoseconds than any request takes: somebody counted in another unit. */
const LEAST_NANOSECONDS = 1e4

function bare(unit: number): (value: unknown) => number | null {
  const read = inUnit(unit)
  return (value) => {
    const isTooFew = unit === DURATION_UNITS.ns && typeof value === 'number' && value < LEAST_NANOSECONDS
    return isTooFew ? null : read(value)
  }
}

function isShouted(text: string | null): boolean {
  return text !== null && /^(?:DEBUG|INFO|WARN|ERROR)(?:[+-]\d+)?$/.test(text)
}

function peek(fields: FieldReader, key: string): string | null {
  let found: string | null = null
  fields.first([key], (value) => {
    found = typeof value === 'string' ? value : null
    return null
  })
  return found
}

/** The unit of a bare `duration` is its logger's: Caddy and structlog write seconds, slog nanoseconds, most others milliseconds. */
function bareUnit(fields: FieldReader): number {
  const isCaddy = peek(fields, 'logger')?.startsWith('http.log.') === true || fields.has('resp_headers')
  const isStructlog = peek(fields, 'event') !== null && !fields.has('message') && !fields.has('msg')
  if (isCaddy || isStructlog) return DURATION_UNITS.s
  const isSlog = fields.has('time') && fields.has('msg') && isShouted(peek(fields, 'level'))
  return isSlog ? DURATION_UNITS.ns : DURATION_UNITS.ms
}

/** Names that tell the unit, most trusted first. */
const NAMED = [
  {keys: DURATION_KEYS.nanoseconds, read: inUnit(DURATION_UNITS.ns)},
  {keys: DURATION_KEYS.milliseconds, read: inUnit(DURATION_UNITS.ms)},
  {keys: DURATION_KEYS.microseconds, read: inUnit(DURATION_UNITS.us)},
  {keys: DURATION_KEYS.seconds, read: inUnit(DURATION_UNITS.s)},
] as const

function byName(fields: FieldReader): number | null {
  for (const {keys, read} of NAMED) {
    const found = fields.first(keys, read)
    if (found !== null) return found
  }
  return null
}

/** How long a request took, in seconds; null where the line does not say, or says no unit that is certain. */
export function durationOf(fields: FieldReader, {duration}: FieldRules): number | null {
  const mapped = duration === undefined ? null : fields.first([duration.key], inUnit(DURATION_UNITS[duration.unit]))
  return (
    mapped ??
    byName(fields) ??
    (fields.has('DownstreamStatus') ? fields.first(['Duration'], inUnit(DURATION_UNITS.ns)) : null) ??
    fields.first(DURATION_KEYS.texts, spoken) ??
    fields.first(['latency'], latency) ??
    fields.first(['elapsed'], fraction) ??
    fields.first(['duration'], bare(bareUnit(fields)))
  )
}
