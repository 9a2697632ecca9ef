import {span} from '../../domain/time/span.js'

const MINUTE = 60

/** 0 → `0 s`, 0.0123 → `12.3 ms`, 1.5 → `1.50 s`, 90 → `1m 30s`, 90000 → `1d 1h`; null → `–`. */
export function seconds(value: number | null): string {
  if (value === null || Number.isNaN(value)) return '–'
  if (value === 0) return '0 s'
  if (value < 0.001) return `${(value * 1e6).toFixed(0)} µs`
  if (value < 1) return `${(value * 1000).toFixed(value < 0.1 ? 1 : 0)} ms`
  if (value < MINUTE) return `${value.toFixed(value < 10 ? 2 : 0)} s`
  return span(value)
}

/** 0.00123 → `0.123 %`. */
export function percent(ratio: number | null): string {
  if (ratio === null || Number.isNaN(ratio)) return '–'
  const value = ratio * 100
  const digits = value === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3
  return `${value.toFixed(digits)} %`
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

export function bytes(value: number | null): string {
  if (value === null || Number.isNaN(value)) return '–'
  const power = value < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(value) / 10))
  const scaled = value / 1024 ** power
  return `${scaled.toFixed(power === 0 || scaled >= 100 ? 0 : 1)} ${BYTE_UNITS[power] ?? ''}`
}

export function perSecond(value: number | null): string {
  return value === null || Number.isNaN(value) ? '–' : `${value.toFixed(value < 10 ? 2 : 1)}/s`
}
