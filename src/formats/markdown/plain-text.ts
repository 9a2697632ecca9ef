import {visibleLines} from '../../domain/text/visible.js'
import type {MarkdownTarget} from './target.js'

function linked(content: string, url: string): string {
  return content === '' || content === url ? url : content
}

/** What is said, without how it looks. */
export const PLAIN_TEXT: MarkdownTarget = {
  text: (text) => visibleLines(text),
  strong: (content) => content,
  emphasis: (content) => content,
  delete: (content) => `~~${content}~~`,
  inlineCode: (code) => visibleLines(code),
  link: linked,
  image: linked,
  break: () => '\n',
  paragraph: (content) => content.split('\n'),
  heading: (content) => content.split('\n'),
  listItem: (lines) => lines,
  blockquote: (lines) => lines,
  code: (lines) => lines.map(visibleLines),
  thematicBreak: () => [],
  table: (rows) => rows,
  literal: (lines) => lines.map(visibleLines),
}
