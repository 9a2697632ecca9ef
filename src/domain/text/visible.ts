/** Letters and marks without a shape, and what is no character: fillers, joiners, selectors of a variant beyond those that emoji have. */
const SHAPELESS = String.raw`\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180D\u180F\u3164\uFE00-\uFE0D\uFFA0\uFFFE\uFFFF`
/** A selector belongs to an emoji, to a key's cap or to a Chinese character; behind anything else it is a letter that nobody sees. */
const STRAY_SELECTOR = String.raw`[\uFE0E\uFE0F](?<!\p{Extended_Pictographic}[\uFE0E\uFE0F])(?!\u20E3)|[\u{E0100}-\u{E01EF}](?<!\p{Script=Han}[\u{E0100}-\u{E01EF}])`

/**
 * The source of an expression: what moves the cursor, turns the direction of writing or is not seen at all: Unicode's Cc, Cf, Zl, Zp,
 * halves of a pair, and what has no shape. A private character stands for a line break of foreign text, so that it is hidden too. Line
 * breaks and tabs are not among it.
 */
export const HIDDEN_BUT_BREAKS = String.raw`[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}${SHAPELESS}\uE00A]|${STRAY_SELECTOR}`

const HIDDEN_BUT_LINES = new RegExp(HIDDEN_BUT_BREAKS, 'gu')
const HIDDEN = new RegExp(String.raw`[\n\t]|${HIDDEN_BUT_BREAKS}`, 'gu')

/** Stands in shown text for a line break of the text's own: one line of a screen until `linesOf` makes several of it. */
export const LINE_BREAK = '\uE00A'

const NAMED: Readonly<Record<string, string>> = {'\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t`}
const BYTE = 0x100
const UNIT = 0x1_00_00

/** As JavaScript writes it: `\n`, `\x1b`, `\u202e`, `\u{e0001}`. */
export function escapeOf(character: string): string {
  const named = NAMED[character]
  if (named !== undefined) return named
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < BYTE) return String.raw`\x${hex.padStart(2, '0')}`
  return code < UNIT ? String.raw`\u${hex.padStart(4, '0')}` : String.raw`\u{${hex}}`
}

/** Where something is that is not seen as it is, line breaks and tabs aside. */
export function hiddenIn(text: string): readonly {readonly offset: number; readonly character: string}[] {
  return [...text.matchAll(HIDDEN_BUT_LINES)].map(({0: character, index}) => ({offset: index, character}))
}

/** Whether nothing of it would be seen: empty, spaces, line breaks, or characters without a shape. */
export function isBlank(text: string): boolean {
  return text.replaceAll(HIDDEN, '').trim() === ''
}

/** Foreign text within a line: nothing in it is hidden, moves or breaks anything. */
export function visible(text: string): string {
  return text.replaceAll(HIDDEN, escapeOf)
}

/** As `visible`, for a line that is shown as it was written: a tab is space. */
export function visibleLine(line: string): string {
  return visible(line.replaceAll('\t', '    '))
}

/** Foreign text of several lines: tabs and line breaks stay, all else that is hidden is seen. */
export function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(HIDDEN_BUT_LINES, escapeOf)
}

const BREAK = /[\n\uE00A]/u

/** Every line of shown text, also the empty ones at its end, but for the line break of the last one. */
export function everyLineOf(text: string): readonly string[] {
  return text.replace(/[\n\uE00A]$/u, '').split(BREAK)
}

/** The lines of shown text, of its own line breaks or those that are written as `LINE_BREAK`; none of the empty ones at its end. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(BREAK)
  return lines.slice(0, Math.max(1, lines.findLastIndex((line) => line.trim() !== '') + 1))
}
