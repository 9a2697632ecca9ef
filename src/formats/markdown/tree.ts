import {fromMarkdown, type Options} from 'mdast-util-from-markdown'
import {gfmAutolinkLiteralFromMarkdown} from 'mdast-util-gfm-autolink-literal'
import {gfmStrikethroughFromMarkdown} from 'mdast-util-gfm-strikethrough'
import {gfmTableFromMarkdown} from 'mdast-util-gfm-table'
import {gfmTaskListItemFromMarkdown} from 'mdast-util-gfm-task-list-item'
import {gfmAutolinkLiteral} from 'micromark-extension-gfm-autolink-literal'
import {gfmStrikethrough} from 'micromark-extension-gfm-strikethrough'
import {gfmTable} from 'micromark-extension-gfm-table'
import {gfmTaskListItem} from 'micromark-extension-gfm-task-list-item'

export type Tree = ReturnType<typeof fromMarkdown>
export type Node = Tree | Tree['children'][number]
export type Kind = Node['type']
export type NodeOf<K extends Kind> = Extract<Node, {type: K}>

// What can be long in a body that people wrote for people; the parser's time grows with the square of each, to a second or two here.
const MOST_CHARACTERS = 64_000
const MOST_LINES = 3000
const MOST_ROWS = 2000
/** Quotes and lists that a line is in. */
const MOST_CONTAINERS = 50
/** The squares of the marks of each paragraph, summed. */
const MOST_MARKS = 2000 ** 2

const CONTAINERS = /^(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/
const CONTAINER = /[>*+.)-]/g
const MARK = /[*_~[\]`<]/g

const ALL: Options = {
  // One tilde is a home directory or an estimate.
  extensions: [gfmAutolinkLiteral(), gfmStrikethrough({singleTilde: false}), gfmTable(), gfmTaskListItem()],
  mdastExtensions: [
    // Its transform looks for addresses in what was escaped too, and is recursive.
    {...gfmAutolinkLiteralFromMarkdown(), transforms: []},
    gfmStrikethroughFromMarkdown(),
    gfmTableFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
  ],
}

/** Nothing within lines is looked for. */
const BLOCKS: Options = {
  extensions: [
    gfmTable(),
    {
      disable: {
        null: ['attention', 'autolink', 'codeText', 'htmlText', 'labelEnd', 'labelStartImage', 'labelStartLink'],
      },
    },
  ],
  mdastExtensions: [gfmTableFromMarkdown()],
}

const HOLD_LINES: ReadonlySet<Kind> = new Set(['paragraph', 'heading', 'tableCell'])

function squareOfMarks(text: string): number {
  return (text.match(MARK)?.length ?? 0) ** 2
}

/** Every node of a tree, without recursion: foreign text nests deep. */
export function* nodesOf(tree: Tree): Generator<Node> {
  const stack: Node[] = [tree]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node
    if ('children' in node) for (const child of [...node.children].reverse()) stack.push(child)
  }
}

/** Where a node stands in the source. */
export function spanOf({position}: Node): {readonly start: number; readonly end: number} {
  return {start: position?.start.offset ?? 0, end: position?.end.offset ?? 0}
}

function marksCost(text: string): number {
  if (squareOfMarks(text) <= MOST_MARKS) return 0
  let cost = 0
  for (const node of nodesOf(fromMarkdown(text, BLOCKS))) {
    if (!HOLD_LINES.has(node.type)) continue
    const {start, end} = spanOf(node)
    cost += squareOfMarks(text.slice(start, end))
  }
  return cost
}

function nestsTooDeep(line: string): boolean {
  return (CONTAINERS.exec(line)?.[0].match(CONTAINER)?.length ?? 0) > MOST_CONTAINERS
}

function isRow(line: string): boolean {
  return line.includes('|') || CONTAINERS.test(line)
}

/** Whether a parser would need many seconds for it. Nobody writes such a text by hand. */
function isExhausting(lines: readonly string[]): boolean {
  if (lines.some(nestsTooDeep) || lines.filter(isRow).length > MOST_ROWS) return true
  return marksCost(lines.join('\n')) > MOST_MARKS
}

export interface ParsedMarkdown {
  /** What was parsed; places in the tree are places in it. */
  readonly source: string
  readonly tree: Tree
  /** What comes after it and was not parsed. */
  readonly rest: readonly string[]
}

/** How many of the lines a parser may be given. */
function affordable(lines: readonly string[]): number {
  let characters = 0
  const long = lines.findIndex((line) => (characters += line.length + 1) > MOST_CHARACTERS)
  return Math.min(MOST_LINES, long === -1 ? lines.length : long)
}

/** Markdown as GitHub reads it, in bounded time: what is too long is `rest`, and so is all of a text made to exhaust a parser. */
export function parsedMarkdown(text: string): ParsedMarkdown {
  const lines = text.split(/\r\n|\r|\n/)
  const head = lines.slice(0, affordable(lines))
  const source = isExhausting(head) ? '' : head.join('\n')
  const rest = source === '' ? lines : lines.slice(head.length)
  return {source, tree: fromMarkdown(source, ALL), rest: text.trim() === '' ? [] : rest}
}
