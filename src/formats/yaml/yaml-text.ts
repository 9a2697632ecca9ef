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
  /** Only `likeGo`: whether other documents follow this one. */
  readonly hasMore: boolean
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

function isSeveral({code}: {readonly code: string}): boolean {
  return code === 'MULTIPLE_DOCS'
}

const MOST_UNFOLDED = 1000

/**
 * Text in quotes may go on at the start of a line, for Go's reader: there each line's end becomes the space that it means, and all offsets
 * stay.
 */
function unfoldedQuotes(source: string, merge: boolean): Document.Parsed | null {
  let text = source
  let parsed = parse(text, merge)
  for (let tries = 0; tries < MOST_UNFOLDED; tries += 1) {
    const fault = parsed?.errors[0]
    const end = fault?.code === 'MISSING_CHAR' && told(fault).endsWith('quote') ? text.indexOf('\n', fault.pos[0]) : -1
    if (end === -1) break
    text = `${text.slice(0, end)} ${text.slice(end + 1)}`
    parsed = parse(text, merge)
  }
  return parsed
}

/** What Go's reader takes nowhere, not even in a comment. */
const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

function controlIn(source: string, placeAt: YamlText['placeAt']): readonly YamlFault[] {
  const offset = source.search(CONTROL)
  return offset === -1 ? [] : [{...placeAt(offset), message: 'control characters are not allowed'}]
}

/**
 * Never throws. `firstLine` is the line of the file on which the text starts; `merge` is for `<<`; `likeGo` reads the first of several
 * documents, and what else Go's reader takes and this one does not.
 */
export function openYaml(source: string, {firstLine = 1, merge = false, likeGo = false} = {}): YamlText {
  const lines = lineStarts(source)
  const placeAt = (offset: number): FilePlace => {
    const {line, col} = lines.linePos(offset)
    return {line: firstLine + Math.max(1, line) - 1, column: Math.max(1, col)}
  }
  const [parsed, refused] = likeGo
    ? ([unfoldedQuotes(source, merge), controlIn(source, placeAt)] as const)
    : ([parse(source, merge), []] as const)
  const document = parsed ?? parseDocument('{}')
  const unread = {...placeAt(0), message: TOO_DEEP}
  const hasMore = likeGo && document.errors.some(isSeveral)
  const errors = hasMore ? document.errors.slice(0, document.errors.findIndex(isSeveral)) : document.errors
  return {
    document,
    hasMore,
    faults:
      parsed === null
        ? [unread]
        : [...refused, ...errors.map((error) => ({...placeAt(error.pos[0]), message: told(error)}))],
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
