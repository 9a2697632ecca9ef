import stringWidth from 'fast-string-width'
import {LINE_BREAK} from '../../domain/text/visible.js'
import type {Style} from './style.js'
import {wrapStyled} from './wrap.js'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  /** Left out where the screen is too narrow for all, an empty one and the highest first. Columns without it always stay. */
  readonly spare?: number
  /** Others are left out before its texts go on in a second line. */
  readonly whole?: true
}

type Cells = readonly string[]

const GAP = '  '
/** More than anybody reads on a screen; CSV and JSON have all. */
const MOST_ROWS = 10_000
/** Narrower than this the last column is no use. */
const LEAST = 12
/** Where nothing else helps, a word is broken rather than a line. */
const BROKEN = 6
/** Words of the last column are whole up to this; what can be spared goes before they are broken. */
const WORD = 30

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}

function widest(texts: Cells): number {
  return texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0)
}

function wordWidth({align}: Column, cells: Cells, isLast: boolean): number {
  if (align === 'right') return widest(cells)
  const word = widest(cells.flatMap((text) => text.split(' ')))
  return isLast ? Math.min(widest(cells), Math.max(LEAST, Math.min(word, WORD))) : word
}

/** How narrow a column can be: figures (aligned to the right) stay whole, and so do words; only those of the last column may be broken. */
function wordWidths(columns: readonly Column[], texts: readonly Cells[]): readonly number[] {
  return columns.map((column, index) => wordWidth(column, texts[index] ?? [], index === columns.length - 1))
}

/** How narrow a column should be, as long as others can be left out for it. */
function leastWidths(columns: readonly Column[], texts: readonly Cells[]): readonly number[] {
  return wordWidths(columns, texts).map((width, index) =>
    columns[index]?.whole === true ? Math.max(width, Math.min(WORD, widest(texts[index] ?? []))) : width,
  )
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1))
}

/** The columns that have room, by their place: those that can be spared go first, and only where nothing else helps. */
function shown(
  columns: readonly Column[],
  rows: readonly Cells[],
  texts: readonly Cells[],
  room: number,
): readonly number[] {
  let kept = [...columns.keys()]
  const needed = (): number =>
    total(
      leastWidths(
        kept.map((index) => columns[index] ?? {title: ''}),
        kept.map((index) => texts[index] ?? []),
      ),
    )
  const rank = (index: number): number =>
    rows.every((row) => (row[index] ?? '') === '') ? Infinity : (columns[index]?.spare ?? 0)
  const spare = kept.filter((index) => columns[index]?.spare !== undefined)
  for (const index of spare.sort((one, other) => rank(other) - rank(one))) {
    if (needed() <= room) return kept
    kept = kept.filter((one) => one !== index)
  }
  return kept
}

/**
 * The widths of the columns on a screen. What is too much is taken from the last column, then from the widest of the others, as long as
 * no word is broken: names and sentences go on in the next line. Figures are never broken.
 */
function fitted(columns: readonly Column[], texts: readonly Cells[], room: number): readonly number[] {
  const widths = texts.map(widest)
  const last = widths.length - 1
  const order = [...widths.keys()].sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))
  let excess = total(widths) - room
  const take = (index: number, least: number): void => {
    const width = widths[index] ?? 0
    const given = Math.max(0, Math.min(excess, width - least))
    widths[index] = width - given
    excess -= given
  }
  const takeAll = (least: readonly number[]): void => {
    for (const index of [last, ...order]) take(index, least[index] ?? 0)
  }
  takeAll(leastWidths(columns, texts))
  takeAll(wordWidths(columns, texts))
  if (columns[last]?.align !== 'right') take(last, LEAST)
  takeAll(widths.map((width, index) => (columns[index]?.align === 'right' ? width : BROKEN)))
  return widths
}

function textsOf(columns: readonly Column[], rows: readonly Cells[]): readonly Cells[] {
  const titles = columns.some(({title}) => title !== '') ? [columns.map(({title}) => title)] : []
  return columns.map((_column, index) => [...titles, ...rows].map((row) => row[index] ?? ''))
}

/** A cell is one line: a line break that got into it is seen, and begins no row. */
function oneLine(cell: string): string {
  return cell.replaceAll('\n', LINE_BREAK).replaceAll('\t', '    ')
}

/** A table without borders: dim titles, columns as wide as their content. The last column is never padded; on a screen all of it fits the width. Of more than 10,000 rows the first, and how many there are. `below`: lines under each row. */
export function table(
  all: readonly Column[],
  every: readonly Cells[],
  style: Style,
  below: readonly Cells[] = [],
): string {
  const allRows = every.slice(0, MOST_ROWS)
  const room = style.width
  const kept = style.edge ? shown(all, allRows, textsOf(all, allRows), room) : [...all.keys()]
  const columns = kept.map((index) => all[index] ?? {title: ''})
  const rows = allRows.map((row) => kept.map((index) => oneLine(row[index] ?? '')))
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
  const cut = every.length > MOST_ROWS ? [`… (cut: ${String(every.length)} rows)`] : []
  const body = rows.flatMap((cells, index) => [...lines(cells), ...(below[index] ?? [])])
  return [...head, ...body, ...cut].join('\n')
}
