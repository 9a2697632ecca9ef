import type {PromqlProblem} from '../../domain/promql/promql-problem.js'
import {prometheusDuration} from '../../domain/promql/prom-duration.js'
import type {FilePlace} from '../../domain/text/file-place.js'
import type {Dialect} from './dialect.js'
import {nearOf, type PlacedOffset, type Token} from './promql-lexer.js'
import {numberOf, stringOf} from './promql-literals.js'

/** An expression, and where each of its characters stands in the file. */
export interface PromqlSource {
  readonly text: string
  readonly at: (offset: number) => FilePlace
}

/** Thrown where an expression cannot be read; never leaves `parsePromql`. */
export class Refusal extends Error {
  readonly problem: PlacedOffset

  constructor(problem: PlacedOffset) {
    super(problem.what)
    this.problem = problem
  }
}

/** The tokens of an expression, one after the other, and what is made of single ones. */
export class PromqlCursor {
  readonly dialect: Dialect
  readonly #source: PromqlSource
  readonly #tokens: readonly Token[]
  #index = 0

  constructor(source: PromqlSource, tokens: readonly Token[], dialect: Dialect) {
    this.#source = source
    this.#tokens = tokens
    this.dialect = dialect
  }

  get token(): Token {
    return this.#tokens[this.#index] ?? {kind: 'end', text: '', word: '', from: this.#source.text.length}
  }

  place({from}: Token): FilePlace {
    return this.#source.at(from)
  }

  fail(problem: PromqlProblem, {from}: Token): never {
    throw new Refusal({...problem, offset: from})
  }

  unexpected(token = this.token): never {
    return this.fail({what: 'unexpected', near: nearOf(this.#source.text, token.from)}, token)
  }

  next(): Token {
    const {token} = this
    this.#index += 1
    return token
  }

  /** Whether the next token is one of these keywords and symbols. */
  is(...words: readonly string[]): boolean {
    const {kind, word} = this.token
    return (kind === 'symbol' || kind === 'keyword') && words.includes(word)
  }

  skip(...words: readonly string[]): Token | null {
    return this.is(...words) ? this.next() : null
  }

  want(word: string): Token {
    return this.skip(word) ?? this.unexpected()
  }

  /** Of a number, or of a duration where one may stand for it. */
  numberIn(token: Token): number {
    if (token.kind === 'duration' && this.dialect.durationsAreNumbers) return this.seconds(token)
    if (token.kind !== 'number') return this.unexpected(token)
    return numberOf(token.text) ?? this.fail({what: 'number', near: token.text}, token)
  }

  string(): string {
    const token = this.next()
    return token.kind === 'string' ? stringOf(token.text) : this.unexpected(token)
  }

  /** A length of time in seconds: more than none, unless it tells how far back. Version 3 takes signs before it, any number of them. */
  duration({mayBeNone}: {readonly mayBeNone: boolean}): number {
    const {durationsAreNumbers: isLater} = this.dialect
    let sign = 1
    while (isLater && this.is('-', '+')) sign *= this.next().word === '-' ? -1 : 1
    const token = this.next()
    if (token.kind === 'number' && !isLater) this.unexpected(token)
    const length = sign * (token.kind === 'duration' ? this.seconds(token) : this.numberIn(token))
    if (!(length > 0) && !mayBeNone) this.fail({what: 'duration', near: token.text}, token)
    return length
  }

  seconds(token: Token): number {
    const milliseconds = prometheusDuration(token.text)
    return milliseconds === null ? this.fail({what: 'duration', near: token.text}, token) : milliseconds / 1000
  }
}
