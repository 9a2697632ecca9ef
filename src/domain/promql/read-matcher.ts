import {FaciError} from '../errors.js'
import {type Matcher, OPERATORS, unescaped} from './matcher.js'

interface Unread {
  readonly ok: false
  /** In the text, from 0. */
  readonly offset: number
  readonly message: string
}

/** A matcher as it is written: `text.slice(start, end)`. */
interface WrittenMatcher {
  readonly matcher: Matcher
  readonly start: number
  readonly end: number
}

type MatchersReading = {readonly ok: true; readonly matchers: readonly WrittenMatcher[]; readonly end: number} | Unread

const SPACE = /\s*/y
const LABEL = /([A-Za-z_]\w*)\s*/y
const OPERATOR = /(=~|!~|!=|=)\s*/y
const VALUE = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function pastSpace(text: string, at: number): number {
  return at + (match(SPACE, text, at)?.[0].length ?? 0)
}

type Head = (Omit<Matcher, 'value'> & {readonly ok: true; readonly end: number}) | Unread

function headAt(text: string, start: number): Head {
  const label = match(LABEL, text, start)
  if (label?.[1] === undefined) return {ok: false, offset: start, message: 'the name of a label is expected'}
  const at = start + label[0].length
  const written = match(OPERATOR, text, at)
  const operator = OPERATORS.find((candidate) => candidate === written?.[1])
  if (operator === undefined) return {ok: false, offset: at, message: '=, !=, =~ or !~ is expected'}
  return {ok: true, label: label[1], operator, end: at + (written?.[0].length ?? 0)}
}

/** What stands in quotes; null for anything else. */
function valueAt(text: string, start: number): {readonly value: string; readonly end: number} | null {
  const quoted = match(VALUE, text, start)
  return quoted === null ? null : {value: unescaped(quoted[1] ?? quoted[2] ?? ''), end: start + quoted[0].length}
}

function matcherAt(text: string, start: number): (WrittenMatcher & {readonly ok: true}) | Unread {
  const head = headAt(text, start)
  if (!head.ok) return head
  const {label, operator, end: at} = head
  const read = valueAt(text, at)
  if (read === null) return {ok: false, offset: at, message: 'a value in quotes is expected'}
  return {ok: true, matcher: {label, operator, value: read.value}, start, end: read.end}
}

/** `a="1", b=~"x|y",` from `start` up to `close`, or to the end of the text where that is null: PromQL, so values are in quotes. */
export function readMatchers(text: string, start: number, close: '}' | null): MatchersReading {
  const matchers: WrittenMatcher[] = []
  let at = pastSpace(text, start)
  const isEnd = (): boolean => (close === null ? at >= text.length : text[at] === close)
  while (!isEnd()) {
    const read = matcherAt(text, at)
    if (!read.ok) return read
    matchers.push(read)
    at = pastSpace(text, read.end)
    if (text[at] === ',') at = pastSpace(text, at + 1)
    else if (!isEnd()) return {ok: false, offset: at, message: '`,` or `}` is expected'}
  }
  return {ok: true, matchers, end: at}
}

function wrong(text: string, why: string): FaciError {
  return new FaciError('usage', `invalid matcher ${JSON.stringify(text)}: ${why}`, {
    suggestions: [`--matcher 'instance=~"api-.*"'`],
  })
}

/**
 * One matcher as Alertmanager takes it on a command line: `instance=~"a.*"`, the quotes may be left out. Throws `usage`. Whether an
 * expression is one is not asked.
 */
export function parseMatcher(text: string): Matcher {
  const trimmed = text.trim()
  const head = headAt(trimmed, 0)
  if (!head.ok) throw wrong(text, 'a label, one of = != =~ !~, and a value are expected')
  const {label, operator, end} = head
  const quoted = valueAt(trimmed, end)
  if (quoted?.end === trimmed.length) return {label, operator, value: quoted.value}
  if (/["']/.test(trimmed[end] ?? '')) throw wrong(text, 'the quote is not closed')
  return {label, operator, value: trimmed.slice(end)}
}
