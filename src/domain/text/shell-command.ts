const PLAIN_WORD = /^[\w@%+=:,./-]+$/

function quoted(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** Words as a shell reads them back. */
export function shellCommand(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}
