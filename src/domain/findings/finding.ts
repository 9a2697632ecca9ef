import {compareText} from '../text/compare-text.js'
import type {FilePlace} from '../text/file-place.js'

/** An error is certain, and makes what it is in invalid. */
export type FindingSeverity = 'error' | 'warning'

/** What is wrong, as data: the check that found it, which of several things that it looks at, and the values that it names. */
export interface Fault {
  readonly rule: string
  readonly what?: string
}

/** What is said of a fault, and what to do about it. */
export interface FaultText {
  readonly message: string
  readonly suggestion: string | null
}

interface FoundIn extends FilePlace {
  readonly file: string
  readonly severity: FindingSeverity
}

/** A fault has no names of its own for where it is: they would be lost in the finding. */
type Placeless = {readonly [Name in keyof FoundIn]?: never}

/** Something wrong in a file; worded by `render/words/en/lint`. */
export type Finding<F extends Fault & Placeless = Fault> = F & FoundIn

/** In the order of the files, and in each from its top. */
export function inOrder<Found extends Omit<FoundIn, 'severity'>>(findings: readonly Found[]): readonly Found[] {
  return findings.toSorted(
    (one, other) => compareText(one.file, other.file) || one.line - other.line || one.column - other.column,
  )
}
