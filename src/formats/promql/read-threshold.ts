import type {AlertThreshold} from '../../domain/alerts/alert-threshold.js'
import type {Expression} from '../../domain/promql/expression.js'
import {typeOf} from '../../domain/promql/expression.js'
import type {FilePlace} from '../../domain/text/file-place.js'
import {readPromql} from './promql-tree.js'

const OPERATORS: readonly string[] = ['>', '>=', '<', '<=', '==', '!='] satisfies readonly AlertThreshold['operator'][]
/** Nobody writes more around a whole expression. */
const MOST_BRACKETS = 16

/** The text as one line: its columns are offsets. */
const at = (offset: number): FilePlace => ({line: 1, column: offset + 1})

function treeOf(text: string): Expression | null {
  const read = readPromql(text, at)
  return read.ok ? read.tree : null
}

/** Without the brackets around all of it: only then is what is within an expression too. */
function unwrapped(written: string): string {
  let text = written.trim()
  for (let count = 0; count < MOST_BRACKETS && text.startsWith('(') && text.endsWith(')'); count += 1) {
    const inner = text.slice(1, -1).trim()
    if (treeOf(inner) === null) break
    text = inner
  }
  return text
}

/** null: its top is no comparison of series with a number, or it only says whether it holds (`bool`). */
export function readThreshold(written: string): AlertThreshold | null {
  const text = unwrapped(written)
  const tree = treeOf(text)
  if (tree?.kind !== 'binary' || tree.bool || !OPERATORS.includes(tree.operator)) return null
  const [left, right] = tree.operands
  if (right.kind !== 'number' || typeOf(left) !== 'vector') return null
  const expression = text.slice(0, tree.place.column - 1).trim()
  if (treeOf(expression) === null) return null
  return {expression, operator: tree.operator as AlertThreshold['operator'], value: right.value}
}
