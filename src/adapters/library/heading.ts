const H1 = /^ {0,3}#[ \t](.*)$/gm

/** The text of an ATX heading without the `#`s that may close it (CommonMark 4.2). */
export function headingText(written: string): string {
  const text = written.trim()
  const open = text.replace(/(?<!#)#+$/, '')
  if (open === text) return text
  return open === '' || /[ \t]$/.test(open) ? open.trimEnd() : text
}

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
