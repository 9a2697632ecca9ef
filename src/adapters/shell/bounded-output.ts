import type {StreamMasker} from '../../domain/secrets/stream-masker.js'

/** Of each end of a stream: the beginning says what was tried, the end how it went wrong. */
const KEPT_CHARACTERS = 524_288

/** Collects a stream's masked text, of a long one its beginning and its end, and passes on its lines while they come. */
export interface BoundedOutput {
  readonly push: (chunk: string) => void
  /** Nothing more will come. */
  readonly end: () => string
}

/** A line that never ends is passed on in parts. */
const LONGEST_LINE = 4096

/** The two ends of a text that is taken bit by bit. */
function twoEnds(): {readonly take: (text: string) => void; readonly text: () => string} {
  let head = ''
  let tail = ''
  let taken = 0
  return {
    take: (text) => {
      taken += text.length
      const room = KEPT_CHARACTERS - head.length
      head += text.slice(0, room)
      tail += text.slice(room)
      if (tail.length > 2 * KEPT_CHARACTERS) tail = tail.slice(-KEPT_CHARACTERS)
    },
    text: () => {
      if (taken <= 2 * KEPT_CHARACTERS) return head + tail
      const last = tail.slice(-KEPT_CHARACTERS)
      const end = last.slice(last.indexOf('\n') + 1)
      const left = taken - head.length - end.length
      return `${head}\n… ${String(left)} characters of the output were left out here …\n${end}`
    },
  }
}

export function boundedOutput(masker: StreamMasker, onLine: (line: string) => void): BoundedOutput {
  const kept = twoEnds()
  let line = ''
  const passOn = (text: string): void => {
    const lines = (line + text).split(/\r?\n|\r/)
    line = lines.pop() ?? ''
    for (const whole of lines) onLine(whole)
    for (; line.length > LONGEST_LINE; line = line.slice(LONGEST_LINE)) onLine(line.slice(0, LONGEST_LINE))
  }
  const take = (masked: string): void => {
    if (masked === '') return
    kept.take(masked)
    passOn(masked)
  }
  return {
    push: (chunk) => {
      take(masker.push(chunk))
    },
    end: () => {
      take(masker.end())
      if (line !== '') onLine(line)
      return kept.text()
    },
  }
}
