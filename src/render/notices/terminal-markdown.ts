import stringWidth from 'fast-string-width'
import {codeSpan} from '../../domain/text/markdown.js'
import {linesOf, visible, visibleLine, visibleLines} from '../../domain/text/visible.js'
import {drawnMarkdown} from '../../formats/markdown/drawn-markdown.js'
import type {ItemMark, Lines, MarkdownTarget} from '../../formats/markdown/target.js'
import type {Style} from '../text/style.js'
import {wrapStyled} from '../text/wrap.js'

const QUOTE = '│ '
const INDENT = '    '
const RULE = '─'
/** What a line begins with that belongs to no word of it: quotes, indentation, the sign of a list item. */
const HANG = /^(?:│ |[•☐☑] |\d{1,9}[.)] | )*/u
/** A line that hangs further to the right has no room for words. */
const MOST_HANG = 0.5

function after(first: string, lines: Lines): Lines {
  const next = ' '.repeat(first.length)
  const [head = '', ...rest] = lines
  return [first + head, ...rest.map((line) => (line === '' ? '' : next + line))]
}

function listItem(lines: Lines, {number, isTicked}: ItemMark): Lines {
  const tick = isTicked === true ? '☑' : '☐'
  const marks = [number ?? (isTicked === null ? '•' : null), isTicked === null ? null : tick]
  return after(`${marks.filter((mark) => mark !== null).join(' ')} `, lines)
}

/** Where it leads is always seen: what cannot be clicked can be copied. */
function linked(content: string, url: string): string {
  const address = visible(url)
  if (content === '') return address
  const isSaid = [content, `http://${content}`, `mailto:${content}`].includes(address)
  return isSaid ? content : `${content} (${address})`
}

function table([head = '', ...rows]: Lines, style: Style): Lines {
  const width = Math.max(0, ...[head, ...rows].map((row) => stringWidth(row)))
  return [style.bold(head), style.dim(RULE.repeat(width)), ...rows]
}

function terminalTarget(style: Style): MarkdownTarget {
  return {
    text: (text) => visibleLines(text.replaceAll('\t', INDENT)),
    strong: (content, within) => (within.includes('heading') ? content : style.bold(content)),
    emphasis: (content, within) => (within.includes('heading') ? content : style.bold(content)),
    delete: (content) => style.dim(`~~${content}~~`),
    inlineCode: (code) => style.accent(codeSpan(visible(code))),
    link: linked,
    image: (alt, url) => linked(visible(alt), url),
    break: () => '\n',
    paragraph: (content) => content.split('\n'),
    heading: (content) => content.split('\n').map(style.bold),
    listItem,
    blockquote: (lines) => lines.map((line) => `${QUOTE}${line}`.trimEnd()),
    code: (lines) => lines.map((line) => `${INDENT}${visibleLine(line)}`.trimEnd()),
    thematicBreak: () => [RULE.repeat(3)],
    table: (rows) => table(rows, style),
    literal: (lines) => lines.map(visibleLine),
  }
}

/** A line in as many as it needs, each after what the first begins with. */
function wrapped(line: string, width: number): readonly string[] {
  const hang = HANG.exec(line)?.[0] ?? ''
  const room = width - stringWidth(hang)
  if (room < width * MOST_HANG) return wrapStyled(line, width)
  const next = hang.replaceAll(/[•☐☑\d.)]/gu, ' ')
  return wrapStyled(line.slice(hang.length), room).map((part, index) => (index === 0 ? hang : next) + part)
}

/** Markdown drawn for a terminal, in lines of at most `width` columns. */
export function terminalMarkdown(markdown: string, width: number, style: Style): readonly string[] {
  const drawn = drawnMarkdown(linesOf(markdown).join('\n'), terminalTarget(style))
  return drawn.split('\n').flatMap((line) => wrapped(line, width))
}
