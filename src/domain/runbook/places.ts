import type {FilePlace} from '../text/file-place.js'

/** Where the parts of a block stand in its file. */
export interface BlockPlaces {
  /** Of the attributes that are written, by their keys. */
  readonly attributes: ReadonlyMap<string, FilePlace>
  /** The column in which each line of the body begins: a list or a quotation indents it. Of a tab, a part may be left in the body as spaces, so that it begins before its line does. */
  readonly columns: readonly number[]
}

/** Where the parts of a runbook stand in its file. Each list is in the order of what it is about. */
export interface RunbookPlaces {
  /** The lines between the `---`, counted from 0, up to and without `end`; null without front matter. */
  readonly frontMatter: {readonly start: number; readonly end: number} | null
  readonly alerts: readonly FilePlace[]
  readonly services: readonly FilePlace[]
  readonly inputs: readonly FilePlace[]
  readonly conditions: readonly FilePlace[]
  /** null where the key is not written. */
  readonly reviewEvery: FilePlace | null
  /** Of the `within` of `resolved`, else of `resolved` itself. */
  readonly within: FilePlace | null
  /** By the line of the block. */
  readonly blocks: ReadonlyMap<number, BlockPlaces>
}

interface Placed {
  readonly places: RunbookPlaces
}

/** Of the character at `offset` of a block's body. */
export function placeInBlock(
  {places}: Placed,
  {line, body}: {readonly line: number; readonly body: string},
  offset: number,
): FilePlace {
  const before = body.slice(0, offset).split('\n')
  const start = places.blocks.get(line)?.columns[before.length - 1] ?? 1
  return {line: line + before.length, column: Math.max(1, start + (before.at(-1) ?? '').length)}
}

/** Of an attribute, else of its block. */
export function placeOfAttribute({places}: Placed, {line}: {readonly line: number}, key: string): FilePlace {
  return places.blocks.get(line)?.attributes.get(key) ?? {line, column: 1}
}

/** Of one of a list; of the file's start for what is not in it. */
export function placeAt(places: readonly FilePlace[], index: number): FilePlace {
  return places[index] ?? {line: 1, column: 1}
}
