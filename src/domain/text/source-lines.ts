/** The lines of a file, whatever ends them. */
export function sourceLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/)
}
