/** A number as the audience writes it, with at most so many decimals: `1.234,5`. */
export function localNumber(value: number, locale: string, decimals: number): string {
  return new Intl.NumberFormat(locale, {maximumFractionDigits: decimals}).format(value)
}

/** A number that stands alone in a text and has more decimals than anybody reads: what a query gives. */
const RAW_FLOAT = /(?<![\w.,-])-?\d+\.(?:\d{4,}(?:e[+-]?\d+)?|\d+e[+-]?\d+)(?![\w,]|\.\d)/gi
const SIGNIFICANT = 4

/** Text in which such numbers are as the audience writes them: `0.9973214053` is `0,9973`. All else, versions too, stays. */
export function localNumbers(text: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, {maximumSignificantDigits: SIGNIFICANT, useGrouping: false})
  return text.replaceAll(RAW_FLOAT, (number) => format.format(Number(number)))
}
