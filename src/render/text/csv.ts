function cell(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A record of RFC 4180. */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(cell).join(',')
}
