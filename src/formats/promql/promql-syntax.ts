import {parser} from '@prometheus-io/lezer-promql'
import type {PromqlPlaceholder} from '../../domain/runbook/promql-template.js'
import {type InputDeclaration, isExpression} from '../../domain/runbook/runbook.js'

type Tree = ReturnType<typeof parser.parse>
type SyntaxNode = Tree['topNode']

export interface SyntaxProblem {
  /** From 0 in the text. */
  readonly offset: number
  readonly message: string
}

export interface PromqlReading {
  readonly placeholders: readonly PromqlPlaceholder[]
  readonly problem: SyntaxProblem | null
}

const PLACEHOLDER = /\$\{([a-z][a-z0-9_]*)\}/g
const SHOWN = 30
/** Beyond it, names whose default says nothing are taken for numbers. */
const MOST_TRIALS = 81

interface Written {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** As long as what it stands for, so that every offset stays. */
type Filler = (length: number) => string
const NUMBER: Filler = (length) => '1'.padEnd(length, '0')
const DURATION: Filler = (length) => `${'1'.repeat(length - 1)}m`
const NAME: Filler = (length) => 'x'.repeat(length)

/** What a placeholder may stand for, the likeliest first. */
function fillersOf(name: string, inputs: readonly InputDeclaration[]): readonly Filler[] {
  const input = inputs.find((candidate) => candidate.name === name)
  const value = input?.default ?? input?.oneOf?.[0] ?? ''
  if (/^[A-Za-z_:]/.test(value)) return [NAME, NUMBER, DURATION]
  return /^\d+[a-z]/.test(value) ? [DURATION, NUMBER, NAME] : [NUMBER, DURATION, NAME]
}

function errorIn(tree: Tree): number {
  let found = -1
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && found === -1) found = node.from
      return found === -1
    },
  })
  return found
}

function filledWith(text: string, all: readonly Written[], fillers: ReadonlyMap<string, Filler>): string {
  let filled = text
  for (const {name, from, to} of all)
    filled = filled.slice(0, from) + (fillers.get(name) ?? NUMBER)(to - from) + filled.slice(to)
  return filled
}

interface Trial {
  readonly tree: Tree
  readonly error: number
}

/** The first reading without an error, else the likeliest one. */
function firstUnderstood(text: string, all: readonly Written[], inputs: readonly InputDeclaration[]): Trial {
  const names = [...new Set(all.map(({name}) => name))]
  const choices = names.map((name) => fillersOf(name, inputs))
  const count = Math.min(MOST_TRIALS, 3 ** names.length)
  let likeliest: Trial | null = null
  for (let trial = 0; trial < count; trial += 1) {
    const fillers = new Map(
      names.map((name, index) => [name, choices[index]?.[Math.floor(trial / 3 ** index) % 3] ?? NUMBER]),
    )
    const tree = parser.parse(filledWith(text, all, fillers))
    const error = errorIn(tree)
    likeliest ??= {tree, error}
    if (error === -1) return {tree, error}
  }
  return likeliest ?? {tree: parser.parse(text), error: errorIn(parser.parse(text))}
}

/** The regular expression of `label_replace` is its last string. */
function isLast(node: SyntaxNode): boolean {
  for (let next = node.nextSibling; next !== null; next = next.nextSibling)
    if (next.name === 'StringLiteral') return false
  return true
}

function matchesPattern(text: string, node: SyntaxNode): boolean {
  const operator = node.parent?.getChild('MatchOp') ?? null
  if (operator !== null) return text.slice(operator.from, operator.to).endsWith('~')
  const call = node.parent?.parent ?? null
  const isReplacing = call?.getChild('FunctionIdentifier')?.getChild('LabelReplace') != null
  return isReplacing && isLast(node)
}

const KINDS: Readonly<Record<string, PromqlPlaceholder['kind']>> = {
  NumberDurationLiteral: 'number',
  NumberDurationLiteralInDurationContext: 'duration',
  LabelName: 'label',
  Identifier: 'metric',
}

/** A backslash before it would take the first character of the value for itself. */
function isEscaped(text: string, from: number): boolean {
  const [backslashes = ''] = /(?<!\\)\\*$/.exec(text.slice(0, from)) ?? []
  return backslashes.length % 2 === 1
}

type Placed = PromqlPlaceholder | 'comment' | null

function inString(text: string, node: SyntaxNode, written: Written, expressions: ReadonlySet<string>): Placed {
  const quote = text[node.from] ?? '"'
  if (quote !== '`' && isEscaped(text, written.from)) return null
  const kind = matchesPattern(text, node) && !expressions.has(written.name) ? 'pattern' : 'text'
  return {...written, kind, quote}
}

function placeOf(text: string, tree: Tree, written: Written, expressions: ReadonlySet<string>): Placed {
  const node = tree.resolveInner(written.from, 1)
  if (node.name === 'LineComment') return 'comment'
  if (node.name === 'StringLiteral') return inString(text, node, written, expressions)
  const kind = KINDS[node.name]
  if (kind === undefined) return null
  if (node.from === written.from && node.to === written.to) return {...written, kind, quote: null}
  return {...written, kind: kind === 'number' || kind === 'duration' ? 'digits' : 'part', quote: null}
}

/** Reads an expression: what its placeholders stand for, and the first thing in it that is not understood. */
export function readPromqlTemplate(text: string, inputs: readonly InputDeclaration[]): PromqlReading {
  const all = [...text.matchAll(PLACEHOLDER)].map(({0: whole, 1: name = '', index}) => ({
    ...{name, from: index, to: index + whole.length},
  }))
  const {tree, error} = firstUnderstood(text, all, inputs)
  if (error !== -1) {
    const near = text.slice(error).trim().split('\n')[0]?.slice(0, SHOWN) ?? ''
    const where = near === '' ? 'at its end' : `at \`${near}\``
    return {placeholders: [], problem: {offset: error, message: `PromQL is not understood ${where}`}}
  }
  const expressions = new Set(inputs.filter(isExpression).map(({name}) => name))
  const placed = all.map((written) => ({written, place: placeOf(text, tree, written, expressions)}))
  const wrong = placed.find(({place}) => place === null)?.written
  const problem =
    wrong === undefined
      ? null
      : {
          offset: wrong.from,
          message: `\`\${${wrong.name}}\` cannot stand here in PromQL: use it as a string, a number, a duration, a label or a metric`,
        }
  return {placeholders: placed.flatMap(({place}) => (place === null || place === 'comment' ? [] : [place])), problem}
}
