import type {Labels} from '../promql/sample.js'
import type {Expression} from '../promql/expression.js'
import type {FilePlace} from '../text/file-place.js'

/** PromQL that was read from a file; without a tree it is not understood, from `problem` on. */
export type ReadExpression =
  | {readonly ok: true; readonly text: string; readonly tree: Expression}
  | {readonly ok: false; readonly text: string; readonly problem: FilePlace & {readonly near: string}}

/** A rule as its file defines it. */
export interface DefinedRule extends FilePlace {
  readonly kind: 'alert' | 'record'
  readonly name: string
  readonly file: string
  readonly expression: ReadExpression
  /** null when nothing is said. */
  readonly forSeconds: number | null
  readonly labels: Labels
  readonly annotations: Labels
  /** Of the annotation `runbook`. */
  readonly runbookPlace: FilePlace | null
  /** Checks that a comment above the rule allows to fail: `# faci allow CHECK: why`. */
  readonly allowed: readonly string[]
}
