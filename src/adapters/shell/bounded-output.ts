import type {StreamMasker} from '../../domain/secrets/stream-masker.js'

/** What is kept of one stream. */
const OUTPUT_LIMIT_BYTES = 1_048_576

/** Collects a stream's masked text up to a limit, and passes on its lines while they come. */
export interface BoundedOutput {
  readonly push: (chunk: string) => void
  /** Nothing more will come. */
  readonly end: () => string
}

/** A line that never ends is passed on in parts. */
const LONGEST_LINE = 4096

export function boundedOutput(masker: StreamMasker, onLine: (line: string) => void): BoundedOutput {
  let kept = ''
  let dropped = 0
  let line = ''
  const passOn = (text: string): void => {
    const lines = (line + text).split(/\r?\n|\r/)
    line = lines.pop() ?? ''
    for (const whole of lines) onLine(whole)
    for (; line.length > LONGEST_LINE; line = line.slice(LONGEST_LINE)) onLine(line.slice(0, LONGEST_LINE))
  }
  const take = (masked: string): void => {
    if (masked === '') return
    const room = Math.max(0, OUTPUT_LIMIT_BYTES - kept.length)
    kept += masked.slice(0, room)
    dropped += Math.max(0, masked.length - room)
    passOn(masked)
  }
  return {
    push: (chunk) => {
      take(masker.push(chunk))
    },
    end: () => {
      take(masker.end())
      if (line !== '') onLine(line)
      return dropped === 0 ? kept : `${kept}\n… ${String(dropped)} more characters were dropped\n`
    },
  }
}
