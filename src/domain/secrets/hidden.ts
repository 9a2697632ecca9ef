import type {Span} from './needle-scan.js'

/** What stands where a secret stood. */
export const MASK = '***'

/** The beginning of a text, with what stands in `spans` hidden; the spans beyond it do not matter. */
export function hidden(text: string, spans: readonly Span[]): string {
  const parts: string[] = []
  let from = 0
  for (const {start, end} of spans) {
    if (start >= text.length) break
    parts.push(text.slice(from, start), MASK)
    from = end
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from)
}
