import {isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument} from 'yaml'
import type {Document, Node, Scalar, YAMLMap, YAMLSeq} from 'yaml'
import type {FilePlace} from '../../domain/text/file-place.js'

/** What an alias stands for, or what is written there itself. */
export type Written = YAMLMap | YAMLSeq | Scalar

export interface YamlFault extends FilePlace {
  readonly message: string
}

/** A YAML text whose parts know where they stand. */
export interface YamlText {
  readonly document: Document.Parsed
  /** What in it is no YAML, in the order of the text. What could be read is there all the same. */
  readonly faults: readonly YamlFault[]
  /** Of an offset in the text. */
  readonly placeAt: (offset: number) => FilePlace
  /** The start of the text for what is not there. */
  readonly place: (node: Node | null | undefined) => FilePlace
  /** null for what is not there. */
  readonly resolve: (node: unknown) => Written | null
}

/** The parser's own count misses lines inside of what it does not understand. */
function lineStarts(source: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
}

const TOO_DEEP = 'this is nested too deeply to be read: flatten it'

/** On one line: where it is, is told apart from it. The parser's own stack is nobody's concern. */
function told({message, code}: {readonly message: string; readonly code: string}): string {
  if (code === 'RESOURCE_EXHAUSTION') return TOO_DEEP
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? code
}

/** Lists or keys within one another on one line: for some thousands the parser's own expressions exhaust V8, which ends the process. */
const NESTED = /^[ \t]*(?:[-?][ \t]+){100}/m

/** Nesting without end overflows the parser's stack: told like any other fault. */
function parse(source: string, merge: boolean): Document.Parsed | null {
  if (NESTED.test(source)) return null
  try {
    return parseDocument(source, {prettyErrors: false, merge})
  } catch {
    return null
  }
}

/** Never throws. `firstLine` is the line of the file on which the text starts; `merge` is for `<<`. */
export function openYaml(source: string, {firstLine = 1, merge = false} = {}): YamlText {
  const lines = lineStarts(source)
  const placeAt = (offset: number): FilePlace => {
    const {line, col} = lines.linePos(offset)
    return {line: firstLine + Math.max(1, line) - 1, column: Math.max(1, col)}
  }
  const parsed = parse(source, merge)
  const document = parsed ?? parseDocument('{}')
  const unread = {...placeAt(0), message: TOO_DEEP}
  return {
    document,
    faults:
      parsed === null ? [unread] : document.errors.map((error) => ({...placeAt(error.pos[0]), message: told(error)})),
    placeAt,
    place: (node) => placeAt(node?.range?.[0] ?? 0),
    resolve: (node) => {
      const target = isAlias(node) ? node.resolve(document) : node
      return isMap(target) || isSeq(target) || isScalar(target) ? target : null
    },
  }
}

/** The place of a value, or of a `key` in it; of the nearest above it that is there otherwise. */
export function placeOfPath(yaml: YamlText, path: readonly PropertyKey[], key?: string): FilePlace {
  const parent = yaml.document.getIn(path, true)
  if (key !== undefined && isMap(parent)) {
    const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === key)
    if (pair !== undefined && isNode(pair.key) && pair.key.range) return yaml.place(pair.key)
  }
  if (isNode(parent) && parent.range) return yaml.place(parent)
  return path.length === 0 ? {line: 1, column: 1} : placeOfPath(yaml, path.slice(0, -1))
}
