import {readSync} from 'node:fs'
import type {FileHandle} from 'node:fs/promises'

/** One file of a log, as it was when it was opened: what is written afterwards is not read. */
export interface LogFile {
  readonly handle: FileHandle
  readonly size: number
  readonly isCompressed: boolean
}

/** The file has become shorter: the engine began it anew, and what was in it is gone. */
export class LogFileCut extends Error {
  override readonly name = 'LogFileCut'
}

/** Waited for: what goes through Node's threads takes several times as long, of a file that mostly lies in memory. */
export function fillFrom({handle: {fd}}: LogFile, at: number, bytes: Buffer): Buffer {
  for (let filled = 0; filled < bytes.length;) {
    const read = readSync(fd, bytes, filled, bytes.length - filled, at + filled)
    if (read === 0) throw new LogFileCut()
    filled += read
  }
  return bytes
}
