import type {ReadExpression} from '../../domain/alerts/defined-rule.js'
import type {Expression} from '../../domain/promql/expression.js'
import type {PromqlProblem} from '../../domain/promql/promql-problem.js'
import type {FilePlace} from '../../domain/text/file-place.js'
import {DIALECTS} from './dialect.js'
import type {PlacedOffset} from './promql-lexer.js'
import {parsePromql} from './promql-parser.js'

/** Reads PromQL, as the newest version that can. What none can is a result too. */
export function readPromql(text: string, at: (offset: number) => FilePlace): ReadExpression {
  const last = Math.max(0, text.trimEnd().length - 1)
  const placed = ({offset, ...problem}: PlacedOffset): FilePlace & PromqlProblem => ({
    ...at(Math.min(offset, last)),
    ...problem,
  })
  const trees: Expression[] = []
  const refused = DIALECTS.flatMap((dialect) => {
    const parsed = parsePromql({text, at}, dialect)
    if (!parsed.ok) return [{version: dialect.version, problem: placed(parsed.problem)}]
    trees.push(parsed.tree)
    return []
  })
  const [tree] = trees
  if (tree !== undefined) return {ok: true, text, tree, refused}
  return {ok: false, text, problem: refused[0]?.problem ?? placed({what: 'unexpected', near: '', offset: 0})}
}
