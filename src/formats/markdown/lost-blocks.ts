import type {fromMarkdown} from 'mdast-util-from-markdown'

/** Why a fence that is marked to run is none to Markdown. */
export type LostTo =
  | {readonly to: 'html'}
  | {readonly to: 'text'}
  /** What it begins with is no fence: two backticks, or quotes that a word processor made of them. */
  | {readonly to: 'marks'}
  | {readonly to: 'indentation'}
  | {readonly to: 'block'; /** Where that block begins. */ readonly begins: number}

export type LostBlock = LostTo & {readonly line: number}

type Tree = ReturnType<typeof fromMarkdown>
type Node = Tree | Tree['children'][number]

const MARKED = /^[>\s]*(`{3,}(?!`)|~{3,}(?!~))([^\n]*\{[ \t]*(?:diagnose|mitigate|verify|notify|rollback)\b.*)$/
const MISMARKED =
  /^[> \t]*(?:`{1,2}(?!`)|~{1,2}(?!~)|['"\u2018\u2019\u201B-\u201F\u00B4\u2032\uFF40]{3})[ \t]*[a-z]{2,12}[ \t]+\{[ \t]*(?:diagnose|mitigate|verify|notify|rollback)\b[^`\n]*$/m

/** Whether something in a text begins as a block that is marked to run, but for the fence. */
export function hasMismarked(text: string): boolean {
  return text.includes('{') && MISMARKED.test(text)
}

const OPENING = /^(?:`{3,}|~{3,})/

/** Of a fence within code. Whoever only shows one writes the outer one longer, or of the other sign. */
function lostToCode(opening: string, marker: string, begins: number): LostTo | null {
  const outer = OPENING.exec(opening)?.[0]
  if (outer === undefined) return {to: 'indentation'}
  return marker.startsWith(outer) ? {to: 'block', begins} : null
}

interface Place {
  /** As it begins. */
  readonly opening: string
  readonly begins: number
  readonly index: number
}

function whyLost(node: Node, {opening, begins, index}: Place, marker: string, info: string): LostTo | null {
  if (node.type === 'html') return {to: 'html'}
  // A span of code that is closed on its line is shown.
  if (node.type === 'paragraph') return info.includes(marker) ? null : {to: 'text'}
  return index === 0 && OPENING.test(opening) ? null : lostToCode(opening, marker, begins)
}

/** The fences marked to run that a node keeps from running. What is in comments is left out on purpose. */
export function lostIn(node: Node, lines: readonly string[], firstLine: number): readonly LostBlock[] {
  if (node.type !== 'html' && node.type !== 'paragraph' && node.type !== 'code') return []
  if (node.position === undefined) return []
  if (node.type === 'html' && node.value.trimStart().startsWith('<!--')) return []
  const {start, end} = node.position
  const opening = (lines[start.line - 1] ?? '').slice(start.column - 1)
  const begins = firstLine + start.line - 1
  return lines.slice(start.line - 1, end.line).flatMap((line, index): readonly LostBlock[] => {
    if (node.type === 'paragraph' && MISMARKED.test(line)) return [{to: 'marks', line: begins + index}]
    const [, marker, info = ''] = MARKED.exec(line) ?? []
    const why = marker === undefined ? null : whyLost(node, {opening, begins, index}, marker, info)
    return why === null ? [] : [{...why, line: begins + index}]
  })
}
