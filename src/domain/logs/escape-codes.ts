const ESCAPE = '\u001b'
const CSI = '\u009b'

/** Colours, cursor movements, titles and links of a terminal. Each form is found in time linear in its own length. */
const SEQUENCE = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -/]*[0-~]/g

/** A line as it is read, without what a terminal would obey. */
export function withoutEscapeCodes(text: string): string {
  return text.includes(ESCAPE) || text.includes(CSI) ? text.replace(SEQUENCE, '') : text
}
