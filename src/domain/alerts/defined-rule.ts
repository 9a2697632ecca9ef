import type {Labels} from '../promql/sample.js'
import type {Expression} from '../promql/expression.js'
import type {PromqlVersion} from '../promql/functions.js'
import type {PromqlProblem} from '../promql/promql-problem.js'
import type {FilePlace} from '../text/file-place.js'

type PlacedProblem = FilePlace & PromqlProblem

/** PromQL that was read from a file, and what of it single versions cannot read; without a tree none can, for `problem`. */
export type ReadExpression =
  | {
      readonly ok: true
      readonly text: string
      readonly tree: Expression
      readonly refused: readonly {readonly version: PromqlVersion; readonly problem: PlacedProblem}[]
    }
  | {readonly ok: false; readonly text: string; readonly problem: PlacedProblem}

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
