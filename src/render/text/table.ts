import stringWidth from 'fast-string-width'
import type {Style} from './style.js'
import {wrap} from './wrap.js'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

const GAP = '  '
/** What callers put before a table. */
const MARGIN = 2
/** Narrower than this a column is no use. */
const LEAST = 16

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}

/** A table without borders: dim titles, columns as wide as their content. The last column is never padded; on a screen it is broken within its column. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], style: Style): string {
  const widths = columns.map((column, index) =>
    Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(row[index] ?? ''))),
  )
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0)
  const room = style.width - MARGIN - before
  const lines = (cells: readonly string[]): readonly string[] => {
    const last = cells.at(-1) ?? ''
    if (!style.edge || room < LEAST || stringWidth(last) <= room) return [line(cells)]
    const [first = '', ...rest] = wrap(last, room)
    return [line([...cells.slice(0, -1), first]), ...rest.map((text) => ' '.repeat(before) + text)]
  }
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join(GAP)
      .trimEnd()
  const titles = columns.map((column) => style.dim(column.title))
  const hasTitles = columns.some((column) => column.title !== '')
  return [...(hasTitles ? [line(titles)] : []), ...rows.flatMap(lines)].join('\n')
}
