import type {IsoTime} from '../../domain/time/iso-time.js'

/** The command that was typed, to be typed again. */
export interface TypedAgain {
  /** Of this incident, where none was named. */
  readonly of: (handle: string) => string
  /** To have it entered later as of then. */
  readonly later: (handle: string, at: IsoTime) => string
}
