import stringWidth from 'fast-string-width'
import type {Style} from './style.js'
import {wrapStyled} from './wrap.js'

const UNITS = /\u001B\[[0-9;]*m|./gsu

/** As wide as asked for: padded, or cut. Colours take no room, and end where they ended. */
export function fit(text: string, width: number): string {
  let used = 0
  let isFull = false
  const kept = (text.match(UNITS) ?? []).filter((unit) => {
    if (unit.startsWith('\u001B')) return true
    isFull ||= used + stringWidth(unit) > width
    if (isFull) return false
    used += stringWidth(unit)
    return true
  })
  return kept.join('') + ' '.repeat(Math.max(0, width - used))
}

/** What a frame takes of the width. */
export const FRAME = 4

const BRANCH = /^(?:\u001B\[[0-9;]*m)*[├└]─(?:\u001B\[[0-9;]*m)* /u
const INDENT = /^ */

/** A line in as many as it needs on `width` columns; what goes on stands under the text that it belongs to. */
export function broken(line: string, width: number): readonly string[] {
  if (stringWidth(line) <= width) return [line]
  const branch = BRANCH.exec(line)?.[0] ?? ''
  const indent = branch === '' ? (INDENT.exec(line)?.[0] ?? '') : branch
  const hanging = branch === '' ? indent : branch.includes('├') ? branch.replace('├─', '│ ') : '   '
  const [first = '', ...rest] = wrapStyled(line.slice(indent.length), width - stringWidth(indent))
  return [indent + first, ...rest.map((text) => hanging + text)]
}

/** Blocks under a title in a frame that is `width` wide, an empty line between two; no line is cut. */
export function frame(title: string, blocks: readonly (readonly string[])[], style: Style): string {
  const inner = style.width - FRAME
  const edge = style.dim('│')
  const rule = (left: string, right: string): string => style.dim(left + '─'.repeat(inner + 2) + right)
  const row = (text: string): string => `${edge} ${fit(text, inner)} ${edge}`
  const before = ' '.repeat(Math.max(0, Math.floor((inner - stringWidth(title)) / 2)))
  const body = blocks.flatMap((block, index) => [...(index > 0 ? [''] : []), ...block])
  return [
    rule('┌', '┐'),
    row(before + style.bold(title)),
    rule('├', '┤'),
    ...body.flatMap((line) => broken(line, inner)).map(row),
    rule('└', '┘'),
  ].join('\n')
}

/** Two blocks beside each other, each on half of the width. */
export function beside(left: readonly string[], right: readonly string[], width: number): readonly string[] {
  const half = Math.floor(width / 2)
  const lefts = left.flatMap((line) => broken(line, half - 2))
  const rights = right.flatMap((line) => broken(line, width - half))
  return Array.from(
    {length: Math.max(lefts.length, rights.length)},
    (_unused, index) => `${fit(lefts[index] ?? '', half - 2)}  ${fit(rights[index] ?? '', width - half)}`,
  )
}

/** Lines as the branches of what stands above them; the last one ends the tree. */
export function branches(lines: readonly string[], style: Style): readonly string[] {
  return lines.map((line, index) => `${style.dim(index === lines.length - 1 ? '└─' : '├─')} ${line}`)
}
