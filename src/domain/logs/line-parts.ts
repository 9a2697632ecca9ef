import type {LogLevel} from './log-level.js'

/** What stands before the message of a plain line. */
export interface LineHead {
  readonly at: string | null
  readonly level: LogLevel | null
  /** What is left without them. */
  readonly message: string
}
