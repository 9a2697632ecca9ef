import type {IsoTime} from '../time/iso-time.js'
import type {LogLevel} from './log-level.js'

/** One thing that was logged: a JSON line, or a plain line with the lines that continue it (a stack trace). */
export interface LogEntry {
  /** What the entry says itself, else when the engine took it; null when neither is known. */
  readonly at: IsoTime | null
  readonly level: LogLevel | null
  readonly message: string
  readonly module: string | null
  readonly function: string | null
  readonly line: number | null
  readonly requestId: string | null
  readonly userId: string | null
  readonly method: string | null
  /** The route, `/cars/:id`. */
  readonly endpoint: string | null
  /** What was asked for, without the query. */
  readonly path: string | null
  readonly status: number | null
  readonly durationSeconds: number | null
  /** Text of the exception with its stack. */
  readonly exception: string | null
  /** What a JSON line says besides, by its own names. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly service: string
  readonly replica: number
  /** As it was written, lines joined by `\n`. */
  readonly raw: string
}

export interface LogOrigin {
  readonly service: string
  readonly replica: number
}
