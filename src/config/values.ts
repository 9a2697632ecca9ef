import * as z from 'zod/mini'
import {parseDuration} from '../domain/time/duration.js'

/** Text that `read` turns into what the program works with; what it throws is the problem with the text. */
export function parsedText<T>(read: (text: string) => T) {
  return z.pipe(
    z.string(),
    z.transform((text: string, context): T => {
      try {
        return read(text)
      } catch (error) {
        const message = error instanceof Error ? error.message : 'is not understood'
        context.issues.push({code: 'custom', input: text, message})
        return z.NEVER
      }
    }),
  )
}

export function named(pattern: RegExp, error: string) {
  return z.string().check(z.regex(pattern, {error}))
}

/** A duration as people write it, in seconds. */
export const seconds = parsedText(parseDuration)
