import {isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument} from 'yaml'
import type {Document, Node, Scalar, YAMLMap, YAMLSeq} from 'yaml'
import type {FilePlace} from '../../domain/text/file-place.js'
import {type GoFault, goFaults} from './go-faults.js'

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
const COMMENT = /[ \t]#[^"'\n]*$/

interface Faulty {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

/** The line's end that Go's reader takes for a space and this parser does not: in quotes, or in brackets. -1 where it is not that. */
function strayLineEnd(text: string, fault: Faulty | undefined): number {
  if (fault?.code === 'MISSING_CHAR' && told(fault).endsWith('quote')) return text.indexOf('\n', fault.pos[0])
  const isFlow = fault?.code === 'BAD_INDENT' && fault.message.startsWith('Flow ')
  return isFlow ? text.lastIndexOf('\n', fault.pos[0] - 1) : -1
}

function joinedAt(text: string, end: number): string {
  const before = text.slice(0, end)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const comment = COMMENT.exec(line)?.[0].length ?? 0
  return `${before.slice(0, end - comment)}${' '.repeat(comment + 1)}${text.slice(end + 1)}`
}

/**
 * Text in quotes or brackets may go on at the start of a line, for Go's reader: there each line's end becomes the space that it means, and
 * all offsets stay.
 */
function unfolded(source: string, merge: boolean): Document.Parsed | null {
  let text = source
  let parsed = parse(text, merge)
  for (let tries = 0; tries < MOST_UNFOLDED; tries += 1) {
    const end = strayLineEnd(text, parsed?.errors[0])
    if (end === -1) break
    text = joinedAt(text, end)
    parsed = parse(text, merge)
  }
  return parsed
}

/** `"up"# why`, which Go's reader takes. */
function isCloseComment({message}: Faulty): boolean {
  return message.startsWith('Comments must be separated')
}

function faultsIn(source: string, parsed: Document.Parsed | null, likeGo: boolean): readonly GoFault[] {
  if (parsed === null) return [{offset: 0, message: TOO_DEEP}]
  const errors = parsed.errors.map((error) => ({offset: error.pos[0], message: told(error)}))
  if (!likeGo) return errors
  const next = parsed.errors.findIndex(isSeveral)
  const own = (next === -1 ? parsed.errors : parsed.errors.slice(0, next)).filter((error) => !isCloseComment(error))
  return [...goFaults(parsed, source), ...own.map((error) => ({offset: error.pos[0], message: told(error)}))]
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
  const parsed = likeGo ? unfolded(source, merge) : parse(source, merge)
  const document = parsed ?? parseDocument('{}')
  const hasMore = likeGo && document.errors.some(isSeveral)
  return {
    document,
    hasMore,
    faults: faultsIn(source, parsed, likeGo).map(({offset, message}) => ({...placeAt(offset), message})),
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
