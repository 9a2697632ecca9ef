/** A list of what happened has a line for each event. */
export function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}

export function withReason(what: string, why: string): string {
  return why === '' ? what : `${what}: ${firstLine(why)}`
}
