import {FaciError} from '../errors.js'
import {didYouMean} from '../text/did-you-mean.js'

const MILLISECONDS = {w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1} as const

type Unit = keyof typeof MILLISECONDS

const UNITS: readonly Unit[] = ['w', 'd', 'h', 'm', 's', 'ms']

/** Weeks are understood, not written: `30d` is what people say. */
const WRITTEN: readonly Unit[] = ['d', 'h', 'm', 's', 'ms']

const SPELLED: Readonly<Record<string, Unit>> = {
  milliseconds: 'ms',
  millis: 'ms',
  msec: 'ms',
  seconds: 's',
  secs: 's',
  minutes: 'm',
  mins: 'm',
  hours: 'h',
  hrs: 'h',
  days: 'd',
  weeks: 'w',
}

function isUnit(text: string): text is Unit {
  return (UNITS as readonly string[]).includes(text)
}

/** null when it is not a duration: each unit once, largest first. */
function read(text: string): number | null {
  if (text === '0') return 0
  if (!/^(?:\d+(?:\.\d+)?[a-z]+)+$/.test(text)) return null
  let total = 0
  let previous = -1
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/gy)) {
    if (!isUnit(unit) || UNITS.indexOf(unit) <= previous) return null
    previous = UNITS.indexOf(unit)
    total += Number(amount) * MILLISECONDS[unit]
  }
  return Math.round(total) / 1000
}

function unitMeant(word: string): Unit | null {
  if (isUnit(word)) return word
  const full = Object.keys(SPELLED).find((spelled) => spelled === word || spelled === `${word}s`)
  return full === undefined ? null : (SPELLED[full] ?? null)
}

/** What was probably meant by `5 min`, `5S`, `5`; null when nobody can tell. */
export function durationMeant(text: string): string | null {
  const plain = text.toLowerCase().replaceAll(/[\s,]+/g, '')
  if (/^\d+(?:\.\d+)?$/.test(plain)) return `${plain}s`
  const spelled = plain.replaceAll(/[a-z]+/g, (word) => unitMeant(word) ?? word)
  return read(spelled) === null ? null : spelled
}

/** Null when it is none: as `parseDuration`, for what may be something else. */
export function durationOf(text: string): number | null {
  const seconds = read(text.trim())
  return seconds !== null && Number.isFinite(seconds) ? seconds : null
}

/**
 * `90s`, `1m30s`, `1.5h`, `500ms`, `7d`, `2w` → seconds, to the millisecond. Throws `usage` with what was probably meant.
 */
export function parseDuration(text: string): number {
  const seconds = durationOf(text)
  if (seconds !== null) return seconds
  const guess = durationMeant(text)
  const hint = didYouMean(guess, 'write a number and a unit (ms, s, m, h, d, w), as in 500ms, 30s or 1m30s')
  throw new FaciError('usage', `${JSON.stringify(text)} is not a duration: ${hint}`, {
    correction: guess === null ? undefined : {typed: text, meant: guess},
  })
}

/** Seconds, not negative → `1m30s`, `250ms`, `30d`, to the millisecond; `parseDuration` reads it back. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds * 1000)
  let text = ''
  for (const unit of WRITTEN) {
    const amount = Math.floor(rest / MILLISECONDS[unit])
    if (amount > 0) text += `${String(amount)}${unit}`
    rest -= amount * MILLISECONDS[unit]
  }
  return text === '' ? '0s' : text
}
