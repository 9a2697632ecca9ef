import {hidden, MASK} from './hidden.js'
import type {SecretFinder, Sight} from './secret-spans.js'

export interface StreamMasker {
  /** The masked text that is certain by now: whole lines, unless a line is very long. */
  readonly push: (chunk: string) => string
  /** What was still held back. */
  readonly end: () => string
}

/** A line longer than this is let through in parts. */
const LONGEST_LINE = 16_384
/** Longer than any key: a beginning that goes on for longer is none. */
const LONGEST_HELD = 262_144
/** Of a longer chunk one part is searched after the other: what a search needs beside the text stays small. */
const PIECE = 131_072
/** What tells a secret is not cut off from it, nor is an escape cut. */
const KEPT_TOGETHER = 256
const LONGEST_ESCAPE = 12

function lineStart(text: string, before: number): number {
  if (before === 0) return 0
  return Math.max(text.lastIndexOf('\n', before - 1), text.lastIndexOf('\r', before - 1)) + 1
}

/** Not behind what may tell of a secret, and not within what is perhaps the beginning of an escape. */
function withinLine(text: string, cut: number): number {
  const from = Math.max(0, cut - KEPT_TOGETHER)
  const end = text.slice(from, cut)
  if (/[:=&?]/.test(end)) return from
  const escape = end.slice(-LONGEST_ESCAPE).search(/[%&\\]/)
  return escape === -1 ? cut : Math.max(from, cut - LONGEST_ESCAPE) + escape
}

/** Not between the halves of a pair. */
function wholeCharacters(text: string, cut: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(cut - 1)) ? cut - 1 : cut
}

/** Where a line, or a part of one that is too long to be held, may be cut. */
function cutBefore(text: string, end: number): number {
  const start = lineStart(text, end)
  return end - start > LONGEST_LINE ? withinLine(text, end) : start
}

/** The beginning of what a cut there would tear apart. */
function outsideSpans(text: string, spans: Sight['spans'], place: number): number {
  let cut = place
  // They are in order, and each begins behind the end of the one before: what was passed does not matter again.
  for (const {from, end} of spans.toReversed()) {
    const isTorn = cut < end || (end === text.length && cut === end)
    if (from < cut && isTorn) cut = from
  }
  return cut
}

/** How much of `text` no later chunk can change: up to a line start that lies in no secret, whole or begun. */
function certainLength(text: string, {spans, openFrom}: Sight): number {
  let cut = cutBefore(text, openFrom)
  // It only ever becomes smaller.
  for (;;) {
    const outside = outsideSpans(text, spans, cut)
    if (outside === cut) return wholeCharacters(text, cut)
    const start = lineStart(text, outside)
    cut = outside - start > LONGEST_LINE ? outside : start
  }
}

/**
 * Masks text that arrives in chunks as if it had come whole: a line, and the beginning of anything secret, is held back
 * until it is complete.
 */
export function streamMasker(find: SecretFinder): StreamMasker {
  let held = ''
  /** What was let through last ended within something secret that was too long to be held. */
  let isWithin = false
  /** So long must be what is held before it is searched again. */
  let worthwhile = 0
  const shown = (text: string, spans: Sight['spans']): string => {
    const masked = hidden(text, spans)
    return isWithin && spans[0]?.start === 0 ? masked.slice(MASK.length) : masked
  }
  const release = (): string => {
    const sight = find(held, true)
    const least = certainLength(held, sight)
    const isForced = held.length - least > LONGEST_HELD
    const length = isForced ? held.length : least
    const rest = held.length - length
    worthwhile = length > 0 && rest <= LONGEST_LINE ? 0 : Math.min(rest * 1.5, LONGEST_HELD + 1)
    if (length === 0) return ''
    const certain = shown(held.slice(0, length), sight.spans)
    isWithin = isForced && sight.spans.at(-1)?.end === length
    held = held.slice(length)
    return certain
  }
  const take = (chunk: string): string => {
    held += chunk
    // Nothing of an unfinished line is certain: looking again at each of many small chunks would cost their square.
    if (held.length < worthwhile || (held.length <= LONGEST_LINE && !/[\r\n]/.test(chunk))) return ''
    return release()
  }
  return {
    push: (chunk) => {
      if (chunk.length <= PIECE) return take(chunk)
      const parts: string[] = []
      for (let at = 0; at < chunk.length; at += PIECE) parts.push(take(chunk.slice(at, at + PIECE)))
      return parts.join('')
    },
    end: () => {
      const rest = shown(held, find(held, false).spans)
      held = ''
      return rest
    },
  }
}
