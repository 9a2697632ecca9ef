import type {Http} from './http.js'

/** Where a port is listened on. */
export interface TcpTarget {
  readonly host: string
  readonly port: number
  readonly timeoutSeconds: number
}

/** A command to run within a container of a service. */
export interface ExecTarget {
  readonly service: string
  readonly command: readonly string[]
  readonly timeoutSeconds: number
}

/** How it ended; or why it did not, which says that the service does not serve. */
export type ExecAnswer =
  | {
      readonly exitCode: number
      /** The first 4 KiB of stdout and stderr, as text. */
      readonly output: string
      readonly durationSeconds: number
    }
  | {readonly exitCode: null; readonly message: string}

/** The ways in which faci asks a service how it is: an HTTP request, as the Http port has it, a connection, a command. */
export interface HealthProber extends Http {
  /**
   * Connects, and tells whether somebody is there: who closes at once without a word is not, as a published port whose container does not
   * listen. Gives the seconds until the connection stood. Errors: `unreachable`, `noRoute`, `timedOut`.
   */
  readonly connect: (target: TcpTarget) => Promise<number>
  /**
   * Runs a command in the first running container of the service. No container that runs is an answer, and so is a command that does not
   * end in time: it is waited for no longer, and not ended. Errors are the engine's, which then told nothing of the service.
   */
  readonly run: (target: ExecTarget) => Promise<ExecAnswer>
}
