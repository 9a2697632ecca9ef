import type {TemplateProblem} from '../../domain/alerts/lint/template-problem.js'

export interface TemplateToken {
  readonly kind:
    | 'text'
    | 'open'
    | 'close'
    | 'space'
    | 'keyword'
    | 'bool'
    | 'name'
    | 'variable'
    | 'field'
    | 'dot'
    | 'number'
    | 'string'
    | 'declare'
    | 'sign'
    | 'end'
  readonly text: string
  readonly from: number
}

export type PlacedTemplateProblem = TemplateProblem & {readonly offset: number}

export class TemplateRefusal extends Error {
  readonly problem: PlacedTemplateProblem

  constructor(problem: TemplateProblem, offset: number) {
    super(problem.what)
    this.problem = {...problem, offset}
  }
}

const KEYWORDS = new Set('block break continue define else end if nil range template with'.split(' '))
const OPEN = /\{\{(?:-(?=[ \t\r\n]))?/y
const COMMENT = /\{\{(?:-[ \t\r\n])?\/\*/y
const COMMENT_END = /\*\/(?:[ \t\r\n]-)?\}\}/y
const CLOSE = /(?:[ \t\r\n]+-)?\}\}/y
const SPACE = /[ \t\r\n]+?(?=-\}\}|[^ \t\r\n]|$)/y
const WORD = /[\p{L}\p{Nd}_]+/uy
const VARIABLE = /\$[\p{L}\p{Nd}_]*/uy
const FIELD = /\.[\p{L}\p{Nd}_]*/uy
const DIGITS = String.raw`(?:0[xX][\da-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[\d_]*)`
const NUMBER = new RegExp(String.raw`[+-]?${DIGITS}(?:\.[\d_a-fA-F]*)?(?:[eEpP][+-]?[\d_]*)?i?(?![\p{L}\p{Nd}_])`, 'uy')
const NUMBER_START = /[-+\d]|\.\d/y
const VALID_NUMBER =
  /^[+-]?(?:0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*|0[oO]_?[0-7]+(?:_[0-7]+)*|0[bB]_?[01]+(?:_[01]+)*|(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?i?)$/
const PADDED = /^[+-]?0[0-7]*[89]\d*$/
const QUOTED = /"(?:\\.|[^"\\\n])*"/y
const RAW = /`[^`]*`/y
const CHARACTER = /'(?:\\.|[^'\\\n])*'/y
const ESCAPES = String.raw`\\(?:[abfnrtv\\]|[0-3][0-7]{2}|x[\da-fA-F]{2}|u(?![dD][89a-fA-F])[\da-fA-F]{4}|U(?!0000[dD][89a-fA-F])00(?:0[\da-fA-F]|10)[\da-fA-F]{4}`
const VALID_QUOTED = new RegExp(String.raw`^"(?:[^\\]|${ESCAPES}|"))*"$`, 'su')
const VALID_CHARACTER = new RegExp(String.raw`^'(?:[^\\]|${ESCAPES}|'))'$`, 'su')
/** What may follow a name. */
const END_OF_NAME = /[ \t\r\n.,|:()]|\}\}|$/y

/** Splits a template as Go's text/template does, but for the parser's own question whether a word may stand where it does. */
class TemplateLexer {
  readonly tokens: TemplateToken[] = []
  readonly #text: string
  #at = 0
  #parentheses = 0

  constructor(text: string) {
    this.#text = text
  }

  run(): readonly TemplateToken[] {
    while (this.#at < this.#text.length) this.#outside()
    this.#add('end', '')
    return this.tokens
  }

  #sees(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0] ?? null
  }

  #take(kind: TemplateToken['kind'], pattern: RegExp): boolean {
    const found = this.#sees(pattern)
    if (found === null || found === '') return false
    this.#add(kind, found)
    return true
  }

  #add(kind: TemplateToken['kind'], text: string): void {
    this.tokens.push({kind, text, from: this.#at})
    this.#at += text.length
  }

  #fail(problem: TemplateProblem, offset = this.#at): never {
    throw new TemplateRefusal(problem, offset)
  }

  #unexpected(): never {
    return this.#fail({what: 'unexpected', near: String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)})
  }

  #outside(): void {
    const open = this.#text.indexOf('{{', this.#at)
    if (open === -1) {
      this.#add('text', this.#text.slice(this.#at))
      return
    }
    if (open > this.#at) this.#add('text', this.#text.slice(this.#at, open))
    const comment = this.#sees(COMMENT)
    if (comment !== null) {
      this.#comment(comment)
      return
    }
    this.#take('open', OPEN)
    while (!this.#close()) {
      if (this.#at >= this.#text.length) this.#fail({what: 'unclosed', mark: '{{'}, open)
      this.#inside()
    }
  }

  #comment(comment: string): void {
    const open = this.#at
    const end = this.#text.indexOf('*/', open + comment.length)
    if (end === -1) this.#fail({what: 'unclosed', mark: '/*'})
    this.#at = end
    const close = this.#sees(COMMENT_END)
    if (close === null) this.#fail({what: 'unclosed', mark: '{{'}, open)
    this.#at += close.length
  }

  #close(): boolean {
    if (this.#sees(CLOSE) === null) return false
    if (this.#parentheses > 0) this.#fail({what: 'unclosed', mark: '('})
    return this.#take('close', CLOSE)
  }

  #inside(): void {
    if (this.#take('space', SPACE)) return
    const character = this.#text.charAt(this.#at)
    if (/["'`]/.test(character)) this.#string(character)
    else if (/[:=]/.test(character)) this.#declare(character)
    else if (this.#sees(NUMBER_START) !== null) this.#number()
    else if (/[$.]/.test(character) || this.#sees(WORD) !== null) this.#named(character)
    else this.#sign(character)
  }

  #sign(character: string): void {
    if (/[()]/.test(character)) this.#parenthesis(character)
    else if (/[!-~]/.test(character)) this.#add('sign', character)
    else this.#unexpected()
  }

  #parenthesis(character: string): void {
    this.#parentheses += character === '(' ? 1 : -1
    if (this.#parentheses < 0) this.#unexpected()
    this.#add('sign', character)
  }

  #declare(character: string): void {
    if (character === ':' && this.#text[this.#at + 1] !== '=') this.#unexpected()
    this.#add('declare', character === ':' ? ':=' : '=')
  }

  #string(quote: string): void {
    const [pattern, valid] =
      {'"': [QUOTED, VALID_QUOTED], "'": [CHARACTER, VALID_CHARACTER], '`': [RAW, null]}[quote] ?? []
    const found = pattern == null ? null : this.#sees(pattern)
    if (found === null) this.#fail({what: 'unclosed', mark: quote})
    if (valid != null && !valid.test(found)) this.#fail({what: 'unexpected', near: found})
    this.#add(quote === "'" ? 'number' : 'string', found)
  }

  #number(): void {
    const found = this.#sees(NUMBER)
    const isValid = found !== null && VALID_NUMBER.test(found) && !PADDED.test(found)
    if (!isValid) this.#fail({what: 'unexpected', near: this.#text.slice(this.#at).split(/[\s|(){}]/)[0] ?? ''})
    this.#add('number', found)
  }

  #named(first: string): void {
    const kind = NAMED[first] ?? 'name'
    const word = this.#sees({field: FIELD, variable: VARIABLE, name: WORD}[kind]) ?? ''
    const from = this.#at
    this.#at += word.length
    if (this.#sees(END_OF_NAME) === null) this.#unexpected()
    this.#at = from
    this.#add(kindOf(kind, word), word)
  }
}

const NAMED: Readonly<Record<string, 'field' | 'variable'>> = {'.': 'field', $: 'variable'}

function kindOf(kind: 'field' | 'name' | 'variable', word: string): TemplateToken['kind'] {
  if (word === '.') return 'dot'
  if (kind !== 'name') return kind
  if (word === 'true' || word === 'false') return 'bool'
  return KEYWORDS.has(word) ? 'keyword' : 'name'
}

/** Throws `TemplateRefusal`. */
export function lexTemplate(text: string): readonly TemplateToken[] {
  return new TemplateLexer(text).run()
}
