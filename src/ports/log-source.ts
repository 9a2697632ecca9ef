import type {Container} from '../domain/stack/container.js'

export interface LogRange {
  /** Seconds since the epoch. */
  readonly since?: number
  readonly until?: number
  /** The last N lines of each container; all when absent. */
  readonly tail?: number
  readonly follow: boolean
}

/**
 * The raw log of a container. Yields payload bytes in order, frame headers removed, stdout and stderr interleaved as written;
 * chunks end anywhere. Never holds the stream whole. Ends when the log ends, or when the signal aborts.
 */
export interface LogSource {
  readonly read: (container: Container, range: LogRange, signal: AbortSignal) => AsyncIterable<Buffer>
}
