import {visibleLines} from '../text/visible.js'
import {fenced, literal, mappedLine, markdownLines, type Markdown, oneLine, withinCode} from '../text/markdown.js'

const PLACEHOLDER = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}/g

/** What `{{…}}` in a notify block can always name, besides captures and inputs that are not secret. */
export const NOTICE_PLACEHOLDERS = ['outcome', 'duration', 'summary', 'runbook', 'environment', 'operator'] as const

export function noticePlaceholdersIn(body: string): readonly string[] {
  return [...new Set([...body.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))]
}

const MISSING = '–'
const ALONE = /^\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}$/

type Values = Readonly<Record<string, string>>

function filled(text: string, values: Values, encode: (value: string) => string): string {
  return text.replaceAll(PLACEHOLDER, (_, name: string) => encode(values[name] ?? MISSING))
}

function inCode(value: string): string {
  return oneLine(withinCode(value))
}

/** Code with nothing in it would be two backticks, which begin another code. */
function filledCode(code: string, written: string, values: Values): string {
  const ticks = written.slice(0, (written.length - code.length) / 2)
  const inside = filled(code, values, inCode)
  return ticks + (inside.trim() === '' ? MISSING : inside) + ticks
}

function filledLine(line: string, values: Values): string {
  const alone = values[ALONE.exec(line.trim())?.[1] ?? ''] ?? ''
  if (alone.includes('\n')) return fenced(alone, '')
  return mappedLine(
    line,
    (text) => filled(text, values, literal),
    ({code}, written) => filledCode(code, written, values),
  )
}

/**
 * The author's Markdown with values put in, none of which is markup: only who wrote the runbook writes links, emphasis and headings. Values of
 * several lines stand as code where the placeholder has a line of its own. A name without a value (a capture that never came) is a dash.
 */
export function fillNotice(body: string, values: Values): Markdown {
  const seen = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, visibleLines(value)]))
  const lines = markdownLines(body.split('\n')).map(({kind, line}) =>
    kind === 'text' ? filledLine(line, seen) : filled(line, seen, kind === 'code' ? withinCode : inCode),
  )
  return lines.join('\n').trim() as Markdown
}
