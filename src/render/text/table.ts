import stringWidth from 'fast-string-width'
import type {Style} from './style.js'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

const GAP = '  '

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}

/** A table without borders: dim titles, columns as wide as their content. The last column is never padded. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], style: Style): string {
  const widths = columns.map((column, index) =>
    Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(row[index] ?? ''))),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? 'left'))
      .join(GAP)
      .trimEnd()
  const titles = columns.map((column) => style.dim(column.title))
  const hasTitles = columns.some((column) => column.title !== '')
  return [...(hasTitles ? [line(titles)] : []), ...rows.map(line)].join('\n')
}
