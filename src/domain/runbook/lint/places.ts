import {itemsOf, type CommandBlock, type Runbook} from '../runbook.js'

export interface Place {
  readonly line: number
  readonly column: number
}

/** As the parser counts lines. */
export function linesOf(source: string): readonly string[] {
  return source.split(/\r\n|\r|\n/)
}

function escaped(word: string): string {
  return word.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
}

/** The first place of `word` below the top-level key of the front matter; of the key itself when the word is not there, or none is asked for. */
export function placeInFrontMatter(source: string, key: string, word = ''): Place {
  const lines = linesOf(source)
  const start = lines.findIndex((line) => line.startsWith(`${key}:`))
  if (start === -1 || word === '') return {line: Math.max(0, start) + 1, column: 1}
  const whole = new RegExp(String.raw`(?<![\w-])${escaped(word)}(?![\w-])`)
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (index > start && /^[^\s#-]|^---/.test(line)) break
    const from = index === start ? key.length + 1 : 0
    const at = line.slice(from).search(whole)
    if (at !== -1) return {line: index + 1, column: from + at + 1}
  }
  return {line: start + 1, column: 1}
}

/** Where line `index` (from 0) of a block's body stands in the file; `text` is looked for in it. */
export function placeInBlock(source: string, block: {readonly line: number}, index: number, text: string): Place {
  const line = block.line + 1 + index
  const at = (linesOf(source)[line - 1] ?? '').indexOf(text)
  return {line, column: Math.max(0, at) + 1}
}

/** Where a block's attribute, or the block itself, stands in the file. */
export function placeOfAttribute(source: string, block: {readonly line: number}, key: string): Place {
  const at = (linesOf(source)[block.line - 1] ?? '').search(new RegExp(String.raw`[\s{]${key}=`))
  return {line: block.line, column: at === -1 ? 1 : at + 2}
}

/** The blocks that run, in the order of the file. */
export function commandBlocksOf(runbook: Runbook): readonly CommandBlock[] {
  return itemsOf(runbook).filter((item): item is CommandBlock => item.role !== 'task' && item.role !== 'notify')
}
