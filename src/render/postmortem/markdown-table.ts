import {cell, joined, type Markdown, markdown} from '../../domain/text/markdown.js'

function row(texts: readonly string[]): Markdown {
  return markdown`| ${joined(texts.map(cell), ' | ')} |`
}

/** A table of GitHub's; the cells are foreign text, in which code is written between backticks. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): Markdown {
  const rule = `| ${head.map(() => '---').join(' | ')} |` as Markdown
  return joined([row(head), rule, ...rows.map(row)], '\n')
}

/** Parts of a section, an empty line between them; those that are not there are left out. */
export function stackedMarkdown(parts: readonly (Markdown | null)[]): Markdown {
  return joined(
    parts.filter((part) => part !== null),
    '\n\n',
  )
}
