/** What is English and not ours to word, such as an error's message, is quoted in another language. */
export function quoted(text: string): string {
  return text === '' ? '' : `\`${text.replaceAll('`', "'")}\``
}
