import {fromMarkdown} from 'mdast-util-from-markdown'
import {gfmTaskListItemFromMarkdown} from 'mdast-util-gfm-task-list-item'
import {gfmTaskListItem} from 'micromark-extension-gfm-task-list-item'
import {hasMismarked, type LostBlock, lostIn} from './lost-blocks.js'

/** A fence that carries `{…}`, as written. */
export interface RawFence {
  readonly kind: 'fence'
  readonly line: number
  readonly column: number
  /** What stands after the backticks. */
  readonly info: string
  readonly infoColumn: number
  readonly body: string
  /** The column in which each line of the body begins: what a list or a quotation indents is missing in it; of a tab, a part may be left as spaces. */
  readonly columns: readonly number[]
  readonly closed: boolean
}

export interface RawTask {
  readonly kind: 'task'
  readonly line: number
  readonly text: string
}

export interface MarkdownItems {
  readonly items: readonly (RawFence | RawTask)[]
  /** The Markdown that is only read. */
  readonly prose: string
  /** What would be such fences, but is something else to Markdown. */
  readonly lost: readonly LostBlock[]
}

type Tree = ReturnType<typeof fromMarkdown>
type Node = Tree | Tree['children'][number]
type Span = NonNullable<Node['position']>

const TASK = /\[[ \txX]\]/
const OPENING = /^(`{3,}(?!`)|~{3,}(?!~))(.*)$/s
const CLOSING = /^[>\s]*(?:`{3,}|~{3,})[ \t]*$/

function hasFenceWithBraces(text: string, marker: string): boolean {
  for (let at = text.indexOf(marker); at !== -1;) {
    const end = text.indexOf('\n', at)
    if (text.slice(at, end === -1 ? undefined : end).includes('{')) return true
    at = end === -1 ? -1 : text.indexOf(marker, end)
  }
  return false
}

/** Whether a Markdown parser has to look at it: everything else is prose. */
export function mayRun(text: string): boolean {
  return hasFenceWithBraces(text, '```') || hasFenceWithBraces(text, '~~~') || TASK.test(text) || hasMismarked(text)
}

function rawFence(lines: readonly string[], span: Span, firstLine: number, body: string): RawFence | null {
  const {line, column} = span.start
  const [, marker = '', info = ''] = OPENING.exec((lines[line - 1] ?? '').slice(column - 1)) ?? []
  if (marker === '' || !info.includes('{')) return null
  const closed = span.end.line > line && CLOSING.test(lines[span.end.line - 1] ?? '')
  const place = {line: firstLine + line - 1, column, infoColumn: column + marker.length}
  const columns = body.split('\n').map((text, index) => (lines[line + index] ?? '').length - text.length + 1)
  return {kind: 'fence', ...place, info, body, columns, closed}
}

function rawTask(node: Node, lines: readonly string[], firstLine: number): RawTask | null {
  if (node.type !== 'listItem' || typeof node.checked !== 'boolean' || node.position === undefined) return null
  const paragraph = node.children[0]?.position
  const {line} = node.position.start
  const last = paragraph?.end.line ?? line
  const text = lines
    .slice(line - 1, last)
    .join(' ')
    .replace(/^\s*(?:[-*+]|\d+[.)])\s+\[.\]\s*/, '')
  return {kind: 'task', line: firstLine + line - 1, text: text.replaceAll(/\s+/g, ' ').trim()}
}

function itemFrom(node: Node, lines: readonly string[], firstLine: number): RawFence | RawTask | null {
  if (node.type === 'code' && node.position !== undefined) return rawFence(lines, node.position, firstLine, node.value)
  return rawTask(node, lines, firstLine)
}

/** Everything that runs or is ticked, wherever it is nested, and the rest as prose. Never recursive: input may nest deep. */
export function markdownItems(text: string, firstLine: number): MarkdownItems {
  const tree = fromMarkdown(text, {
    extensions: [gfmTaskListItem()],
    mdastExtensions: [gfmTaskListItemFromMarkdown()],
  })
  const lines = text.split('\n')
  const kept = [...lines] as (string | null)[]
  const items: (RawFence | RawTask)[] = []
  const queue: Node[] = [tree]
  const lost: LostBlock[] = []
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const item = itemFrom(node, lines, firstLine)
    if (item !== null) items.push(item)
    if (item !== null && node.position !== undefined)
      kept.fill(null, node.position.start.line - 1, node.position.end.line)
    lost.push(...lostIn(node, lines, firstLine))
    if ('children' in node) queue.push(...([...node.children].reverse() as Node[]))
  }
  const prose = kept.filter((line) => line !== null).join('\n')
  return {items, lost, prose: prose.replaceAll(/\n{3,}/g, '\n\n').trim()}
}
