import type {Span} from './secret-spans.js'

export interface StreamMasker {
  /** The masked text that is certain by now: whole lines, unless a line is very long. */
  readonly push: (chunk: string) => string
  /** What was still held back. */
  readonly end: () => string
}

/** A line longer than this is let through in parts; only literal secrets are then followed across the cut. */
const LONGEST_LINE = 16_384

/** Where the longest end of `text` starts that may be the beginning of `form`; its length when there is none. */
function partialStart(text: string, form: string): number {
  const first = form.charAt(0)
  const earliest = Math.max(0, text.length - form.length + 1)
  for (let at = text.indexOf(first, earliest); at !== -1; at = text.indexOf(first, at + 1)) {
    if (form.startsWith(text.slice(at))) return at
  }
  return text.length
}

function lineStart(text: string, before: number): number {
  if (before === 0) return 0
  return Math.max(text.lastIndexOf('\n', before - 1), text.lastIndexOf('\r', before - 1)) + 1
}

/** How much of `text` no later chunk can change: up to a line start that lies in no secret, whole or begun. */
function certainLength(text: string, spans: readonly Span[], forms: Iterable<string>): number {
  let cut = text.length
  for (const form of forms) cut = Math.min(cut, partialStart(text, form))
  // `cut` only ever becomes smaller.
  for (;;) {
    const start = lineStart(text, cut)
    const next = cut - start > LONGEST_LINE ? cut : start
    const crossing = spans.find((span) => span.start < next && next < span.end)
    if (crossing === undefined && next === cut) return cut
    cut = crossing?.start ?? next
  }
}

/**
 * Masks text that arrives in chunks as if it had come whole: a line, and the beginning of anything secret, is held back
 * until it is complete.
 */
export function streamMasker(
  mask: (text: string) => string,
  spansOf: (text: string) => readonly Span[],
  forms: Iterable<string>,
): StreamMasker {
  let held = ''
  return {
    push: (chunk) => {
      held += chunk
      // Nothing of an unfinished line is certain: looking again at each of many small chunks would cost their square.
      if (held.length <= LONGEST_LINE && !/[\r\n]/.test(chunk)) return ''
      const length = certainLength(held, spansOf(held), forms)
      const certain = held.slice(0, length)
      held = held.slice(length)
      return mask(certain)
    },
    end: () => {
      const rest = mask(held)
      held = ''
      return rest
    },
  }
}
