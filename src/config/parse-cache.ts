import {randomBytes} from 'node:crypto'
import {userCache} from '../files/user-cache.js'
import type {Variables} from '../formats/compose/interpolate.js'

/** The value of a text that was read before; the value may be null. */
interface Remembered {
  readonly value: unknown
}

/**
 * What files say, from one command to the next: reading a short YAML text anew takes as long as asking a backend. The whole text (or
 * whatever tells the file's state) is kept beside its value and compared, so that a changed file is never taken for the old one.
 */
export interface ParseCache {
  readonly get: (file: string, text: string) => Remembered | null
  /** The value must be of JSON's kinds. Where nothing can be written nothing is remembered. */
  readonly set: (file: string, text: string, value: unknown) => void
}

/** Few enough that what is forgotten does not pile up. */
const SLOTS = 16

function slotOf(kind: string, file: string): string {
  let sum = 0
  for (let at = 0; at < file.length; at += 1) sum = (Math.imul(sum, 31) + file.charCodeAt(at)) >>> 0
  return `${kind}-${String(sum % SLOTS)}.json`
}

/** Fletcher's checksum over all of it, without a library. */
function sumOf(text: string): string {
  let sum = 0
  let sums = 0
  for (let at = 0; at < text.length; at += 1) {
    sum = (sum + text.charCodeAt(at)) >>> 0
    sums = (sums + sum) >>> 0
  }
  return `${sum.toString(16)}-${sums.toString(16)}`
}

/** What stands behind its sum; null when it was damaged, or is of an older faci. */
function whole(content: string): string | null {
  const end = content.indexOf('\n')
  const text = content.slice(end + 1)
  return end > 0 && content.slice(0, end) === sumOf(text) ? text : null
}

/** In the user's cache folder; an account without one remembers nothing. Documents of one kind share their slots. */
export function parseCache(environment: Variables, kind = 'config'): ParseCache {
  const cache = userCache(environment)
  return {
    get: (file, text) => {
      try {
        const kept = JSON.parse(whole(cache.read(slotOf(kind, file))) ?? 'null') as {
          file: string
          text: string
          value: unknown
        } | null
        return kept?.file === file && kept.text === text ? {value: kept.value} : null
      } catch {
        return null
      }
    },
    set: (file, text, value) => {
      try {
        const kept = JSON.stringify({file, text, value})
        cache.write(slotOf(kind, file), `${sumOf(kept)}\n${kept}`)
      } catch {
        // Read-only, full, or not ours alone: it is read anew next time.
      }
    },
  }
}

/** Random, and this account's alone: hashes that are kept under it tell nobody what was hashed. Where it cannot be kept it is another one each time. */
export function cacheKey(environment: Variables): string {
  const cache = userCache(environment)
  try {
    const kept = cache.read('key')
    if (/^[0-9a-f]{64}$/.test(kept)) return kept
  } catch {
    // The first command of this account.
  }
  const key = randomBytes(32).toString('hex')
  try {
    cache.write('key', key)
  } catch {
    // Read-only, full, or not ours alone.
  }
  return key
}
