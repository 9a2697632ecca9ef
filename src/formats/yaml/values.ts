import * as z from 'zod/mini'
import type {SecretReference} from '../../domain/secrets/secret-reference.js'
import {parseDuration} from '../../domain/time/duration.js'
import {schemaWords} from './schema-words.js'

// Compiling a validator pays off after thousands of documents; faci reads a few.
z.config({localeError: schemaWords, jitless: true})

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

/** A language that faci writes for people in. */
export const locale = z.enum(['pt-BR', 'en'])

/** A duration as people write it, in seconds. */
export const seconds = parsedText(parseDuration)

export const url = z.string().check(
  z.refine((text) => /^https?:\/\/[^\s/]/.test(text) && URL.canParse(text), {
    error: 'is not an http(s) URL: write http://host:port',
  }),
)

const SECRET = /^(env|file):(.+)$/

/** null for a text that refers to none. */
export function secretReference(text: string): SecretReference | null {
  const match = SECRET.exec(text)
  return match?.[2] === undefined ? null : {from: match[1] === 'env' ? 'env' : 'file', name: match[2]}
}

export const secret = parsedText((text): SecretReference => {
  const reference = secretReference(text)
  if (reference !== null) return reference
  throw new Error('a secret is never written into faci.yml: write env:NAME or file:/run/secrets/name')
})
