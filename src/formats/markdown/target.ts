/** What a part of a line is in, nearest last. */
export type Within = readonly ('strong' | 'emphasis' | 'delete' | 'link' | 'heading')[]

export type Lines = readonly string[]

/** How a list item begins: its number as `7.`, and whether it is ticked; null where it has none. */
export interface ItemMark {
  readonly number: string | null
  readonly isTicked: boolean | null
}

/** How each part of Markdown is written for those who see it. What is given as content is written already; text is as its author meant it. */
export interface MarkdownTarget {
  /** May hold line breaks. Alone decides that nothing in it is markup. */
  readonly text: (text: string, within: Within) => string
  readonly strong: (content: string, within: Within) => string
  readonly emphasis: (content: string, within: Within) => string
  readonly delete: (content: string, within: Within) => string
  readonly inlineCode: (code: string) => string
  /** A target of any scheme: what may be called is decided here. */
  readonly link: (content: string, url: string, within: Within) => string
  readonly image: (alt: string, url: string, within: Within) => string
  readonly break: () => string
  readonly paragraph: (content: string) => Lines
  readonly heading: (content: string, depth: number) => Lines
  readonly listItem: (lines: Lines, mark: ItemMark) => Lines
  readonly blockquote: (lines: Lines) => Lines
  readonly code: (lines: Lines, language: string | null) => Lines
  readonly thematicBreak: () => Lines
  /** Rows of plain text, aligned; the first says what the columns are. `cells`: the same cell by cell, as this target writes them. */
  readonly table: (rows: Lines, cells: () => readonly Lines[]) => Lines
  /** Lines in which no Markdown was looked for. */
  readonly literal: (lines: Lines) => Lines
}
