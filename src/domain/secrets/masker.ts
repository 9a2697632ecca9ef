import {secretForms} from './secret-forms.js'
import {secretSpans} from './secret-spans.js'
import {streamMasker} from './stream-masker.js'
import type {StreamMasker} from './stream-masker.js'

/** What stands where a secret stood. */
export const MASK = '***'

/**
 * Hides secrets by value, in whatever spelling (as it is, URL-encoded, Base64, JSON-escaped), and by pattern (passwords in URLs, Slack's
 * tokens and webhooks). One masker serves every sink, so that a secret learnt late is hidden everywhere at once.
 */
export interface Masker {
  readonly mask: (text: string) => string
  /** The same for text that comes in chunks, cut anywhere. */
  readonly stream: () => StreamMasker
  /** From now on hides this value too. */
  readonly learn: (secret: string) => void
}

function maskSpans(text: string, forms: readonly string[]): string {
  let masked = ''
  let from = 0
  for (const {start, end} of secretSpans(text, forms)) {
    masked += text.slice(from, start) + MASK
    from = end
  }
  return masked + text.slice(from)
}

export function masker(secrets: readonly string[]): Masker {
  const known = new Set(secrets.flatMap(secretForms))
  const mask = (text: string): string => maskSpans(text, [...known])
  return {
    mask,
    stream: () => streamMasker(mask, (text) => secretSpans(text, [...known]), known),
    learn: (secret) => {
      for (const form of secretForms(secret)) known.add(form)
    },
  }
}
