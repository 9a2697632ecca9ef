import type {Expression} from '../../domain/promql/expression.js'
import {AGGREGATIONS, type Dialect, NO_METRICS} from './dialect.js'
import {PromqlCursor, type PromqlSource, Refusal} from './promql-cursor.js'
import {lexPromql, type PlacedOffset, type Token} from './promql-lexer.js'
import {plain, readLabels, readMatching, readSelector, readSuffixes, type Suffixed} from './promql-selector.js'

type Parsing = {readonly ok: true; readonly tree: Expression} | {readonly ok: false; readonly problem: PlacedOffset}

const BINDS: Readonly<Record<string, number>> = {
  ...{or: 1, and: 2, unless: 2},
  ...{'==': 3, '!=': 3, '<': 3, '>': 3, '<=': 3, '>=': 3},
  ...{'+': 4, '-': 4, '*': 5, '/': 5, '%': 5, atan2: 5, '^': 6},
}
/** Of what a sign takes: `-a ^ b` is `-(a ^ b)`, and `-a * b` is `(-a) * b`. */
const SIGN_BINDS = 6
/** Beyond it the parser's own stack would be at an end. */
const DEEPEST = 500

class Parser {
  readonly #cursor: PromqlCursor
  #depth = 0

  constructor(cursor: PromqlCursor) {
    this.#cursor = cursor
  }

  whole(): Expression {
    const tree = this.#expression(1)
    if (this.#cursor.token.kind !== 'end') this.#cursor.unexpected()
    return tree
  }

  #expression(binds: number): Expression {
    this.#depth += 1
    if (this.#depth > DEEPEST) this.#cursor.unexpected()
    let left = this.#signed()
    for (let own = this.#binds(); own >= binds; own = this.#binds()) left = this.#binary(left, own)
    this.#depth -= 1
    return left
  }

  /** How closely the next token, if it is an operator, binds its sides. */
  #binds(): number {
    const {kind, word} = this.#cursor.token
    return kind === 'symbol' || kind === 'keyword' ? (BINDS[word] ?? 0) : 0
  }

  #binary(left: Expression, binds: number): Expression {
    const sign = this.#cursor.next()
    const {word: operator} = sign
    const bool = this.#cursor.skip('bool') !== null
    const matching = readMatching(this.#cursor)
    const right = this.#expression(operator === '^' ? binds : binds + 1)
    return {kind: 'binary', operator, matching, bool, place: this.#cursor.place(sign), operands: [left, right]}
  }

  #signed(): Expression {
    const sign = this.#cursor.skip('+', '-')
    if (sign === null) return readSuffixes(this.#cursor, this.#primary())
    const operand = this.#expression(SIGN_BINDS)
    const {word: operator} = sign
    const place = this.#cursor.place(sign)
    if (operand.kind === 'number') return {...operand, place, value: operator === '-' ? -operand.value : operand.value}
    return {kind: 'sign', operator, place, operands: [operand]}
  }

  #primary(): Suffixed {
    const cursor = this.#cursor
    const token = cursor.next()
    const place = cursor.place(token)
    switch (token.kind) {
      case 'number':
      case 'duration':
        return plain({kind: 'number', value: cursor.numberIn(token), place, operands: []})
      case 'string':
        return plain({kind: 'string', place, operands: []})
      case 'symbol':
        return token.word === '{' ? readSelector(cursor, token) : plain(this.#parenthesised(token))
      case 'end':
        return cursor.unexpected(token)
      case 'keyword':
      case 'metric':
      case 'name':
        return this.#named(token)
    }
  }

  #parenthesised(token: Token): Expression {
    if (token.word !== '(') this.#cursor.unexpected(token)
    const inner = this.#expression(1)
    this.#cursor.want(')')
    return inner
  }

  #named(token: Token): Suffixed {
    const cursor = this.#cursor
    const {kind, word, text: name} = token
    const isAggregation = kind === 'keyword' && AGGREGATIONS.has(word)
    if (isAggregation && cursor.is('(', 'by', 'without')) return plain(this.#aggregation(token))
    if (kind === 'name' && cursor.is('('))
      return plain({kind: 'call', name, place: cursor.place(token), operands: this.#operands()})
    return kind === 'keyword' && NO_METRICS.has(word) ? cursor.unexpected(token) : readSelector(cursor, token)
  }

  #grouped(): boolean {
    if (this.#cursor.skip('by', 'without') === null) return false
    readLabels(this.#cursor)
    return true
  }

  #aggregation(token: Token): Expression {
    const isGrouped = this.#grouped()
    const operands = this.#operands()
    if (!isGrouped) this.#grouped()
    return {kind: 'aggregation', name: token.word, place: this.#cursor.place(token), operands}
  }

  #operands(): readonly Expression[] {
    const cursor = this.#cursor
    cursor.want('(')
    if (cursor.skip(')') !== null) return []
    const operands = [this.#expression(1)]
    while (cursor.skip(',') !== null) operands.push(this.#expression(1))
    cursor.want(')')
    return operands
  }
}

/** Reads an expression as one line of Prometheus's versions does, but for its types: those are `typeProblems`. */
export function parsePromql(source: PromqlSource, dialect: Dialect): Parsing {
  const lexed = lexPromql(source.text, dialect)
  if (!lexed.ok) return lexed
  try {
    return {ok: true, tree: new Parser(new PromqlCursor(source, lexed.tokens, dialect)).whole()}
  } catch (error) {
    if (error instanceof Refusal) return {ok: false, problem: error.problem}
    throw error
  }
}
