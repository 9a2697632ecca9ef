import {LINE_BREAK} from './visible.js'

declare const brand: unique symbol

/** Markdown that may be shown as it is: whatever in it is not its author's is escaped. Made by `markdown`, `literal`, `codeSpan` and `fenced`. */
export type Markdown = string & {readonly [brand]: 'Markdown'}

const BREAKS = /[\n\r\uE00A]+/u
/** What begins or ends markup within a line; the colon of a scheme and the dot of `www.`, by which GitHub knows a link. */
const ACTIVE = /[\\`*_~[\]<>|$&]|:(?=\/\/)|(?<=www)\./gi
/** What makes a line a heading, a list item, a rule, a quote or the underline of a heading. */
const LINE_START = /^(\s*)([#+=-]|\d{1,9}(?=[.)](?:\s|$)))/
/** More of them escape one another. */
const MOST_BACKSLASHES = 64

/** Text in one line, its line breaks seen as `⏎`. */
export function oneLine(text: string): string {
  if (!BREAKS.test(text)) return text
  const lines = text.split(BREAKS).map((line) => line.trim())
  return lines.filter((line) => line !== '').join(' ⏎ ')
}

/** Foreign text within a line of Markdown: read as it was written, whatever it holds. Line breaks are seen as `⏎`. */
export function literal(text: string): Markdown {
  const line = oneLine(text).replaceAll(ACTIVE, String.raw`\$&`)
  return line.replace(LINE_START, (_, space: string, mark: string) =>
    /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
  ) as Markdown
}

/** Foreign text for code that its author has begun: marks that could end it are letters that look the same. */
export function withinCode(text: string): string {
  return text.replaceAll('`', 'ˋ').replaceAll('~~~', '∼∼∼')
}

function longestRun(text: string, atLeast: number): number {
  return Math.max(atLeast, ...[...text.matchAll(/(?<!`)`+/g)].map(([ticks]) => ticks.length))
}

/** Foreign text as code within a line (CommonMark 6.1: ended only by as many backticks as began it). */
export function codeSpan(text: string): Markdown {
  const line = oneLine(text)
  const ticks = '`'.repeat(longestRun(line, 0) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${line}${pad}${ticks}` as Markdown
}

/** Foreign text as a block of code: its fence is longer than any in the text. */
export function fenced(text: string, language: string): Markdown {
  const fence = '`'.repeat(longestRun(text, 2) + 1)
  const info = language.replaceAll(/[^\w-]/g, '')
  return `${fence}${info}\n${text.replaceAll(LINE_BREAK, '\n').trimEnd()}\n${fence}` as Markdown
}

/** Markdown of ours with Markdown put in: a plain text must be made `literal` or code before the compiler lets it in. */
export function markdown(parts: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown {
  return String.raw({raw: parts}, ...values) as Markdown
}

export function joined(parts: readonly Markdown[], separator: string): Markdown {
  return parts.join(separator) as Markdown
}

export interface CodeSpan {
  readonly start: number
  /** After its last backtick. */
  readonly end: number
  readonly code: string
}

/** The code spans of a line (CommonMark 6.1), found in one pass. */
export function codeSpansIn(line: string): readonly CodeSpan[] {
  const runs = [...line.matchAll(/(?<!`)`+/g)].map(({0: {length}, index}) => ({length, index}))
  const later = new Map<number, number[]>()
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const {length} = runs[index] ?? {length: 0}
    const same = later.get(length)
    if (same === undefined) later.set(length, [index])
    else same.push(index)
  }
  return [...spansOf(line, runs, later)]
}

type Runs = readonly {readonly length: number; readonly index: number}[]

/** Backslashes before a backtick that begins no code: an odd one escapes it. */
function isEscaped(line: string, index: number): boolean {
  const before = /(?<!\\)\\+$/.exec(line.slice(Math.max(0, index - MOST_BACKSLASHES), index))?.[0] ?? ''
  return before.length % 2 === 1
}

/** The first run of `length` backticks after the `index`th. What is not after it will not be asked for again. */
function closingOf(later: ReadonlyMap<number, number[]>, length: number, index: number): number | undefined {
  const same = later.get(length) ?? []
  while ((same.at(-1) ?? Infinity) <= index) same.pop()
  return length === 0 ? undefined : same.at(-1)
}

function* spansOf(line: string, runs: Runs, later: ReadonlyMap<number, number[]>): Generator<CodeSpan> {
  let next = 0
  for (const [index, run] of runs.entries()) {
    if (index < next) continue
    const escaped = isEscaped(line, run.index) ? 1 : 0
    const length = run.length - escaped
    const closing = closingOf(later, length, index)
    if (closing === undefined) continue
    const start = run.index + escaped
    const end = runs[closing]?.index ?? 0
    yield {start, end: end + length, code: line.slice(start + length, end)}
    next = closing + 1
  }
}

/** A line of Markdown with `text` made of what is outside of its code, and `code` of each code span. */
export function mappedLine(
  line: string,
  text: (markdown: string) => string,
  code: (span: CodeSpan, written: string) => string,
): string {
  let mapped = ''
  let from = 0
  for (const span of codeSpansIn(line)) {
    mapped += text(line.slice(from, span.start)) + code(span, line.slice(span.start, span.end))
    from = span.end
  }
  return mapped + text(line.slice(from))
}

/** A sentence of ours, in which code is written between backticks; all else in it is read as it was written. */
export function sentence(text: string): Markdown {
  return mappedLine(oneLine(text), literal, ({code}) => codeSpan(code)) as Markdown
}

/** As `sentence`, in a table of GitHub's: a bar ends the cell even within code, and only there a backslash before it is not shown. */
export function cell(text: string): Markdown {
  const code = (span: CodeSpan): string => codeSpan(span.code).replaceAll('|', String.raw`\|`)
  return mappedLine(oneLine(text), literal, code) as Markdown
}

/** The text of an ATX heading without the `#`s that may close it (CommonMark 4.2). */
export function headingText(written: string): string {
  const text = written.trim()
  const open = text.replace(/(?<!#)#+$/, '')
  if (open === text) return text
  return open === '' || /[ \t]$/.test(open) ? open.trimEnd() : text
}

export interface MarkdownLine {
  readonly kind: 'text' | 'fence' | 'code'
  readonly line: string
}

const FENCE = /^\s*(`{3,}(?!`)|~{3,}(?!~))(.*)$/

function opens(line: string): string | null {
  const [, marker, info = ''] = FENCE.exec(line) ?? []
  return marker === undefined || (marker.startsWith('`') && info.includes('`')) ? null : marker
}

function closes(line: string, open: string): boolean {
  const [, marker = '', rest = ''] = FENCE.exec(line) ?? []
  return marker.startsWith(open) && rest.trim() === ''
}

/** Lines by what they stand in. Only a fence of the same mark, and at least as long, ends a block of code (CommonMark 4.5). */
export function markdownLines(lines: readonly string[]): readonly MarkdownLine[] {
  let open: string | null = null
  return lines.map((line): MarkdownLine => {
    if (open === null) {
      open = opens(line)
      return {kind: open === null ? 'text' : 'fence', line}
    }
    if (!closes(line, open)) return {kind: 'code', line}
    open = null
    return {kind: 'fence', line}
  })
}
