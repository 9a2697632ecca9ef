import stringWidth from 'fast-string-width'
import type {Style} from './style.js'
import {wrapStyled} from './wrap.js'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

type Cells = readonly string[]

const GAP = '  '
/** What callers put before a table. */
const MARGIN = 2
/** Narrower than this the last column is no use: it is broken by the screen instead. */
const LEAST = 16

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}

function widest(texts: Cells): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)))
}

/**
 * The widths of the columns on a screen. What is too much is taken from the last column, then from the widest of the others, as long as
 * no word is broken: names and sentences go on in the next line, figures (aligned to the right) stay whole.
 */
function fitted(columns: readonly Column[], texts: readonly Cells[], room: number): readonly number[] {
  const widths = texts.map(widest)
  const least = texts.map((cells, index) => {
    if (columns[index]?.align === 'right') return widths[index] ?? 0
    const words = widest(cells.flatMap((text) => text.split(' ')))
    return index === texts.length - 1 ? Math.min(widths[index] ?? 0, LEAST) : words
  })
  const order = [...widths.keys()].sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))
  let excess = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1)) - room
  for (const index of [widths.length - 1, ...order]) {
    const given = Math.min(Math.max(0, excess), (widths[index] ?? 0) - (least[index] ?? 0))
    widths[index] = (widths[index] ?? 0) - given
    excess -= given
  }
  return widths
}

/** A table without borders: dim titles, columns as wide as their content. The last column is never padded; on a screen all of it fits the width. */
export function table(columns: readonly Column[], rows: readonly Cells[], style: Style): string {
  const hasTitles = columns.some((column) => column.title !== '')
  const titles = columns.map((column) => column.title)
  const texts = columns.map((_column, index) =>
    [...(hasTitles ? [titles] : []), ...rows].map((row) => row[index] ?? ''),
  )
  const widths = style.edge ? fitted(columns, texts, style.width - MARGIN) : texts.map(widest)
  const line = (cells: Cells): string =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join(GAP)
      .trimEnd()
  const lines = (cells: Cells): Cells => {
    if (!style.edge) return [line(cells)]
    const broken = cells.map((cell, index) => wrapStyled(cell, widths[index] ?? 0))
    const height = Math.max(1, ...broken.map(({length}) => length))
    return Array.from({length: height}, (_, at) => line(broken.map((parts) => parts[at] ?? '')))
  }
  return [...(hasTitles ? [line(titles.map((title) => style.dim(title)))] : []), ...rows.flatMap(lines)].join('\n')
}
