import {existsSync, mkdirSync, renameSync, unlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {readPlainText} from '../files/plain-file.js'
import type {Variables} from './interpolate.js'

/** The value of a text that was read before; the value may be null. */
interface Remembered {
  readonly value: unknown
}

/**
 * What files say, from one command to the next: reading a short YAML text anew takes as long as asking a backend. The whole text (or
 * whatever tells the file's state) is kept beside its value and compared, so that a changed file is never taken for the old one.
 */
export interface DocumentMemory {
  readonly recall: (file: string, text: string) => Remembered | null
  /** The value must be of JSON's kinds. Where nothing can be written nothing is remembered. */
  readonly remember: (file: string, text: string, value: unknown) => void
}

/** Few enough that what is forgotten does not pile up. */
const SLOTS = 16
const OTHERS_MAY_WRITE = 0o022

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

/** Its content, when nobody else can have written it. Throws otherwise. */
function readOwn(path: string): string {
  return readPlainText(path, ({uid, mode}) => {
    if (uid !== process.getuid?.() || (mode & OTHERS_MAY_WRITE) !== 0) throw new Error('others may have written it')
  })
}

/** It and its parent; not `recursive`, which never returns where nothing can be made although the parent is there, as in `/proc`. */
function makeFolder(folder: string): void {
  for (const at of [dirname(folder), folder]) if (!existsSync(at)) mkdirSync(at, {mode: 0o700})
}

function discard(file: string): void {
  try {
    unlinkSync(file)
  } catch {
    // It was never made.
  }
}

/** In the user's cache folder; an account without one remembers nothing. Documents of one kind share their slots. */
export function documentMemory(environment: Variables, kind = 'config'): DocumentMemory {
  const {XDG_CACHE_HOME: cache, HOME: home} = environment
  const folder = cache ? join(cache, 'faci') : home ? join(home, '.cache', 'faci') : null
  const pathOf = (file: string): string | null => (folder === null ? null : join(folder, slotOf(kind, file)))
  return {
    recall: (file, text) => {
      const path = pathOf(file)
      try {
        const kept = JSON.parse(whole((path && readOwn(path)) ?? '') ?? 'null') as {
          file: string
          text: string
          value: unknown
        } | null
        return kept?.file === file && kept.text === text ? {value: kept.value} : null
      } catch {
        return null
      }
    },
    remember: (file, text, value) => {
      const path = pathOf(file)
      if (path === null) return
      const temporary = `${path}.${String(process.pid)}`
      try {
        makeFolder(dirname(path))
        const kept = JSON.stringify({file, text, value})
        writeFileSync(temporary, `${sumOf(kept)}\n${kept}`, {mode: 0o600})
        renameSync(temporary, path)
      } catch {
        // Read-only or full: it is read anew next time.
        discard(temporary)
      }
    },
  }
}
