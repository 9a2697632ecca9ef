import type {TextForm} from '../../../domain/logs/byte-search.js'
import type {WholeLines} from '../whole-lines.js'
import type {LogWindow} from './log-window.js'
import type {Wanted} from './wanted-bytes.js'

/** The file is not what was expected of it: whoever reads it asks the engine instead. */
export class LogFileDoubt extends Error {
  override readonly name = 'LogFileDoubt'
}

export interface Decoded {
  /** Bytes of the entries that were whole. */
  readonly consumed: number
  /** An entry lies after the window: the engine reads no further either. */
  readonly isOver: boolean
}

/** How a driver of the engine keeps entries in a file: a line, or a piece of 16 KiB of a longer one. All throw `LogFileDoubt`. */
export interface LogFormat {
  /**
   * Gives the entries of the window to `lines`; the bytes begin with an entry, and a last one may be cut. With `wanted` a JSON object on a
   * line of its own may be passed over where nothing of it is wanted.
   */
  readonly decode: (bytes: Buffer, window: LogWindow, lines: WholeLines, wanted: Wanted | null) => Decoded
  /** How many bytes of whole entries they begin with. */
  readonly whole: (bytes: Buffer) => number
  /** How the text of an entry lies in the file. */
  readonly form: TextForm
  /** Passes over as many entries as there are, `most` at most. */
  readonly skip: (bytes: Buffer, most: number) => {readonly consumed: number; readonly found: number}
  /**
   * From the end of bytes that end with an entry, back over `most` entries at most. `isWhole`: they begin with an entry too, else in the
   * middle of one.
   */
  readonly back: (bytes: Buffer, most: number, isWhole: boolean) => {readonly start: number; readonly found: number}
  /** Whether what is decoded may, with stamps, be longer than the bytes of the file. */
  readonly mayGrow: boolean
}
