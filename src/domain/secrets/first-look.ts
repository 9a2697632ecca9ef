import type {Needle, Needles} from './needles.js'

/** Whether there may be a secret in the text at all; `false` is certain. */
export type FirstLook = (bytes: Uint8Array) => boolean

const BLANKS = /[\t-\r+]/g
const QUOTES = /["']/g
const ESCAPE = /\\|%[0-9a-f]{2}|&[#0-9a-z]{1,12};/i
const BREAKS = /[\r\n]+/g
const HEX_SEPARATORS = /[\r\n\t +:-]+/g
/** With more of them, a search is no slower. */
const MOST_RUNS = 64

/** One character for each byte. */
function charactersOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

function folded(text: string): string {
  return text.toLowerCase().replace(BLANKS, ' ')
}

function foldedNeedles(needles: readonly Needle[]): readonly string[] {
  return [...new Set(needles.map(({bytes}) => folded(charactersOf(bytes))))]
}

/**
 * For short texts, of which a process masks a few: what a search does byte by byte, V8 has yet to compile, and takes milliseconds over a
 * screen. The same is asked here, more coarsely, of functions that are compiled already. `depth`: how often runs are decoded; `shortest`: bytes.
 */
export function firstLook(needles: readonly Needles[], depth: number, shortest: number): FirstLook {
  const outside = foldedNeedles(needles.flatMap((one) => one.outside))
  const inside = foldedNeedles(needles.flatMap((one) => one.inside))
  const base64 = new RegExp(`[A-Za-z0-9+/_-]{${String(Math.ceil((shortest * 8) / 6))},}`, 'g')
  const hex = new RegExp(`[0-9A-Fa-f]{${String(shortest * 2)},}`, 'g')
  const decodings = (text: string): readonly Uint8Array[] | null => {
    const runs = text.replace(BREAKS, '').match(base64) ?? []
    const hexRuns = text.replace(HEX_SEPARATORS, '').match(hex) ?? []
    if (runs.length + hexRuns.length > MOST_RUNS) return null
    return [
      ...runs.flatMap((run) => [0, 1, 2, 3].map((skipped) => Buffer.from(run.slice(skipped), 'base64'))),
      ...hexRuns.flatMap((run) => [0, 1].map((skipped) => Buffer.from(run.slice(skipped), 'hex'))),
    ]
  }
  const look = (bytes: Uint8Array, level: number): boolean => {
    const wanted = level === 0 ? outside : inside
    const isIn = (text: string): boolean => wanted.some((needle) => text.includes(needle))
    const text = charactersOf(bytes)
    const bare = text.replace(QUOTES, '')
    if (isIn(folded(text)) || ESCAPE.test(bare) || (bare !== text && isIn(folded(bare)))) return true
    if (level === depth) return false
    const decoded = decodings(bare)
    return decoded === null || decoded.some((one) => look(one, level + 1))
  }
  return (bytes) => look(bytes, 0)
}
