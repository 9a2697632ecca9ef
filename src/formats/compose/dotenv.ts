import {FaciError} from '../../domain/errors.js'
import {interpolate, type Variables} from './interpolate.js'

/** Where a statement's value begins. */
const KEY = /(?:export\s+)?([\p{L}\p{N}_.[\]-]+)[ \t]*(?:[=:][ \t]*|(?=\n|$))/uy
const ESCAPE = /\\([abcfnrtv$"\\]|0\d{0,3})/g
const ESCAPED: Readonly<Record<string, string>> = {
  ...{a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v'},
  ...{'"': '"', '\\': '\\', $: '$$'},
}

function unescaped(text: string): string {
  return text.replaceAll(ESCAPE, (whole: string, mark: string) => {
    if (mark.startsWith('0')) return String.fromCharCode(Number.parseInt(mark, 8) & 0xff)
    return ESCAPED[mark] ?? whole
  })
}

interface Value {
  readonly text: string
  readonly next: number
}

/** To the quote that ends it: null when none does. Only the quote itself can be escaped, and other backslashes stay. */
function quoted(text: string, start: number): Value | null {
  const quote = text.charAt(start)
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === quote) return {text: value, next: at + 1}
    const isPair = character === '\\' && [quote, '\\'].includes(text.charAt(at + 1))
    value += isPair && text.charAt(at + 1) === quote ? quote : text.slice(at, at + (isPair ? 2 : 1))
    if (isPair) at += 1
  }
  return null
}

function unquoted(text: string, start: number): Value {
  const end = text.indexOf('\n', start)
  const line = text.slice(start, end === -1 ? undefined : end)
  return {text: (line.split(' #')[0] ?? '').trimEnd(), next: end === -1 ? text.length : end}
}

/** null: what has a variable in it that cannot be put in is not set. */
function expanded(text: string, variables: Variables): string | null {
  try {
    return interpolate(text, variables)
  } catch (error) {
    if (error instanceof FaciError) return null
    throw error
  }
}

function valueAt(text: string, start: number, variables: Variables): {value: string | null; next: number} | null {
  const mark = text[start]
  const isQuoted = mark === '"' || mark === "'"
  const found = isQuoted ? quoted(text, start) : unquoted(text, start)
  if (found === null) return null
  if (mark === "'") return {value: found.text, next: found.next}
  return {value: expanded(isQuoted ? unescaped(found.text) : found.text, variables), next: found.next}
}

interface Statement {
  readonly name: string
  /** null: it sets nothing. */
  readonly value: string | null
  readonly next: number
}

/** null for what is no statement. */
function statementAt(text: string, at: number, variables: Variables): Statement | null {
  KEY.lastIndex = at
  const key = KEY.exec(text)
  if (key === null) return null
  const {1: name = ''} = key
  const next = KEY.lastIndex
  if (!/[=:][ \t]*$/.test(key[0])) return {name, value: variables[name] ?? null, next}
  const found = valueAt(text, next, variables)
  return found === null ? null : {name, ...found}
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

/**
 * The variables of a `.env` file, read as Compose v2 reads it: quotes, over several lines too, escapes, comments, `export`, and
 * variables, of the file so far and of `environment`, which comes first. Lines that Compose would not take are passed over.
 */
export function parseDotenv(written: string, environment: Variables = {}): Record<string, string> {
  const text = written.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const variables: Record<string, string> = {}
  const known: Record<string, string | undefined> = {...environment}
  const next = /\S/g
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const statement = found[0] === '#' ? null : statementAt(text, found.index, known)
    if (statement !== null && statement.value !== null) {
      variables[statement.name] = statement.value
      known[statement.name] = environment[statement.name] ?? statement.value
    }
    next.lastIndex = statement?.next ?? lineEnd(text, found.index)
  }
  return variables
}
