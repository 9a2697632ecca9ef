import {expressionsIn, holds, type Matcher, OPERATORS, unescaped} from './matcher.js'
import type {Labels} from './sample.js'
import type {Expressions} from '../text/expressions.js'

/** `APIDown{service="api",severity=~"crit.*"}`: an alert's name, and what its labels must be. */
export interface AlertSelector {
  readonly name: string
  readonly matchers: readonly Matcher[]
}

export type SelectorReading =
  | {readonly ok: true; readonly selector: AlertSelector}
  /** `offset` in the text, from 0. */
  | {readonly ok: false; readonly offset: number; readonly message: string}

const NAME = /^[^{}"'`]+/
const LABEL = /^\s*([A-Za-z_]\w*)\s*/
const OPERATOR = /^(=~|!~|!=|=)\s*/
const VALUE = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*/s

class Scanner {
  offset = 0
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  /** The groups of what stands here, which is then passed; null when it is something else. */
  take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.#text.slice(this.offset))
    this.offset += found?.[0].length ?? 0
    return found
  }

  get atEnd(): boolean {
    return this.offset >= this.#text.length
  }
}

/** Ends the reading; never leaves this file. */
class Unreadable extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

function readMatcher(scanner: Scanner): Matcher {
  const label = scanner.take(LABEL)?.[1]
  if (label === undefined) throw new Unreadable(scanner.offset, 'the name of a label is expected')
  const written = scanner.take(OPERATOR)?.[1]
  const operator = OPERATORS.find((candidate) => candidate === written)
  if (operator === undefined) throw new Unreadable(scanner.offset, '=, !=, =~ or !~ is expected')
  const start = scanner.offset
  const quoted = scanner.take(VALUE)
  if (quoted === null) throw new Unreadable(start, 'a value in quotes is expected')
  return {label, operator, value: unescaped(quoted[1] ?? quoted[2] ?? '')}
}

function readMatchers(scanner: Scanner): readonly Matcher[] {
  const matchers: Matcher[] = []
  if (scanner.take(/^\{\s*/) === null) return matchers
  while (scanner.take(/^\}\s*/) === null) {
    matchers.push(readMatcher(scanner))
    if (scanner.take(/^,\s*/) === null && scanner.take(/^(?=\})/) === null)
      throw new Unreadable(scanner.offset, '`,` or `}` is expected')
  }
  return matchers
}

/** Reads a selector as it is written; never throws. Whether an expression in it is one is not asked. */
export function parseAlertSelector(text: string): SelectorReading {
  const scanner = new Scanner(text)
  try {
    scanner.take(/^\s+/)
    const name = scanner.take(NAME)?.[0].trim() ?? ''
    if (name === '') throw new Unreadable(scanner.offset, 'the name of an alert is expected')
    const matchers = readMatchers(scanner)
    if (!scanner.atEnd) throw new Unreadable(scanner.offset, 'nothing is expected here')
    return {ok: true, selector: {name, matchers}}
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return {ok: false, offset: error.offset, message: error.message}
  }
}

/** The regular expressions in selectors as they are written. */
export function selectorExpressions(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => {
    const read = parseAlertSelector(text)
    return read.ok ? expressionsIn(read.selector.matchers) : []
  })
}

/** PromQL semantics: a label that is missing is the empty text. */
export function selects(
  {name, matchers}: AlertSelector,
  alert: {readonly name: string; readonly labels: Labels},
  expressions: Expressions,
): boolean {
  return name === alert.name && matchers.every((matcher) => holds(matcher, alert.labels, expressions))
}
