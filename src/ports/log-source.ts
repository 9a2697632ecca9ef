import type {Container} from '../domain/stack/container.js'

export interface LogRange {
  /** Seconds since the epoch. */
  readonly since?: number
  readonly until?: number
  /** The last N lines of each container; all when absent. */
  readonly tail?: number
  readonly follow: boolean
  /** Whether each line begins with the engine's time of it (RFC 3339 with nanoseconds) and a space. Costs the engine a tenth. */
  readonly stamped?: boolean
  /**
   * What is looked for, as `byteSearch` reads it: of JSON objects on a line each that do not contain it, however many follow each other, one
   * line `{}` may be given instead. Never with `tail`.
   */
  readonly wanted?: RegExp | undefined
}

/**
 * The raw log of a container. Yields payload bytes in order, frame headers removed, stdout and stderr interleaved as written;
 * chunks end anywhere. Never holds the stream whole. Ends when the log ends (while following: when the container stops), or when
 * the signal aborts. Errors: `unreachable`, `timedOut`, `badAnswer`.
 */
export interface LogSource {
  readonly read: (container: Container, range: LogRange, signal: AbortSignal) => AsyncIterable<Buffer>
}
