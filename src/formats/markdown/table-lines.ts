import stringWidth from 'fast-string-width'

const GAP = '  '
/** A longer cell moves those after it, lest one makes every row as long. */
const MOST_PADDED = 40

/** Rows whose columns stand below one another. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows)
    for (const [index, cell] of row.entries())
      widths[index] = Math.min(MOST_PADDED, Math.max(widths[index] ?? 0, stringWidth(cell)))
  const padded = (cell: string, index: number): string =>
    cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell)))
  return rows.map((row) => row.map(padded).join(GAP).trimEnd())
}
