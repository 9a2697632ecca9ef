import type {SignalUnit} from '../../domain/signals/signal.js'
import {localNumber} from '../words/local-numbers.js'

const KIB = 1024
const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
const SMALL = 0.001

function bytes(value: number, locale: string): string {
  const power = value < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(value) / 10))
  return `${localNumber(value / KIB ** power, locale, 1)} ${BYTES[power] ?? ''}`
}

/** `7.3 %`; never 100 % of what is less, and never 0 % of what is more than nothing. */
export function shareText(share: number, locale: string): string {
  const percent = share * 100
  if (percent > 0 && share < SMALL) return `${localNumber(Number(percent.toPrecision(1)), locale, 12)} %`
  const short = share < 1 ? Math.min(99.9, Math.round(percent * 10) / 10) : Math.round(percent * 10) / 10
  return `${localNumber(short, locale, 1)} %`
}

const UNITS: Readonly<Record<SignalUnit, (value: number, locale: string) => string>> = {
  seconds: (value, locale) =>
    value < 1 ? `${localNumber(value * 1000, locale, value < 0.01 ? 2 : 0)} ms` : `${localNumber(value, locale, 2)} s`,
  ratio: (value, locale) => `${localNumber(value * 100, locale, 2)} %`,
  perSecond: (value, locale) => `${localNumber(value, locale, 2)}/s`,
  perMinute: (value, locale) => `${localNumber(value, locale, 1)}/min`,
  bytes,
  cores: (value, locale) => localNumber(value, locale, 3),
}

export function figureText(value: number, unit: SignalUnit, locale: string): string {
  return UNITS[unit](value, locale)
}
