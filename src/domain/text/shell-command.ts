const PLAIN_WORD = /^[\w@%+=:,./-]+$/
/** Cannot be seen in what is pasted, or ends it: written as `$'…'` has it. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uE00A]/u
const TO_ESCAPE = /[\\'\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uE00A]/gu
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

/** A command to be pasted: what is put in is one word each, whatever it holds. */
export function command(parts: TemplateStringsArray, ...words: readonly (string | number)[]): string {
  return String.raw({raw: parts}, ...words.map((word) => shellWord(String(word))))
}
