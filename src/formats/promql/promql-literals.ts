import {unescaped} from '../../domain/promql/matcher.js'

const DECIMAL = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i
const HEX = /^0x[\da-f]+$/i
const MOST_INTEGER = 2n ** 63n - 1n

/** What a number stands for; null for what only looks like one: `1e`, `0x`, `1e999`. */
export function numberOf(text: string): number | null {
  const low = text.toLowerCase()
  if (low === 'inf') return Infinity
  if (low === 'nan') return Number.NaN
  const plain = low.replaceAll('_', '')
  if (HEX.test(plain)) return BigInt(plain) > MOST_INTEGER ? null : Number(plain)
  const value = DECIMAL.test(plain) ? Number(plain) : Infinity
  return Number.isFinite(value) ? value : null
}

/** What stands between the quotes of a string. */
export function stringOf(written: string): string {
  return written.startsWith('`') ? written.slice(1, -1) : unescaped(written.slice(1, -1))
}
