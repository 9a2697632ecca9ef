import type {TemplateProblem} from '../../domain/alerts/lint/template-problem.js'
import type {PromqlVersion} from '../../domain/promql/functions.js'
import {closest} from '../../domain/text/did-you-mean.js'
import {TEMPLATE_FUNCTIONS, TEMPLATE_VARIABLES} from './template-names.js'
import {lexTemplate, type PlacedTemplateProblem, TemplateRefusal, type TemplateToken} from './template-lexer.js'

const CONTROLS = new Set(['if', 'range', 'with'])
/** What may begin an operand. */
const OPERANDS = new Set<TemplateToken['kind']>(['bool', 'dot', 'field', 'name', 'number', 'string', 'variable'])
/** What cannot be called, nor have fields. */
const VALUES = new Set<TemplateToken['kind']>(['bool', 'dot', 'number', 'string'])

class TemplateParser {
  readonly #tokens: readonly TemplateToken[]
  readonly #version: PromqlVersion
  #index = 0
  #variables = [...TEMPLATE_VARIABLES]
  #ranges = 0

  constructor(tokens: readonly TemplateToken[], version: PromqlVersion) {
    this.#tokens = tokens
    this.#version = version
  }

  whole(): void {
    while (this.#token.kind !== 'end') {
      if (this.#token.kind === 'open' && this.#beyondSpace(1)?.text === 'define') this.#define()
      else {
        const ended = this.#item()
        if (ended !== null) this.#unexpected(ended)
      }
    }
  }

  get #token(): TemplateToken {
    return this.#tokens[this.#index] ?? {kind: 'end', text: '', from: 0}
  }

  #beyondSpace(by: number): TemplateToken | undefined {
    const next = this.#tokens[this.#index + by]
    return next?.kind === 'space' ? this.#tokens[this.#index + by + 1] : next
  }

  #fail(problem: TemplateProblem, {from}: TemplateToken): never {
    throw new TemplateRefusal(problem, from)
  }

  #unexpected(token = this.#token): never {
    if (token.kind === 'end') this.#fail({what: 'unclosed', mark: '{{'}, token)
    return this.#fail({what: 'unexpected', near: token.text.trim()}, token)
  }

  #next(): TemplateToken {
    const token = this.#token
    this.#index += 1
    return token
  }

  #skipSpace(): void {
    if (this.#token.kind === 'space') this.#index += 1
  }

  #past(): TemplateToken {
    this.#skipSpace()
    return this.#next()
  }

  #close(): void {
    const token = this.#past()
    if (token.kind !== 'close') this.#unexpected(token)
  }

  /** Text or an action; the word of one that ends what it is in: `else`, `end`. */
  #item(): TemplateToken | null {
    if (this.#next().kind === 'text') return null
    this.#skipSpace()
    const {kind, text} = this.#token
    return kind !== 'keyword' || text === 'nil' ? this.#pipeline('command') : this.#keyword(this.#next())
  }

  #keyword(word: TemplateToken): TemplateToken | null {
    const {text} = word
    if (CONTROLS.has(text)) return this.#control(word)
    if (text === 'else') return word
    if (text === 'template' || text === 'block') return this.#template(word)
    if (text === 'define' || (this.#ranges === 0 && text !== 'end')) this.#unexpected(word)
    this.#close()
    return text === 'end' ? word : null
  }

  /** Everything up to the `else` or the `end` of `of`. */
  #items(of: TemplateToken): TemplateToken {
    while (this.#token.kind !== 'end') {
      const ended = this.#item()
      if (ended !== null) return ended
    }
    return this.#fail({what: 'noEnd', name: of.text}, of)
  }

  #control(word: TemplateToken): null {
    const known = this.#variables.length
    const within = word.text === 'range' ? 1 : 0
    this.#pipeline(word.text)
    this.#ranges += within
    const ended = this.#items(word)
    this.#ranges -= within
    if (ended.text === 'else') this.#else(word)
    this.#variables.length = known
    return null
  }

  #else(word: TemplateToken): void {
    this.#skipSpace()
    const chained = this.#version === '2' ? ['if'] : ['if', 'with']
    const {text} = this.#token
    if (text === word.text && chained.includes(text)) {
      this.#control(this.#next())
      return
    }
    this.#close()
    this.#toEnd(word)
  }

  #toEnd(word: TemplateToken): void {
    const ended = this.#items(word)
    if (ended.text === 'else') this.#unexpected(ended)
  }

  /** One of its own, in which only `$` is known. */
  #apart(word: TemplateToken): void {
    const [variables, ranges] = [this.#variables, this.#ranges]
    this.#variables = ['$']
    this.#ranges = 0
    this.#toEnd(word)
    this.#variables = variables
    this.#ranges = ranges
  }

  #name(): void {
    const name = this.#past()
    if (name.kind !== 'string') this.#unexpected(name)
  }

  #define(): void {
    this.#next()
    const word = this.#past()
    this.#name()
    this.#close()
    this.#apart(word)
  }

  #template(word: TemplateToken): null {
    this.#name()
    this.#skipSpace()
    if (word.text === 'template' && this.#token.kind === 'close') this.#next()
    else this.#pipeline(word.text)
    if (word.text === 'block') this.#apart(word)
    return null
  }

  /** Up to its `}}`, or the parenthesis that closes it. */
  #pipeline(of: string): null {
    const first = this.#token
    this.#declarations(of)
    let stages = 0
    while (!this.#isOver()) {
      stages += 1
      this.#stage(stages > 1)
    }
    if (stages === 0) this.#fail({what: 'noValue', name: of}, first)
    const closing = this.#next()
    if ((of === '(') !== (closing.text === ')')) this.#unexpected(closing)
    return null
  }

  #isOver(): boolean {
    this.#skipSpace()
    return this.#token.kind === 'close' || this.#token.text === ')'
  }

  /** Only the first may be what cannot be called. */
  #stage(isCalled: boolean): void {
    const {kind, text} = this.#token
    const isNil = text === 'nil'
    if (!OPERANDS.has(kind) && text !== '(' && !isNil) this.#unexpected()
    if (isCalled && (VALUES.has(kind) || isNil)) this.#unexpected()
    this.#command()
  }

  #declarations(of: string): void {
    const most = of === 'range' ? 2 : 1
    for (let count = 1; ; count += 1) {
      this.#skipSpace()
      const after = this.#beyondSpace(1)
      if (this.#token.kind !== 'variable' || (after?.kind !== 'declare' && after?.text !== ',')) return
      this.#variables.push(this.#next().text)
      const {kind} = this.#past()
      if (kind === 'declare') return
      if (count >= most) this.#unexpected(after)
    }
  }

  #command(): void {
    for (;;) {
      this.#skipSpace()
      this.#operand()
      const {kind, text} = this.#token
      if (kind === 'close' || text === ')') return
      this.#index += 1
      if (kind === 'sign' && text === '|') return
      if (kind !== 'space') this.#unexpected(this.#tokens[this.#index - 1])
    }
  }

  /** With the fields that follow it; nothing where there is none. */
  #operand(): void {
    const {kind, text} = this.#token
    if (text === '(') {
      this.#next()
      this.#pipeline('(')
    } else if (OPERANDS.has(kind) || text === 'nil') this.#term(this.#next())
    else return
    const isValue = VALUES.has(kind) || text === 'nil'
    if (isValue && this.#token.kind === 'field') this.#unexpected()
    while (this.#token.kind === 'field') this.#next()
  }

  #term(token: TemplateToken): void {
    const {kind, text: name} = token
    if (kind === 'name' && !TEMPLATE_FUNCTIONS.has(name))
      this.#fail({what: 'function', name, near: closest(name, [...TEMPLATE_FUNCTIONS])}, token)
    if (kind === 'variable' && !this.#variables.includes(name))
      this.#fail({what: 'variable', name, near: closest(name, this.#variables)}, token)
  }
}

/** Why a version of Prometheus cannot read a template of an alert's label or annotation; null when it can. Nothing is evaluated. */
export function templateProblem(text: string, version: PromqlVersion): PlacedTemplateProblem | null {
  if (!text.includes('{{')) return null
  try {
    new TemplateParser(lexTemplate(text), version).whole()
    return null
  } catch (error) {
    if (error instanceof TemplateRefusal) return error.problem
    throw error
  }
}
