import {type Document, isMap, isNode, type LineCounter} from 'yaml'
import {closest} from '../domain/text/did-you-mean.js'

/** One thing wrong with a YAML document: where it is (1-based) and what to write instead. */
export interface Problem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** The position of a key (`key` given) or value in the document; the nearest parent that exists otherwise. */
export function positionOf(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly PropertyKey[],
  key?: string,
): {line: number; column: number} {
  const parent = document.getIn(path, true)
  if (key !== undefined && isMap(parent)) {
    const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === key)
    if (pair !== undefined && isNode(pair.key) && pair.key.range) return at(lines, pair.key.range[0])
  }
  if (isNode(parent) && parent.range) return at(lines, parent.range[0])
  return path.length === 0 ? {line: 1, column: 1} : positionOf(document, lines, path.slice(0, -1))
}

function at(lines: LineCounter, offset: number): {line: number; column: number} {
  const {line, col} = lines.linePos(offset)
  return {line, column: col}
}

export function unknownKey(key: string, path: readonly PropertyKey[], known: readonly string[]): string {
  const where = path.length === 0 ? '' : ` in ${path.map(String).join('.')}`
  const guess = closest(key, known)
  const hint = guess === null ? `known: ${known.join(', ')}` : `did you mean ${guess}?`
  return `unknown key ${key}${where}: ${hint}`
}
