import type {PromqlProblem} from '../../domain/promql/promql-problem.js'
import type {Dialect} from './dialect.js'

/** `metric` has a colon, which no label may have; a `keyword` is in small letters in `word`. */
export interface Token {
  readonly kind: 'duration' | 'end' | 'keyword' | 'metric' | 'name' | 'number' | 'string' | 'symbol'
  /** As it is written. */
  readonly text: string
  readonly word: string
  readonly from: number
}

export type PlacedOffset = PromqlProblem & {readonly offset: number}

type Lexing =
  {readonly ok: true; readonly tokens: readonly Token[]} | {readonly ok: false; readonly problem: PlacedOffset}

const SPACE = /(?:[ \t\r\n]|#[^\n]*(?:\n|$))*/y
const SYMBOL = /==|!=|<=|>=|=(?!~)|[-+*/%^,<>()[\]{@]/y
const BRACE_SYMBOL = /=~|!~|!=|[=,}]/y
const WORD = /[A-Za-z_:][\w:]*/y
const BRACE_WORD = /[A-Za-z_]\w*/y
const DURATION = /\d+[smhdwy]s?(?:\d+[smhdw]s?)*(?!\w)/y
const NUMBER = /(?:0[xX][\da-fA-F]*|\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?(?!\w)/y
const HEX = /0[xX][\da-fA-F]*(?:\.[\da-fA-F]*)?(?:[eE][+-]?\d*)?(?!\w)/y
const GROUPED =
  /(?:0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*|(?:\d+(?:_\d+)*)?(?:\.(?:\d+(?:_\d+)*)?)?(?:[eE][+-]?\d+(?:_\d+)*)?)(?!\w)/y
const ESCAPE =
  /\\(?:[abfnrtv\\]|[0-3][0-7]{2}|x[\da-fA-F]{2}|u(?![dD][89a-fA-F])[\da-fA-F]{4}|U(?!0000[dD][89a-fA-F])00(?:0[\da-fA-F]|10)[\da-fA-F]{4})/y
const SHOWN = 30

class Lexer {
  readonly tokens: Token[] = []
  problem: PlacedOffset | null = null
  #at = 0
  #parentheses = 0
  #bracket = false
  #colon = false
  #brace = false
  readonly #text: string
  readonly #dialect: Dialect

  constructor(text: string, dialect: Dialect) {
    this.#text = text
    this.#dialect = dialect
  }

  run(): void {
    while (this.problem === null) {
      this.#take(SPACE)
      if (this.#at >= this.#text.length) {
        this.#end()
        return
      }
      this.#next()
    }
  }

  #next(): void {
    const character = this.#text[this.#at] ?? ''
    if (/["'`]/.test(character)) this.#string(character)
    else if (this.#brace) this.#inBraces()
    else if (/[\d.]/.test(character) && /^\.?\d/.test(this.#text.slice(this.#at, this.#at + 2))) this.#number()
    else if (/[A-Za-z_:]/.test(character)) this.#word()
    else this.#symbol()
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined || found === '') return null
    this.#at += found.length
    return found
  }

  #fail(problem: PromqlProblem, offset = this.#at): void {
    this.problem = {...problem, offset}
  }

  #unexpected(): void {
    this.#fail({what: 'unexpected', near: nearOf(this.#text, this.#at)})
  }

  #add(kind: Token['kind'], text: string, word = text): void {
    this.tokens.push({kind, text, word, from: this.#at - text.length})
  }

  #end(): void {
    const unclosed = this.#brace ? '{' : this.#bracket ? '[' : this.#parentheses > 0 ? '(' : null
    if (unclosed !== null) this.#fail({what: 'unclosed', mark: unclosed})
    this.#add('end', '')
  }

  #string(quote: string): void {
    const from = this.#at
    this.#at += 1
    while (this.#text[this.#at] !== quote) {
      const character = this.#text[this.#at]
      if (character === undefined || (quote !== '`' && character === '\n')) {
        this.#fail({what: 'unclosed', mark: quote}, from)
        return
      }
      if (character === '\\' && quote !== '`' && !this.#escape(quote)) {
        this.#fail({what: 'escape', near: this.#text.slice(this.#at, this.#at + 2)})
        return
      }
      if (character !== '\\' || quote === '`') this.#at += 1
    }
    this.#at += 1
    this.#add('string', this.#text.slice(from, this.#at))
  }

  #escape(quote: string): boolean {
    if (this.#text[this.#at + 1] !== quote) return this.#take(ESCAPE) !== null
    this.#at += 2
    return true
  }

  #inBraces(): void {
    const word = this.#take(BRACE_WORD)
    if (word !== null) {
      this.#add('name', word)
      return
    }
    const symbol = this.#take(BRACE_SYMBOL)
    if (symbol === null) {
      this.#unexpected()
      return
    }
    if (symbol === '}') this.#brace = false
    this.#add('symbol', symbol)
  }

  #number(): void {
    const from = this.#at
    const {underscores} = this.#dialect
    const number = underscores ? this.#take(GROUPED) : (this.#take(HEX) ?? this.#take(NUMBER))
    if (number !== null) {
      this.#add('number', number)
      return
    }
    const duration = this.#take(DURATION)
    if (duration !== null) {
      this.#add('duration', duration)
      return
    }
    this.#fail({what: 'number', near: nearOf(this.#text, from)}, from)
  }

  /** Within brackets a letter can only be a mistake, which Prometheus takes for a colon. */
  #word(): void {
    if (this.#bracket) {
      this.#colonOf(this.#text[this.#at] ?? '')
      return
    }
    const word = this.#take(WORD) ?? ''
    const low = word.toLowerCase()
    if (low === 'inf' || low === 'nan') this.#add('number', word)
    else if (this.#dialect.keywords.has(low)) this.#add('keyword', word, low)
    else this.#add(word.includes(':') ? 'metric' : 'name', word)
  }

  #colonOf(character: string): void {
    if (this.#colon) {
      this.#unexpected()
      return
    }
    this.#colon = true
    this.#at += 1
    this.#add('symbol', character, ':')
  }

  #symbol(): void {
    const from = this.#at
    const symbol = this.#take(SYMBOL)
    if (symbol !== null && this.#nests(symbol)) {
      this.#add('symbol', symbol)
      return
    }
    this.#at = from
    this.#unexpected()
  }

  /** Keeps what is open; false where it cannot be. */
  #nests(symbol: string): boolean {
    switch (symbol) {
      case '(':
        this.#parentheses += 1
        return true
      case ')':
        this.#parentheses -= 1
        return this.#parentheses >= 0
      case '{':
        this.#brace = true
        return true
      case '[':
      case ']':
        return this.#brackets(symbol)
      default:
        return true
    }
  }

  #brackets(symbol: '[' | ']'): boolean {
    const isOpen = symbol === '['
    if (this.#bracket === isOpen) return false
    this.#bracket = isOpen
    if (isOpen) this.#colon = false
    // A comment cannot be what comes first in it.
    return !isOpen || !/^[ \t\r\n]*#/.test(this.#text.slice(this.#at))
  }
}

/** The first thing at an offset, to show. */
export function nearOf(text: string, offset: number): string {
  return text.slice(offset).trim().split('\n')[0]?.slice(0, SHOWN) ?? ''
}

/** Splits PromQL as Prometheus's own lexer does. */
export function lexPromql(text: string, dialect: Dialect): Lexing {
  const lexer = new Lexer(text, dialect)
  lexer.run()
  return lexer.problem === null ? {ok: true, tokens: lexer.tokens} : {ok: false, problem: lexer.problem}
}
