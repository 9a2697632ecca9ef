import {headingText} from '../../domain/text/markdown.js'

const H1 = /^ {0,3}#[ \t](.*)$/gm

/** The first `# …` that says something, and where its line is. */
export function firstHeading(
  markdown: string,
): {readonly text: string; readonly start: number; readonly end: number} | null {
  for (const {0: line, 1: written = '', index: start} of markdown.matchAll(H1)) {
    const text = headingText(written)
    if (text !== '') return {text, start, end: start + line.length}
  }
  return null
}
