/** A runbook's text in its two parts, with the line in the file on which each starts. */
export interface SourceText {
  readonly frontMatter: string | null
  readonly frontMatterLine: number
  /** `false` when the front matter was opened and never closed. */
  readonly closed: boolean
  readonly body: string
  readonly bodyLine: number
}

const FENCE = /^---[ \t]*$/

/** One line ending, no byte order mark; positions in lines stay what they are in the file. */
export function normalise(text: string): string {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text
  return bare.includes('\r') ? bare.replaceAll(/\r\n?/g, '\n') : bare
}

export function splitFrontMatter(text: string): SourceText {
  const whole = {frontMatter: null, frontMatterLine: 1, closed: true, body: text, bodyLine: 1}
  const firstEnd = text.indexOf('\n')
  if (firstEnd === -1 || !FENCE.test(text.slice(0, firstEnd))) return whole
  let line = 2
  for (let start = firstEnd + 1; start <= text.length; line += 1) {
    const found = text.indexOf('\n', start)
    const end = found === -1 ? text.length : found
    if (FENCE.test(text.slice(start, end))) {
      const frontMatter = text.slice(firstEnd + 1, start)
      return {frontMatter, frontMatterLine: 2, closed: true, body: text.slice(end + 1), bodyLine: line + 1}
    }
    start = end + 1
  }
  return {...whole, closed: false}
}
