import {compareText} from '../text/compare-text.js'
import type {FilePlace} from '../text/file-place.js'

/** An error is certain, and makes what it is in invalid. */
export type FindingSeverity = 'error' | 'warning'

/** Something wrong in a file, by which check, and what to do about it. */
export interface Finding<Rule extends string = string> extends FilePlace {
  readonly file: string
  readonly severity: FindingSeverity
  readonly rule: Rule
  readonly message: string
  readonly suggestion: string | null
}

/** In the order of the files, and in each from its top. */
export function inOrder<Found extends Finding>(findings: readonly Found[]): readonly Found[] {
  return findings.toSorted(
    (one, other) => compareText(one.file, other.file) || one.line - other.line || one.column - other.column,
  )
}
