import {createHash} from 'node:crypto'

/** 128 bits: nobody finds two texts, or a second one, with the same. */
export const SHOWN_CHARACTERS = 32

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** `parts` are told apart by JSON, so that no two lists of values are the same text. */
export function digest(parts: readonly unknown[]): string {
  return sha256(JSON.stringify(parts))
}

/** As it is typed and shown. */
export function shortDigest(parts: readonly unknown[]): string {
  return digest(parts).slice(0, SHOWN_CHARACTERS)
}
