import {withinCode} from '../../../domain/text/markdown.js'
import {visible, visibleLines} from '../../../domain/text/visible.js'
import {drawnMarkdown} from '../../../formats/markdown/drawn-markdown.js'
import type {ItemMark, Lines, MarkdownTarget, Within} from '../../../formats/markdown/target.js'

/** Slack's mrkdwn knows three control characters, and only these. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Slack has no escape for its emphasis: a letter that looks the same does not begin any. */
const LOOKALIKE: Readonly<Record<string, string>> = {'*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ'}
const MARKS = /[*_~]+/g
const WORD = /[\p{L}\p{N}]/u
/** What would end the emphasis that a text is in. */
const CLOSING: Readonly<Record<Within[number], RegExp | null>> = {
  strong: /\*(?![\p{L}\p{N}])/gu,
  heading: /\*(?![\p{L}\p{N}])/gu,
  emphasis: /_(?![\p{L}\p{N}])/gu,
  delete: /~(?![\p{L}\p{N}])/gu,
  link: null,
}

function neutral(marks: string): string {
  return marks.replaceAll(/./g, (mark) => LOOKALIKE[mark] ?? mark)
}

/** Marks after a word, as in `shop__api`, begin nothing; those at the end of a text would begin what may follow it. */
function literalMarks(text: string): string {
  const literal = text.replaceAll(MARKS, (marks, at: number) => {
    const isAfterWord = WORD.test(text.charAt(at - 1))
    return isAfterWord || /^\s/.test(text.charAt(at + marks.length)) ? marks : neutral(marks)
  })
  return literal.replaceAll('`', neutral)
}

/** Foreign text in mrkdwn: neither link, mention nor emphasis comes of it. */
export function literalMrkdwn(text: string): string {
  return escapeMrkdwn(literalMarks(visible(text)))
}

function literalText(text: string, within: Within): string {
  let literal = literalMarks(visibleLines(text))
  for (const kind of within) {
    const closing = CLOSING[kind]
    if (closing !== null) literal = literal.replaceAll(closing, neutral)
  }
  return escapeMrkdwn(literal)
}

/** Slack knows one, and ends code at the first. */
const FENCE = '```'
const SAFE_LINK = /^(?:https?|mailto):/i

/** Emphasis of Slack's ends with its line. */
function marked(content: string, mark: string): string {
  const lines = content.split('\n').map((line) => {
    const text = line.trim()
    return text === '' ? line : line.replace(text, () => mark + text + mark)
  })
  return lines.join('\n')
}

type Emphasis = 'strong' | 'emphasis' | 'delete'

/** None within the same, nor bold in a heading, which is bold. */
function emphasis(kind: Emphasis, mark: string): MarkdownTarget[Emphasis] {
  return (content, within) => {
    const isMarked = within.includes(kind) || (kind === 'strong' && within.includes('heading'))
    return isMarked ? content : marked(content, mark)
  }
}

function address(url: string): string {
  return escapeMrkdwn(visible(url).replaceAll('|', '%7C').replaceAll(/\s/g, '%20'))
}

function link(content: string, url: string, within: Within): string {
  const written = literalText(url, [...within, 'link'])
  if (within.includes('link')) return content
  if (!SAFE_LINK.test(url)) return content === '' || content === written ? written : `${content} (${written})`
  const label = content.replaceAll('|', '/').replaceAll('\n', ' ')
  return label === '' || content === written ? `<${address(url)}>` : `<${address(url)}|${label}>`
}

/** Lines after `first`, and those below it as far to the right. Code stands at the edge: only there Slack knows its fence. */
function after(first: string, next: string, lines: Lines): Lines {
  let inCode = false
  let prefix = first
  const shown: string[] = []
  for (const line of lines.length === 0 ? [''] : lines) {
    const isFence = line === FENCE
    if (isFence && prefix === first && first !== next) shown.push(first.trimEnd())
    shown.push(inCode || isFence ? line : `${prefix}${line}`.trimEnd())
    if (isFence) inCode = !inCode
    prefix = next
  }
  return shown
}

function listItem(lines: Lines, {number, isTicked}: ItemMark): Lines {
  const tick = isTicked === true ? '☑' : '☐'
  const mark = number ?? (isTicked === null ? '•' : tick)
  const first = number === null || isTicked === null ? `${mark} ` : `${mark} ${tick} `
  return after(first, ' '.repeat(first.length), lines)
}

function inCode(line: string): string {
  return escapeMrkdwn(visibleLines(line).replaceAll(FENCE, withinCode))
}

function codeBlock(lines: Lines): Lines {
  return [FENCE, ...lines.map(inCode), FENCE]
}

const MRKDWN: MarkdownTarget = {
  text: literalText,
  strong: emphasis('strong', '*'),
  emphasis: emphasis('emphasis', '_'),
  delete: emphasis('delete', '~'),
  inlineCode: (code) => `\`${escapeMrkdwn(withinCode(visible(code.trim() === '' ? code : code.trim())))}\``,
  link,
  image: (alt, url, within) => link(literalText(alt, [...within, 'link']), url, within),
  break: () => '\n',
  paragraph: (content) => content.split('\n'),
  heading: (content) => marked(content, '*').split('\n'),
  listItem,
  blockquote: (lines) => after('> ', '> ', lines),
  code: codeBlock,
  thematicBreak: () => ['———'],
  table: codeBlock,
  literal: (lines) => lines.map((line) => literalText(line, [])),
}

/**
 * Markdown as people write it, in the markup that Slack understands. Nothing in it can mention or call anybody, and what is escaped in it
 * stays what it is. Sent with `verbatim`, so that only what was written as a link is one.
 */
export function slackMrkdwn(markdown: string): string {
  return drawnMarkdown(markdown, MRKDWN).trim()
}
