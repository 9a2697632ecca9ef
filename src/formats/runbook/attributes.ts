import {type Place, type ProblemList, quoted} from './problem-list.js'

export interface Attribute extends Place {
  readonly key: string
  /** null for a bare word. */
  readonly value: string | null
}

export interface Info {
  readonly language: string
  readonly place: Place
  readonly attributes: readonly Attribute[]
  /** As written, without the braces. */
  readonly text: string
}

const KEY = /[^\s=}"']+/y
const DOUBLE = /"((?:[^"\\]|\\.)*)"/y
const SINGLE = /'([^']*)'/y
const BARE = /[^\s}]+/y
const SPACE = /\s+/y

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

interface Value {
  readonly value: string
  readonly end: number
}

function readValue(text: string, at: number): Value | null {
  const double = match(DOUBLE, text, at)
  if (double !== null) return {value: (double[1] ?? '').replaceAll(/\\(.)/g, '$1'), end: at + double[0].length}
  const single = match(SINGLE, text, at)
  if (single !== null) return {value: single[1] ?? '', end: at + single[0].length}
  if ('"\''.includes(text[at] ?? ' ')) return null
  const bare = match(BARE, text, at)
  return bare === null ? null : {value: bare[0], end: at + bare[0].length}
}

interface Scanned {
  readonly attributes: readonly Attribute[]
  /** Just after the closing brace; -1 when there is none. */
  readonly end: number
  readonly problem: {readonly at: number; readonly message: string} | null
}

function scan(text: string, from: number, place: (at: number) => Place): Scanned {
  const attributes: Attribute[] = []
  const failed = (at: number, message: string): Scanned => ({attributes, end: -1, problem: {at, message}})
  let at = from
  // Each turn takes a key of at least one character.
  for (;;) {
    at += match(SPACE, text, at)?.[0].length ?? 0
    if (at >= text.length) return failed(from - 1, 'the `{` is never closed by a `}`')
    if (text[at] === '}') return {attributes, end: at + 1, problem: null}
    const key = match(KEY, text, at)?.[0]
    if (key === undefined) return failed(at, `${quoted(text.slice(at))} is not an attribute: write key=value`)
    const start = at
    at += key.length
    if (text[at] !== '=') {
      attributes.push({key, value: null, ...place(start)})
      continue
    }
    const value = readValue(text, at + 1)
    if (value === null) return failed(start, `the value of ${quoted(key)} is missing, or its quotes are not closed`)
    attributes.push({key, value: value.value, ...place(start)})
    at = value.end
  }
}

/** Reads `sh {diagnose capture=logs expect="> 0"}`; null when it cannot be read, with the problem told. */
export function readInfo(info: string, line: number, column: number, problems: ProblemList): Info | null {
  const place = (at: number): Place => ({line, column: column + at})
  const brace = info.indexOf('{')
  const language = info.slice(0, brace).trim()
  const languageAt = info.length - info.trimStart().length
  const {attributes, end, problem} = scan(info, brace + 1, place)
  if (problem !== null) {
    problems.add('attribute-syntax', place(problem.at), problem.message)
    return null
  }
  if (info.slice(end).trim() !== '')
    problems.add('attribute-syntax', place(end), `${quoted(info.slice(end).trim())} stands after the \`}\``)
  return {language, place: place(languageAt), attributes, text: info.slice(brace + 1, end - 1).trim()}
}
