import stringWidth from 'fast-string-width'
import {broken} from './frame.js'
import type {Style} from './style.js'

const INDENT = '  '
const GAP = '  '

/** Text as a screen has it: no line is wider than it, and none is broken within a word. For a pipe as it is. */
export function onScreen(text: string, style: Style): string {
  if (!style.edge) return text
  return text
    .split('\n')
    .flatMap((line) => broken(line, style.width))
    .join('\n')
}

/** What stands indented under a title, laid out for the room that is left of it. */
export function inset(style: Style, body: (inner: Style) => string): string {
  return body({...style, width: style.width - INDENT.length}).replaceAll(/^(?=.)/gm, INDENT)
}

/** Items in as many lines as they need, none of them broken: `5m 1.20×  30m 0.40×`. */
export function flow(items: readonly string[], style: Style): string {
  const lines: string[] = []
  for (const item of items) {
    const longer = lines.length === 0 ? item : `${lines.at(-1) ?? ''}${GAP}${item}`
    if (lines.length > 0 && style.edge && stringWidth(longer) > style.width) lines.push(item)
    else lines.splice(-1, 1, longer)
  }
  return lines.join('\n')
}
