import {type Kind, type Node, type NodeOf, spanOf} from './tree.js'
import type {MarkdownTarget, Within} from './target.js'

/** Deeper than anybody writes: below it stands the source, as it was written. */
export const DEEPEST = 30
/** No address that people use is longer; one that is repeated by its reference would make of a small text a large one. */
const LONGEST_URL = 2000

export interface Walk {
  readonly source: string
  /** The lines of the source. */
  readonly lines: readonly string[]
  readonly target: MarkdownTarget
  /** Where references lead. */
  readonly urls: ReadonlyMap<string, string>
}

/** Where a part of a line stands. */
export interface Place {
  readonly within: Within
  readonly depth: number
  /** The column in which the paragraph begins. */
  readonly column: number
}

/** Text that is still to be written, so that it is known what stands beside each of its characters, or what is written already. */
interface Piece {
  readonly kind: 'text' | 'written'
  readonly text: string
}

const asText = (text: string): readonly Piece[] => [{kind: 'text', text}]
const written = (text: string): readonly Piece[] => [{kind: 'written', text}]

/** What a node was in the source. */
export function sourceOf({source}: Walk, node: Node): string {
  const {start, end} = spanOf(node)
  return source.slice(start, end)
}

/** Lines after the first as far to the right as they were written, which a parser forgets. */
function indented({lines}: Walk, {value, position}: NodeOf<'text'>, {column}: Place): string {
  if (!value.includes('\n')) return value
  const first = position?.start.line ?? 0
  const shown = value.split('\n').map((line, index) => {
    const space = index === 0 ? '' : (/^[ \t]*/.exec(lines[first - 1 + index] ?? '')?.[0] ?? '')
    return space.slice(column - 1) + line
  })
  return shown.join('\n')
}

const WORD_BEFORE = /[\p{L}\p{N}/\\]$/u
const WORD_AFTER = /^(?:[\p{L}\p{N}/\\]|\.[\p{L}\p{N}])/u

/** Whether marks are of a path or a name, as in `src/**` or `a*b*c`, and not for emphasis. */
function isOfWord(walk: Walk, node: Node): boolean {
  const {start, end} = spanOf(node)
  return (
    WORD_BEFORE.test(walk.source.slice(Math.max(0, start - 1), start)) ||
    WORD_AFTER.test(walk.source.slice(end, end + 2))
  )
}

type Emphasised = NodeOf<'strong' | 'emphasis' | 'delete'>

function emphasised(walk: Walk, node: Emphasised, place: Place): readonly Piece[] {
  if (!isOfWord(walk, node)) {
    const inside = {...place, within: [...place.within, node.type]}
    return written(walk.target[node.type](inlineText(walk, node.children, inside), place.within))
  }
  const marks = node.type === 'emphasis' ? 1 : 2
  const source = sourceOf(walk, node)
  return [...asText(source.slice(0, marks)), ...piecesOf(walk, node.children, place), ...asText(source.slice(-marks))]
}

function link(walk: Walk, node: Node, children: readonly Node[], url: string, place: Place): readonly Piece[] {
  const source = sourceOf(walk, node)
  if (url.length > LONGEST_URL) return asText(source)
  // An address of e-mail is a link only where it was written as one.
  if (url.startsWith('mailto:') && !/^[[<]/.test(source)) return piecesOf(walk, children, place)
  const content = inlineText(walk, children, {...place, within: [...place.within, 'link']})
  return written(walk.target.link(content, url, place.within))
}

function image(walk: Walk, node: NodeOf<'image' | 'imageReference'>, url: string, place: Place): readonly Piece[] {
  if (url.length > LONGEST_URL) return asText(sourceOf(walk, node))
  return written(walk.target.image(node.alt ?? '', url, place.within))
}

function referred(walk: Walk, {identifier}: {readonly identifier: string}): string {
  return walk.urls.get(identifier) ?? ''
}

type Inline<K extends Kind> = (walk: Walk, node: NodeOf<K>, place: Place) => readonly Piece[]

function asWritten(walk: Walk, node: Node): readonly Piece[] {
  return asText(sourceOf(walk, node))
}

/** Every kind of node has its way; blocks are never within a line. */
const INLINE: {readonly [K in Kind]: Inline<K>} = {
  text: (walk, node, place) => asText(indented(walk, node, place)),
  strong: emphasised,
  emphasis: emphasised,
  delete: emphasised,
  inlineCode: ({target}, {value}) => written(target.inlineCode(value)),
  break: ({target}) => written(target.break()),
  html: (_walk, {value}) => asText(value),
  link: (walk, node, place) => link(walk, node, node.children, node.url, place),
  linkReference: (walk, node, place) => link(walk, node, node.children, referred(walk, node), place),
  image: (walk, node, place) => image(walk, node, node.url, place),
  imageReference: (walk, node, place) => image(walk, node, referred(walk, node), place),
  ...{
    root: asWritten,
    paragraph: asWritten,
    heading: asWritten,
    blockquote: asWritten,
    code: asWritten,
    list: asWritten,
  },
  ...{listItem: asWritten, table: asWritten, tableRow: asWritten, tableCell: asWritten, thematicBreak: asWritten},
  ...{definition: asWritten, footnoteDefinition: asWritten, footnoteReference: asWritten, yaml: asWritten},
}

function piecesOf(walk: Walk, nodes: readonly Node[], place: Place): readonly Piece[] {
  const deeper = {...place, depth: place.depth + 1}
  return nodes.flatMap((node) => {
    if (place.depth > DEEPEST) return asText(sourceOf(walk, node))
    return (INLINE[node.type] as Inline<Kind>)(walk, node, deeper)
  })
}

/** What stands in lines, written for the target. */
export function inlineText(walk: Walk, nodes: readonly Node[], place: Place): string {
  let shown = ''
  let text = ''
  for (const piece of [...piecesOf(walk, nodes, place), {kind: 'written', text: ''} as const]) {
    if (piece.kind === 'text') {
      text += piece.text
      continue
    }
    if (text !== '') shown += walk.target.text(text, place.within)
    shown += piece.text
    text = ''
  }
  return shown
}
