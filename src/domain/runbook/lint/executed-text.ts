import type {PlacedFault} from './runbook-fault.js'
import type {FilePlace} from '../../text/file-place.js'
import {sourceLines} from '../../text/source-lines.js'
import {type Block, itemsOf, type PlacedRunbook, type Runbook} from '../runbook.js'
import {readShell} from './shell-reading.js'
import {type Span, spansOf, type Suspicion, suspicionsIn, turnIn} from './suspicious-text.js'

/** Lines of the file, counted from 0, up to and without `end`. */
interface Region {
  readonly start: number
  readonly end: number
  readonly literalsOf: (text: string) => readonly Span[]
}

const IN_ATTRIBUTES = /"(?:[^"\\]|\\.)*"|'[^']*'/g
const IN_PROMQL = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|#.*/g
/** Strings, comments, and what is only read. */
const IN_FRONT_MATTER = /^(?:title|owner):.*|"(?:[^"\\]|\\.)*"|'(?:''|[^'])*'|(?<=^|\s)#.*/gm
/** Of any language: strings and comments as most have them. One that is never closed ends with its line or file, so that none is looked for twice. */
const IN_ANY =
  /"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`[^`]*(?:`|$)|#.*|\/\/.*|\/\*[^]*?(?:\*\/|$)/g
const AFTER_BLANK = /^[^]*?\n[ \t>]*\n/

const LITERALS: Readonly<Record<Block['language'], (text: string) => readonly Span[]>> = {
  sh: (text) => readShell(text).literals,
  promql: (text) => spansOf(IN_PROMQL, text),
  http: (text) => {
    const head = AFTER_BLANK.exec(text)?.[0].length
    return head === undefined ? [] : [{from: head, to: text.length}]
  },
  md: (text) => [{from: 0, to: text.length}],
}

function bodyOf(block: Block): Region {
  const {body, language, line} = block
  return {start: line, end: line + body.split('\n').length, literalsOf: LITERALS[language]}
}

function frontMatter({places}: PlacedRunbook): readonly Region[] {
  if (places.frontMatter === null) return []
  return [{...places.frontMatter, literalsOf: (text) => spansOf(IN_FRONT_MATTER, text)}]
}

function blocksOf(runbook: Runbook): readonly Block[] {
  return itemsOf(runbook).filter((item): item is Block => item.role !== 'task')
}

/** What decides what runs: front matter, the braces of every block, the bodies that a program reads. */
function executed(runbook: PlacedRunbook): readonly Region[] {
  const blocks = blocksOf(runbook).flatMap((block): readonly Region[] => {
    const braces = {start: block.line - 1, end: block.line, literalsOf: (text: string) => spansOf(IN_ATTRIBUTES, text)}
    return block.role === 'notify' ? [braces] : [braces, bodyOf(block)]
  })
  return [...frontMatter(runbook), ...blocks]
}

/** The lines' beginnings are looked for once: there may be as many findings as characters. */
function placesIn(text: string, firstLine: number): (offset: number) => FilePlace {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({index}) => index + 1)]
  return (offset) => {
    const next = starts.findIndex((start) => start > offset)
    const line = next === -1 ? starts.length : next
    return {line: firstLine + line, column: offset - (starts[line - 1] ?? 0) + 1}
  }
}

function problemsIn(lines: readonly string[], {start, end, literalsOf}: Region): readonly PlacedFault[] {
  const text = lines.slice(start, end).join('\n')
  const place = placesIn(text, start)
  return suspicionsIn(text, literalsOf(text)).map(({offset, ...fault}: Suspicion) => ({...fault, ...place(offset)}))
}

/** Shown, what stands before it on its line is written over. */
function loneReturns(source: string): readonly PlacedFault[] {
  const at = source.search(/\r(?!\n)/)
  if (at === -1) return []
  return [{rule: 'hidden', what: 'loneReturn', line: sourceLines(source.slice(0, at)).length, column: 1}]
}

function linesIn({source}: Runbook): readonly string[] {
  return sourceLines(source.replace(/^\uFEFF/, ''))
}

/** What in the text that decides what runs is not what a reader of the file, or of a gate, sees. Such a runbook is not run. */
export function executedTextProblems(runbook: PlacedRunbook): readonly PlacedFault[] {
  const lines = linesIn(runbook)
  const found = executed(runbook).flatMap((region) => problemsIn(lines, region))
  return [...loneReturns(runbook.source), ...found].sort((a, b) => a.line - b.line || a.column - b.column)
}

const SHELL_NAME = /\.(?:ba|da|k|z)?sh$/
const SHELL_SHEBANG = /^#!.*\b(?:ba|da|k|z)?sh\b/

function literalsIn(isShell: boolean, isData: boolean): Region['literalsOf'] {
  if (isShell) return LITERALS.sh
  return isData ? LITERALS.md : (text) => spansOf(IN_ANY, text)
}

/**
 * As `executedTextProblems`, of a file that its scripts call; `text` is its content. Nothing takes the words of data for a command, so that
 * its spaces, form feeds and letters are its own. A byte order mark at the start is one, except to a shell.
 */
export function usedTextProblems(name: string, content: string, isData: boolean): readonly PlacedFault[] {
  const isShell = SHELL_NAME.test(name) || SHELL_SHEBANG.test(content)
  const unmarked = isShell ? content : content.replace(/^\uFEFF/, '')
  const text = isData ? unmarked.replaceAll('\f', ' ') : unmarked
  const lines = sourceLines(text)
  const literalsOf = literalsIn(isShell, isData)
  return [...loneReturns(text), ...problemsIn(lines, {start: 0, end: lines.length, literalsOf})]
}

/** Prose and notices in which the direction of writing is turned: a reader may take it for something else. */
export function turnedProse(runbook: PlacedRunbook): readonly PlacedFault[] {
  const lines = linesIn(runbook)
  const runs = executed(runbook)
  return lines.flatMap((line, index): readonly PlacedFault[] => {
    const at = turnIn(line)
    if (at === -1 || runs.some(({start, end}) => index >= start && index < end)) return []
    const character = String.fromCodePoint(line.codePointAt(at) ?? 0)
    return [{rule: 'bidi', line: index + 1, column: at + 1, character}]
  })
}
