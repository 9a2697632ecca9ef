import {LINE_BREAK, visibleLines} from './visible.js'

/** Deeper than any document; a ring ends there too. */
const DEEPEST = 64

/** More than all that runs of one runbook may be, so that nothing a person agrees to is ever cut. */
const MOST_CHARACTERS = 131_072
const MOST_TEXTS = 10_000
/** Bounded where it is made, to its beginning and its end (adapters/shell/bounded-output.ts). */
const BOUNDED = 'output'

function cutTo(most: number, text: string): string {
  if (text.length <= most) return text
  // No half of a pair is left.
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept}… (cut: ${String(text.length)} characters)`
}

function areTexts(values: readonly unknown[]): values is readonly string[] {
  return values.every((value) => typeof value === 'string')
}

/** Too many labels, or lines: what is left says how many there were. */
function cutTexts<T>(values: readonly T[], texts: readonly unknown[], said: (text: string) => T): readonly T[] {
  if (values.length <= MOST_TEXTS || !areTexts(texts)) return values
  return [...values.slice(0, MOST_TEXTS), said(`… (cut: ${String(values.length)} in all)`)]
}

function bounded(value: unknown, name = '', depth = 0): unknown {
  if (typeof value === 'string') return name === BOUNDED ? value : cutTo(MOST_CHARACTERS, value)
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value
  if (Array.isArray(value)) {
    const parts = value as readonly unknown[]
    return cutTexts(parts, parts, (text) => text).map((part) => bounded(part, name, depth + 1))
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const entries = Object.entries(value)
  const kept = cutTexts(entries, Object.values(value), (text): [string, unknown] => ['…', text.slice(2)])
  return Object.fromEntries(kept.map(([key, part]) => [cutTo(MOST_CHARACTERS, key), bounded(part, key, depth + 1)]))
}

function shownText(text: string, mask: (text: string) => string): string {
  return visibleLines(mask(text)).replaceAll('\n', LINE_BREAK)
}

/** Names, and states, stand in a document again and again. */
function onceEach(show: (text: string) => string): (text: string) => string {
  const shown = new Map<string, string>()
  return (text) => {
    const known = shown.get(text)
    if (known !== undefined) return known
    const made = show(text)
    shown.set(text, made)
    return made
  }
}

function mapped(value: unknown, show: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return show(value)
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value
  if (Array.isArray(value)) return value.map((part: unknown) => mapped(part, show, depth + 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const entries = Object.entries(value as Readonly<Record<string, unknown>>)
  return Object.fromEntries(entries.map(([name, part]) => [show(name), mapped(part, show, depth + 1)]))
}

/**
 * A document as people may see it: all its texts, whoever wrote them, masked and with what is hidden in them visible. A line break of a text
 * is no line break of the screen: a renderer makes lines where lines belong (`linesOf`), and nowhere else can a text begin one. What is
 * longer than anybody reads is cut, once it is masked, and says so.
 */
export function shownDocument<T>(document: T, mask: (text: string) => string): T {
  const show = onceEach((text) => shownText(text, mask))
  return bounded(mapped(document, show, 0)) as T
}

/** A document as programs may see it: each of its texts masked by itself, before it is written as JSON, so that no mask covers what holds it together. */
export function maskedDocument<T>(document: T, mask: (text: string) => string): T {
  return mapped(document, onceEach(mask), 0) as T
}
