import {LINE_BREAK, visibleLines} from './visible.js'

/** Deeper than any document; a ring ends there too. */
const DEEPEST = 64

function shownText(text: string, mask: (text: string) => string): string {
  return visibleLines(mask(text)).replaceAll('\n', LINE_BREAK)
}

function shown(value: unknown, mask: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return shownText(value, mask)
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value
  if (Array.isArray(value)) return value.map((part: unknown) => shown(part, mask, depth + 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const entries = Object.entries(value as Readonly<Record<string, unknown>>)
  return Object.fromEntries(entries.map(([name, part]) => [shownText(name, mask), shown(part, mask, depth + 1)]))
}

/**
 * A document as people may see it: all its texts, whoever wrote them, masked and with what is hidden in them visible. A line break of a text
 * is no line break of the screen: a renderer makes lines where lines belong (`linesOf`), and nowhere else can a text begin one.
 */
export function shownDocument<T>(document: T, mask: (text: string) => string): T {
  return shown(document, mask, 0) as T
}
