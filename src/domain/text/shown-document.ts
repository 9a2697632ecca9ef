import {LINE_BREAK, visibleLines} from './visible.js'

/** Deeper than any document; a ring ends there too. */
const DEEPEST = 64

function shownText(text: string, mask: (text: string) => string): string {
  return visibleLines(mask(text)).replaceAll('\n', LINE_BREAK)
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
 * is no line break of the screen: a renderer makes lines where lines belong (`linesOf`), and nowhere else can a text begin one.
 */
export function shownDocument<T>(document: T, mask: (text: string) => string): T {
  return mapped(document, (text) => shownText(text, mask), 0) as T
}

/** A document as programs may see it: each of its texts masked by itself, before it is written as JSON, so that no mask covers what holds it together. */
export function maskedDocument<T>(document: T, mask: (text: string) => string): T {
  return mapped(document, mask, 0) as T
}
