import {drawnMarkdown} from '../../formats/markdown/drawn-markdown.js'
import {HTML} from '../../formats/markdown/html.js'
import type {Lines, MarkdownTarget} from '../../formats/markdown/target.js'
import {htmlTable} from './page.js'

const COMMENT = /^\s*<!--.*-->\s*$/s

/** As for a mail, but with tables, and headings of the page's own depth; what a person put into a comment is not shown. */
const PAGE: MarkdownTarget = {
  ...HTML,
  heading: (content, depth) => {
    const level = String(Math.min(6, depth))
    return [`<h${level}>${content.replaceAll('\n', ' ')}</h${level}>`]
  },
  listItem: (lines: Lines, mark) =>
    HTML.listItem(lines, mark).map((line) => line.replace(/^<div style="margin-left:1\.5em">/, '<div class="item">')),
  table: (_, cells) => {
    const [head = [], ...rows] = cells()
    return [htmlTable(head, rows)]
  },
  literal: (lines) => (COMMENT.test(lines.join('\n')) ? [] : HTML.literal(lines)),
}

/** Markdown, whoever wrote it, as a part of a page. */
export function pageMarkdown(markdown: string): string {
  return drawnMarkdown(markdown, PAGE)
}
