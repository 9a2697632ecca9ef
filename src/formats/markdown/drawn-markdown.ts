import {DEEPEST, inlineText, sourceOf, type Walk} from './inline.js'
import {PLAIN_TEXT} from './plain-text.js'
import {tableLines} from './table-lines.js'
import type {Lines, MarkdownTarget} from './target.js'
import {type Kind, type Node, type NodeOf, nodesOf, parsedMarkdown, type Tree} from './tree.js'

function content(walk: Walk, node: NodeOf<'paragraph' | 'heading'>, depth: number): string {
  const column = node.position?.start.column ?? 1
  return inlineText(walk, node.children, {within: node.type === 'heading' ? ['heading'] : [], depth, column})
}

function list(walk: Walk, node: NodeOf<'list'>, depth: number): Lines {
  const first = node.start ?? 1
  return stacked(node.children, (item, index) => {
    const dot = /^\d+(\))/.exec(sourceOf(walk, item))?.[1] ?? '.'
    const number = node.ordered === true ? `${String(first + index)}${dot}` : null
    return walk.target.listItem(blocks(walk, item.children, depth + 1), {number, isTicked: item.checked ?? null})
  })
}

function table(walk: Walk, {children}: NodeOf<'table'>, depth: number): Lines {
  const place = {within: [], depth, column: 1}
  const cells = (target: MarkdownTarget): readonly Lines[] =>
    children.map((row) => row.children.map((cell) => inlineText({...walk, target}, cell.children, place)))
  return walk.target.table(tableLines(cells(PLAIN_TEXT)), () => cells(walk.target))
}

type Block<K extends Kind> = (walk: Walk, node: NodeOf<K>, depth: number) => Lines

function asWritten(walk: Walk, node: Node): Lines {
  return walk.target.literal(sourceOf(walk, node).split('\n'))
}

/** Every kind of node has its way; what stands within lines is never a block, and parts of a table and a list are written by them. */
const BLOCKS: {readonly [K in Kind]: Block<K>} = {
  paragraph: (walk, node, depth) => walk.target.paragraph(content(walk, node, depth)),
  heading: (walk, node, depth) => walk.target.heading(content(walk, node, depth), node.depth),
  blockquote: (walk, node, depth) => walk.target.blockquote(blocks(walk, node.children, depth)),
  code: ({target}, {value, lang}) => target.code(value.split('\n'), lang ?? null),
  html: ({target}, {value}) => target.literal(value.split('\n')),
  thematicBreak: ({target}) => target.thematicBreak(),
  list,
  table,
  definition: () => [],
  ...{root: asWritten, listItem: asWritten, tableRow: asWritten, tableCell: asWritten, break: asWritten},
  ...{text: asWritten, strong: asWritten, emphasis: asWritten, delete: asWritten, inlineCode: asWritten},
  ...{link: asWritten, linkReference: asWritten, image: asWritten, imageReference: asWritten},
  ...{footnoteDefinition: asWritten, footnoteReference: asWritten, yaml: asWritten},
}

/** What is written of each, below one another; an empty line between two where the source has one. */
function stacked<N extends Node>(nodes: readonly N[], write: (node: N, index: number) => Lines): Lines {
  const lines: string[] = []
  let end = Infinity
  for (const [index, node] of nodes.entries()) {
    const shown = write(node, index)
    if (shown.length === 0) continue
    if ((node.position?.start.line ?? 0) - end > 1) lines.push('')
    for (const line of shown) lines.push(line)
    end = node.position?.end.line ?? end
  }
  return lines
}

function blocks(walk: Walk, nodes: readonly Node[], depth: number): Lines {
  return stacked(nodes, (node) => {
    const write = depth > DEEPEST ? asWritten : (BLOCKS[node.type] as Block<Kind>)
    return write(walk, node, depth + 1)
  })
}

function urlsOf(tree: Tree): ReadonlyMap<string, string> {
  const urls = new Map<string, string>()
  for (const node of nodesOf(tree))
    if (node.type === 'definition' && !urls.has(node.identifier)) urls.set(node.identifier, node.url)
  return urls
}

/**
 * Markdown, whoever wrote it, as GitHub reads it, written for a target. Line breaks of a paragraph stay, as people write them in a chat. In bounded
 * time: what is too long, too deep or made to exhaust a parser comes out as it was written.
 */
export function drawnMarkdown(markdown: string, target: MarkdownTarget): string {
  const {source, tree, rest} = parsedMarkdown(markdown)
  const walk = {source, lines: source.split('\n'), target, urls: urlsOf(tree)}
  return [...blocks(walk, tree.children, 0), ...target.literal(rest)].join('\n')
}
