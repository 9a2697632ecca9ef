import {
  headingText,
  mappedLine,
  markdownLines,
  revealed,
  withinCode,
  withoutEscapes,
} from '../../../domain/text/markdown.js'
import {visible} from '../../../domain/text/visible.js'

/** Slack's mrkdwn knows three control characters, and only these. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Slack has no escape for its emphasis: a letter that looks the same does not begin any. */
const LOOKALIKE: Readonly<Record<string, string>> = {'*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ'}
const OPENING = /(?<![\p{L}\p{N}])[*_~](?=\S)|`/gu

function literalMarks(text: string): string {
  return text.replaceAll(OPENING, (mark) => LOOKALIKE[mark] ?? mark)
}

/** Foreign text in mrkdwn: neither link, mention nor emphasis comes of it. */
export function literalMrkdwn(text: string): string {
  return escapeMrkdwn(literalMarks(visible(text)))
}

/** Slack knows one, and ends code at the first. */
const FENCE = '```'
/** An image or a link, an autolink, a bare address. */
const LINK =
  /!?\[([^[\]]{0,1000})\]\(((?:[^\s()]|\([^\s()]{0,500}\)){1,2000})(?:[ \t]{1,9}"[^"]{0,500}")?\)|<(https?:\/\/[^<>\s]{1,2000})>|(?<![\w/])(https?:\/\/[^\s<>|)\]]{0,2000}[^\s<>|)\].,;:!?'"*_~])/g
const SAFE_LINK = /^(?:https?|mailto):/i

/** Stands for the asterisk of bold text until single asterisks have become italics. */
const BOLD = '\u0001'

function emphasis(text: string): string {
  return escapeMrkdwn(text)
    .replaceAll(/\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__/g, (_, first?: string, second?: string) => {
      return BOLD + (first ?? second ?? '') + BOLD
    })
    .replaceAll(/(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])/g, '_$1_')
    .replaceAll(/~~(?=\S)(.+?)(?<=\S)~~/g, '~$1~')
    .replaceAll(BOLD, '*')
}

function linkTo(url: string, text: string): string {
  const target = revealed(escapeMrkdwn(url).replaceAll('|', '%7C'), (character) =>
    character === '|' ? '%7C' : escapeMrkdwn(character),
  )
  if (!SAFE_LINK.test(url)) return `${emphasis(text)} (${target})`
  return text === '' || text === url ? `<${target}>` : `<${target}|${emphasis(text).replaceAll('|', '/')}>`
}

/** Escaped characters of the text come back as what nobody can take for markup. */
function shown(converted: string): string {
  const marks = /(?<![\p{L}\p{N}])[\uE12A\uE15F\uE17E](?=\S)|\uE160/gu
  const neutral = converted.replaceAll(marks, (hidden) => revealed(hidden, (mark) => LOOKALIKE[mark] ?? mark))
  return revealed(neutral, escapeMrkdwn)
}

function withLinks(text: string): string {
  let converted = ''
  let from = 0
  for (const match of text.matchAll(LINK)) {
    const [whole, label = '', url, autolink, bare] = match
    converted += emphasis(text.slice(from, match.index)) + linkTo(url ?? autolink ?? bare ?? '', label)
    from = match.index + whole.length
  }
  return converted + emphasis(text.slice(from))
}

function inline(text: string): string {
  return mappedLine(
    text,
    (part) => shown(withLinks(withoutEscapes(part))),
    ({code}) => `\`${escapeMrkdwn(withinCode(code.trim()))}\``,
  )
}

function listItem([, indent = '', tick, rest = '']: readonly (string | undefined)[]): string {
  const ticked = tick === ' ' ? '☐' : '☑'
  return `${indent}${tick === undefined ? '•' : ticked} ${inline(rest.trimStart())}`
}

function line(text: string): string {
  const heading = /^#{1,6}\s(.*)$/.exec(text)?.[1]
  if (heading !== undefined) return `*${inline(headingText(heading).replaceAll('**', ''))}*`
  if (/^(?:-{3,}|\*{3,}|_{3,})\s*$/.test(text)) return '———'
  const item = /^(\s*)[-*+]\s(?:\s*\[([ xX])\]\s)?(.*)$/.exec(text)
  if (item !== null) return listItem(item)
  const quoted = /^>\s?(.*)$/.exec(text)?.[1]
  return quoted === undefined ? inline(text) : `> ${inline(quoted)}`
}

/**
 * Markdown as people write it, in the markup that Slack understands. Nothing in it can mention or call anybody, and what is escaped in it
 * stays what it is. Sent with `verbatim`, so that only what was written as a link is one.
 */
export function slackMrkdwn(markdown: string): string {
  const lines = markdownLines(markdown.replaceAll('\r\n', '\n').split('\n'))
  const converted = lines.map(({kind, line: text}) => {
    if (kind === 'fence') return FENCE
    return kind === 'code' ? escapeMrkdwn(text.replaceAll(FENCE, withinCode)) : line(text)
  })
  const isOpen = lines.filter(({kind}) => kind === 'fence').length % 2 === 1
  return [...converted, ...(isOpen ? [FENCE] : [])].join('\n').trim()
}
