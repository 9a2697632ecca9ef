import {closeSync, constants, fstatSync, openSync, readFileSync, type Stats} from 'node:fs'

/** A pipe without a writer would be waited for without an end, and a terminal opened would become ours. */
export const WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** Of a file that a person or a tool writes: more than any of them has, and little enough to be held and parsed. */
const MOST_BYTES = 16 * 1024 * 1024

/** What is there, and is no file that can be read. `message` is a clause: `it is a folder`. */
class NotPlain extends Error {
  readonly code: 'ENOTFILE' | 'EFBIG'

  constructor(code: NotPlain['code'], message: string) {
    super(message)
    this.name = 'NotPlain'
    this.code = code
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'it is a folder'
  return stats.isFIFO() ? 'it is a named pipe' : 'it is not a regular file'
}

/** Throws `NotPlain` for anything but a regular file, and for one of more than `most` bytes. */
export function checkPlain(stats: Stats, most = Infinity): void {
  if (!stats.isFile()) throw new NotPlain('ENOTFILE', kindOf(stats))
  if (stats.size > most) throw new NotPlain('EFBIG', `it is larger than ${String(most / 1024 / 1024)} MiB`)
}

/** All of a regular file of at most 16 MiB. Waits for nothing. Throws `NotPlain` for anything else, and what `open` throws. */
export function readPlainBytes(path: string, check: (stats: Stats) => void = () => undefined): Buffer {
  const descriptor = openSync(path, WITHOUT_WAITING)
  try {
    const stats = fstatSync(descriptor)
    checkPlain(stats, MOST_BYTES)
    check(stats)
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** As `readPlainBytes`, of UTF-8. `check` may throw for a file that is not to be read. */
export function readPlainText(path: string, check?: (stats: Stats) => void): string {
  return readPlainBytes(path, check).toString('utf8')
}

/** Why a file could not be read, to be put in brackets. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof NotPlain) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  // What `open` says of a socket.
  return code === 'ENXIO' ? 'it is not a regular file' : code
}
