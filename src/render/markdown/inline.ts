/** Text within a line or a cell of a table. */
export function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`)
}
