import {headingText} from '../../domain/text/markdown.js'

/** A `##` heading with what is under it, or what stands before the first one. */
export interface Section {
  /** null before the first heading. */
  readonly title: string | null
  /** Line in the file of its first line. */
  readonly line: number
  readonly text: string
}

const HEADING = /^ {0,3}##(?:[ \t](.*))?$/s
const FENCE = /^\s*(?:[-*+>]\s+|\d{1,9}[.)]\s+)*(`{3,}(?!`)|~{3,}(?!~))(.*)$/s
const HTML_START = /^ {0,3}<(!--|pre\b|script\b|style\b|textarea\b|\?|!\[CDATA\[|![A-Za-z])/i

/** The heading that a line is, or null. The usual way to write one needs no regular expression: there may be a third of a million. */
function titleIn(line: string): string | null {
  if (line.startsWith('## ') && !line.trimEnd().endsWith('#')) return line.slice(3).trim()
  const heading = HEADING.exec(line)
  return heading === null ? null : headingText(heading[1] ?? '')
}

function htmlEnd(start: string): string {
  const kind = start.toLowerCase()
  if (kind === '!--') return '-->'
  if (kind === '?') return '?>'
  if (kind === '![cdata[') return ']]>'
  return kind.startsWith('!') ? '>' : `</${kind}>`
}

/** What swallows headings: an open fence or HTML block, by the text that ends it. */
type Inside = {readonly kind: 'fence'; readonly marker: string} | {readonly kind: 'html'; readonly end: string} | null

function fenceIn(line: string): Inside {
  const [, marker = '', info = ''] = FENCE.exec(line) ?? []
  return marker === '' || (marker.startsWith('`') && info.includes('`')) ? null : {kind: 'fence', marker}
}

function htmlIn(line: string): Inside {
  const html = HTML_START.exec(line)
  if (html === null) return null
  const end = htmlEnd(html[1] ?? '')
  return line.slice(html[0].length).toLowerCase().includes(end) ? null : {kind: 'html', end}
}

function openedBy(line: string): Inside {
  if (line.includes('```') || line.includes('~~~')) return fenceIn(line)
  return line.includes('<') ? htmlIn(line) : null
}

function isClosedBy(inside: NonNullable<Inside>, line: string): boolean {
  if (inside.kind === 'html') return line.toLowerCase().includes(inside.end)
  const text = line.trim().replace(/^(?:>\s*)+/, '')
  return text.length >= inside.marker.length && text === (inside.marker[0] ?? '').repeat(text.length)
}

/**
 * Cuts a Markdown body at its `##` headings in one pass over the lines: a Markdown parser needs time that grows faster than
 * the text, so it is only given sections, and only those in which something runs.
 */
export function splitSections(body: string, firstLine: number): readonly Section[] {
  const sections: Section[] = []
  let inside: Inside = null
  let open = {title: null as string | null, line: firstLine, start: 0}
  let start = 0
  for (let line = firstLine; start <= body.length; line += 1) {
    const found = body.indexOf('\n', start)
    const end = found === -1 ? body.length : found
    const text = body.slice(start, end)
    const title: string | null = inside === null && text.includes('##') ? titleIn(text) : null
    if (title !== null) {
      sections.push({title: open.title, line: open.line, text: body.slice(open.start, start)})
      open = {title, line, start: end + 1}
    } else if (inside === null) inside = openedBy(text)
    else if (isClosedBy(inside, text)) inside = null
    start = end + 1
  }
  sections.push({title: open.title, line: open.line, text: body.slice(open.start)})
  return sections
}
