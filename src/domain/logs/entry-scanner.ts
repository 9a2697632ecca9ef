import {type ByteSearch, byteSearch} from './byte-search.js'
import {entryBounds, lineEnd, lineStart, nextLine, stampLength} from './entry-bounds.js'

export interface RawEntry {
  /** The engine's time of its first line, RFC 3339 with nanoseconds; null when lines carry none. */
  readonly stamp: string | null
  /** Its lines, without stamps, joined by `\n`. Bytes that are not UTF-8 become U+FFFD. */
  readonly text: string
}

/** Cuts a log that arrives in chunks, cut anywhere, into entries. */
export interface EntryScanner {
  readonly push: (chunk: Buffer) => readonly RawEntry[]
  /** Gives out whole lines that were held because more might continue them. */
  readonly flush: () => readonly RawEntry[]
  /** The same, and the last line even without a line break. */
  readonly end: () => readonly RawEntry[]
}

export interface ScanOptions {
  /** Entries without it are passed over unread; null: every entry is given out. As `byteSearch` reads it. */
  readonly candidates: RegExp | null
  /** Each line begins with the engine's time. */
  readonly stamped: boolean
}

/** Held back at most; what is longer is given out in parts. */
const LONGEST_ENTRY_BYTES = 1024 * 1024

const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)

/** Blank lines around an entry are no part of it; null when there is nothing else. */
function trimmed(lines: readonly string[]): string | null {
  const isText = (line: string): boolean => line.trim() !== ''
  const first = lines.findIndex(isText)
  return first === -1 ? null : lines.slice(first, lines.findLastIndex(isText) + 1).join('\n')
}

function toEntry(buffer: Buffer, start: number, end: number, stamped: boolean): RawEntry | null {
  const lines: string[] = []
  let stamp: string | null = null
  for (let from = start; from < end;) {
    const next = Math.min(nextLine(buffer, from), end)
    const prefix = stamped ? stampLength(buffer, from) : 0
    if (prefix > 0) stamp ??= buffer.toString('latin1', from, from + prefix - 1)
    lines.push(buffer.toString('utf8', from + prefix, lineEnd(buffer, from, next)))
    from = next
  }
  const text = trimmed(lines)
  return text === null ? null : {stamp, text}
}

const EVERYWHERE: ByteSearch = (_, from, end) => (from < end ? from : -1)

/**
 * The fast path of log search: bytes are searched before anything is decoded, and only the entries in which something was found are
 * cut out. Holds no more than the entry that is still open.
 */
export function entryScanner({candidates, stamped}: ScanOptions): EntryScanner {
  const bounds = entryBounds(stamped)
  const nextCandidate = candidates === null ? EVERYWHERE : byteSearch(candidates)
  let held: Buffer = NOTHING

  const take = (buffer: Buffer, length: number): readonly RawEntry[] => {
    const entries: RawEntry[] = []
    for (let at = nextCandidate(buffer, 0, length); at !== -1;) {
      const start = bounds.start(buffer, at)
      const end = Math.min(bounds.end(buffer, start, length), length)
      const entry = toEntry(buffer, start, end, stamped)
      if (entry !== null) entries.push(entry)
      at = nextCandidate(buffer, end, length)
    }
    held = length === buffer.length ? NOTHING : buffer.subarray(length)
    return entries
  }

  /** How much holds only entries that nothing can continue any more. */
  const settled = (buffer: Buffer): number => {
    const lines = buffer.lastIndexOf(NEWLINE) + 1
    if (lines === 0) return buffer.length > LONGEST_ENTRY_BYTES ? buffer.length : 0
    const lastLine = lineStart(buffer, lines - 1)
    const open = bounds.standsAlone(buffer, lastLine) ? lines : bounds.start(buffer, lastLine)
    if (buffer.length - open <= LONGEST_ENTRY_BYTES) return open
    return lines > open ? lines : buffer.length
  }

  return {
    push: (chunk) => {
      const buffer = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      return take(buffer, settled(buffer))
    },
    flush: () => take(held, held.lastIndexOf(NEWLINE) + 1),
    end: () => take(held, held.length),
  }
}
