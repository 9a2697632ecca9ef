import {HIDDEN_BUT_BREAKS} from './visible.js'

const PLAIN_WORD = /^[\w@%+=:,./-]+$/
/** Cannot be seen in what is pasted, or ends it: written as `$'…'` has it. */
const HIDDEN = new RegExp(String.raw`[\n\t]|${HIDDEN_BUT_BREAKS}`, 'u')
const TO_ESCAPE = new RegExp(String.raw`[\\'\n\t]|${HIDDEN_BUT_BREAKS}`, 'gu')
const HEX = 16
/** `\u` takes four digits, `\U` eight. */
const SHORT = 4
const LONG = 8

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": String.raw`\'`,
  '\n': String.raw`\n`,
  '\t': String.raw`\t`,
}

function ansiEscape(character: string): string {
  const named = NAMED[character]
  if (named !== undefined) return named
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(HEX)
  if (code < 0x80) return String.raw`\x${hex.padStart(2, '0')}`
  return hex.length > SHORT ? String.raw`\U${hex.padStart(LONG, '0')}` : String.raw`\u${hex.padStart(SHORT, '0')}`
}

/** A word as a shell reads it back: plain, in quotes, or with what is hidden in it written out (bash's and zsh's `$'…'`). */
function shellWord(word: string): string {
  if (PLAIN_WORD.test(word)) return word
  if (HIDDEN.test(word)) return `$'${word.replaceAll(TO_ESCAPE, ansiEscape)}'`
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** Words as a shell reads them back. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}

/** What `faci` would take for a flag: it stands for itself only behind `--`. */
function looksLikeFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-'
}

/** A word of a faci command that stands for itself, with the flags beside it. */
export function besideFlags(word: string, flags: readonly string[]): readonly string[] {
  return looksLikeFlag(word) ? [...flags, '--', word] : [word, ...flags]
}

/** What was typed, with flags before what stands for itself: behind `--` nothing is a flag. */
export function withFlags(argv: readonly string[], ...flags: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end === -1 ? [...argv, ...flags] : argv.toSpliced(end, 0, ...flags)
}

/** Whether a word that is put in stands for itself: it is no part of another, and no value of the flag that is written before it. */
function isOwnWord(before: string, after: string): boolean {
  return before.endsWith(' ') && !/\s--?[\w-]+ $/.test(before) && /^(?: |$)/.test(after)
}

/**
 * A command to be pasted: what is put in is one word each, whatever it holds. Of a faci command, what stands for itself and looks like a
 * flag comes last, behind `--`, and so do those that follow it.
 */
export function command(parts: TemplateStringsArray, ...words: readonly (string | number)[]): string {
  const own = words.map((word, index) => ({
    word: String(word),
    isOwn: isOwnWord(parts.raw[index] ?? '', parts.raw[index + 1] ?? ''),
  }))
  const first =
    parts.raw[0]?.startsWith('faci ') === true ? own.findIndex(({word, isOwn}) => isOwn && looksLikeFlag(word)) : -1
  if (first === -1) return String.raw({raw: parts}, ...own.map(({word}) => shellWord(word)))
  const isMoved = own.map(({isOwn}, index) => isOwn && index >= first)
  const rest = String.raw({raw: parts}, ...own.map(({word}, index) => (isMoved[index] === true ? '' : shellWord(word))))
  const moved = own.filter((_, index) => isMoved[index]).map(({word}) => word)
  return `${rest.replaceAll(/ {2,}/g, ' ').trimEnd()} ${shellCommand(['--', ...moved])}`
}
