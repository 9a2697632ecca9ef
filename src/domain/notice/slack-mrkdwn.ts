/** Slack's mrkdwn knows three control characters, and only these. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const FENCE = /^\s*(?:```|~~~)/
// A code span, an image or a link, an autolink.
const SPECIAL = /(`+)(.+?)\1(?!`)|!?\[([^\]]*)\]\((\S+?)(?:\s+"[^"]*")?\)|<(https?:\/\/[^>\s]+)>/g
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
  const target = escapeMrkdwn(url).replaceAll('|', '%7C')
  if (!SAFE_LINK.test(url)) return `${emphasis(text)} (${target})`
  return text === '' || text === url ? `<${target}>` : `<${target}|${emphasis(text).replaceAll('|', '/')}>`
}

function inline(text: string): string {
  let converted = ''
  let from = 0
  for (const match of text.matchAll(SPECIAL)) {
    const [whole, , code, label = '', url, autolink] = match
    converted += emphasis(text.slice(from, match.index))
    if (code !== undefined) converted += `\`${escapeMrkdwn(code.trim())}\``
    else converted += linkTo(url ?? autolink ?? '', label)
    from = match.index + whole.length
  }
  return converted + emphasis(text.slice(from))
}

function listItem([, indent = '', tick, rest = '']: readonly (string | undefined)[]): string {
  const ticked = tick === ' ' ? '☐' : '☑'
  return `${indent}${tick === undefined ? '•' : ticked} ${inline(rest)}`
}

function line(text: string): string {
  const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1]
  if (heading !== undefined) return `*${inline(heading.replaceAll('**', ''))}*`
  if (/^(?:-{3,}|\*{3,}|_{3,})\s*$/.test(text)) return '———'
  const item = /^(\s*)[-*+]\s+(?:\[([ xX])\]\s+)?(.*)$/.exec(text)
  if (item !== null) return listItem(item)
  const quoted = /^>\s?(.*)$/.exec(text)?.[1]
  return quoted === undefined ? inline(text) : `> ${inline(quoted)}`
}

/** Markdown as people write it, in the markup that Slack understands. Nothing in it can mention or call anybody. */
export function slackMrkdwn(markdown: string): string {
  const lines: string[] = []
  let inFence = false
  for (const text of markdown.replaceAll('\r\n', '\n').split('\n')) {
    if (FENCE.test(text)) {
      inFence = !inFence
      lines.push('```')
    } else {
      lines.push(inFence ? escapeMrkdwn(text) : line(text))
    }
  }
  if (inFence) lines.push('```')
  return lines.join('\n').trim()
}
