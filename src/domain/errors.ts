import type {Correction} from './text/did-you-mean.js'
import {visible} from './text/visible.js'

/** Every way faci can fail on purpose. `cli/process/exit-codes.ts` maps each to its exit code; anything else is a bug in faci. */
export type ErrorCode =
  | 'usage'
  | 'notFound'
  | 'configInvalid'
  | 'runbookInvalid'
  | 'unreachable'
  /** Not even a way there: the name is unknown here, or there is no network. It says nothing of the other side. */
  | 'noRoute'
  | 'timedOut'
  | 'badAnswer'
  | 'toolMissing'
  | 'changeFailed'
  | 'refused'
  | 'locked'
  | 'interrupted'

export interface FaciErrorOptions {
  /** What to type or do next, most useful first. */
  readonly suggestions?: readonly string[]
  /** A word of the command line that was probably meant otherwise: the command with it put right is what to type next. */
  readonly correction?: Correction | undefined
  /** As `correction`, where several may have been meant. */
  readonly corrections?: readonly Correction[]
  readonly cause?: unknown
}

/**
 * A failure that a person can act on: what broke, and what to do next. Messages never hold secrets. A list is one of lines: what else would
 * break a line, or is hidden, came with somebody's text and is written out.
 */
export class FaciError extends Error {
  readonly code: ErrorCode
  readonly suggestions: readonly string[]
  readonly correction: Correction | undefined
  readonly corrections: readonly Correction[]

  constructor(code: ErrorCode, message: string | readonly string[], options: FaciErrorOptions = {}) {
    super([message].flat().map(visible).join('\n'), options.cause === undefined ? undefined : {cause: options.cause})
    this.name = 'FaciError'
    this.code = code
    this.suggestions = options.suggestions ?? []
    this.correction = options.correction
    this.corrections = [options.correction ?? [], options.corrections ?? []].flat()
  }
}

/** After this the error is the failure of one part, which can be shown as unknown and hides no other. A bug or an interruption is thrown on. */
export function rethrowBugOrInterrupt(error: unknown): asserts error is FaciError {
  if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
}
