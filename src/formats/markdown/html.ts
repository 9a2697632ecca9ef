import {visible, visibleLines} from '../../domain/text/visible.js'
import type {ItemMark, Lines, MarkdownTarget, Within} from './target.js'

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function escaped(text: string): string {
  return text.replaceAll(/["&'<>]/g, (character) => ENTITY[character] ?? '')
}

/** Foreign text of one line within an element or an attribute in quotes: nothing in it is markup, and nothing in it is hidden. */
export function htmlText(text: string): string {
  return escaped(visible(text))
}

function withBreaks(content: string): string {
  return content.replaceAll('\n', '<br/>\n')
}

/** What a mail program or browser may be told to open; a `javascript:` is only shown. */
const SAFE_LINK = /^(?:https?:\/\/|mailto:)[^\s]/i

function link(content: string, url: string, within: Within): string {
  const written = htmlText(url)
  if (within.includes('link')) return content
  if (!SAFE_LINK.test(url)) return content === '' || content === written ? written : `${content} (${written})`
  const href = htmlText(url.replaceAll(/\s/g, '%20'))
  return `<a href="${href}" rel="noreferrer">${content === '' ? written : content}</a>`
}

function marker({number, isTicked}: ItemMark): string {
  const tick = isTicked === null ? '' : isTicked ? '☑' : '☐'
  return number === null ? tick || '•' : `${htmlText(number)} ${tick}`.trimEnd()
}

/** The walker has no list about its items: each bears its mark and is indented. */
function listItem(lines: Lines, mark: ItemMark): Lines {
  return [`<div style="margin-left:1.5em">${marker(mark)} ${lines.join('\n').replace(/^<p>(.*?)<\/p>/s, '$1')}</div>`]
}

function preformatted(lines: Lines): Lines {
  return [`<pre>${escaped(lines.map(visibleLines).join('\n'))}</pre>`]
}

/** HTML for a page or a mail: elements that no style sheet, script or request is needed for, and no picture from elsewhere. */
export const HTML: MarkdownTarget = {
  text: (text) => escaped(visibleLines(text)),
  strong: (content) => `<strong>${content}</strong>`,
  emphasis: (content) => `<em>${content}</em>`,
  delete: (content) => `<del>${content}</del>`,
  inlineCode: (code) => `<code>${htmlText(code)}</code>`,
  link,
  image: (alt, url, within) => link(htmlText(alt), url, within),
  break: () => '\n',
  paragraph: (content) => [`<p>${withBreaks(content)}</p>`],
  heading: (content, depth) => {
    const level = String(Math.min(6, depth + 1))
    return [`<h${level}>${withBreaks(content)}</h${level}>`]
  },
  listItem,
  blockquote: (lines) => ['<blockquote>', ...lines, '</blockquote>'],
  code: preformatted,
  thematicBreak: () => ['<hr/>'],
  table: preformatted,
  literal: (lines) => (lines.length === 0 ? [] : [`<p>${withBreaks(escaped(lines.map(visibleLines).join('\n')))}</p>`]),
}
