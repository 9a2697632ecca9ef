/** What a spreadsheet takes for a formula (OWASP, "CSV Injection"), numbers aside; an apostrophe before it makes it text. */
const FORMULA = /^(?:[=@＝＋－＠\t\r]|[+-](?!Inf$|\d+(?:\.\d+)?(?:e[+-]?\d+)?$))/

function cell(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A record of RFC 4180. Text never computes anything: only numbers may begin with a sign. */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(cell).join(',')
}
