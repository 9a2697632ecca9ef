import stringWidth from 'fast-string-width'
import type {Style} from './style.js'
import {wrapStyled} from './wrap.js'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Left out where the screen is too narrow for all: the highest first. Columns without it always stay. */
  readonly spare?: number
}

type Cells = readonly string[]

const GAP = '  '
/** What callers put before a table. */
const MARGIN = 2
/** Narrower than this the last column is no use: it is broken by the screen instead. */
const LEAST = 16
/** Words of the last column are whole up to this; what can be spared goes before they are broken. */
const WORD = 30

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}

function widest(texts: Cells): number {
  return texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0)
}

/** How narrow a column can be: figures (aligned to the right) stay whole, and so do words; only those of the last column may be broken. */
function leastWidth({align}: Column, cells: Cells, isLast: boolean): number {
  if (align === 'right') return widest(cells)
  const word = widest(cells.flatMap((text) => text.split(' ')))
  return isLast ? Math.min(widest(cells), Math.max(LEAST, Math.min(word, WORD))) : word
}

function leastWidths(columns: readonly Column[], texts: readonly Cells[]): readonly number[] {
  return columns.map((column, index) => leastWidth(column, texts[index] ?? [], index === columns.length - 1))
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1))
}

/** The columns that have room, by their place: those that can be spared go first, and only where nothing else helps. */
function shown(columns: readonly Column[], texts: readonly Cells[], room: number): readonly number[] {
  let kept = [...columns.keys()]
  const needed = (): number =>
    total(
      leastWidths(
        kept.map((index) => columns[index] ?? {title: ''}),
        kept.map((index) => texts[index] ?? []),
      ),
    )
  const spare = kept.filter((index) => columns[index]?.spare !== undefined)
  for (const index of spare.sort((one, other) => (columns[other]?.spare ?? 0) - (columns[one]?.spare ?? 0))) {
    if (needed() <= room) return kept
    kept = kept.filter((one) => one !== index)
  }
  return kept
}

/**
 * The widths of the columns on a screen. What is too much is taken from the last column, then from the widest of the others, as long as
 * no word is broken: names and sentences go on in the next line.
 */
function fitted(columns: readonly Column[], texts: readonly Cells[], room: number): readonly number[] {
  const widths = texts.map(widest)
  const least = leastWidths(columns, texts)
  const last = widths.length - 1
  const order = [...widths.keys()].sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))
  let excess = total(widths) - room
  const take = (index: number, least: number): void => {
    const width = widths[index] ?? 0
    const given = Math.max(0, Math.min(excess, width - least))
    widths[index] = width - given
    excess -= given
  }
  for (const index of [last, ...order]) take(index, least[index] ?? 0)
  take(last, LEAST)
  return widths
}

function textsOf(columns: readonly Column[], rows: readonly Cells[]): readonly Cells[] {
  const titles = columns.some(({title}) => title !== '') ? [columns.map(({title}) => title)] : []
  return columns.map((_column, index) => [...titles, ...rows].map((row) => row[index] ?? ''))
}

/** A table without borders: dim titles, columns as wide as their content. The last column is never padded; on a screen all of it fits the width. */
export function table(all: readonly Column[], allRows: readonly Cells[], style: Style): string {
  const room = style.width - MARGIN
  const kept = style.edge ? shown(all, textsOf(all, allRows), room) : [...all.keys()]
  const columns = kept.map((index) => all[index] ?? {title: ''})
  const rows = allRows.map((row) => kept.map((index) => row[index] ?? ''))
  const texts = textsOf(columns, rows)
  const widths = style.edge ? fitted(columns, texts, room) : texts.map(widest)
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
  const titles = columns.map(({title}) => title)
  const head = titles.some((title) => title !== '') ? [line(titles.map((title) => style.dim(title)))] : []
  return [...head, ...rows.flatMap(lines)].join('\n')
}
