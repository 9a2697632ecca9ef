import {createHash} from 'node:crypto'

/** 128 bits: nobody finds two texts, or a second one, with the same. */
export const SHOWN_CHARACTERS = 32

/** `parts` are told apart by JSON, so that no two lists of values are the same text. */
export function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** As it is typed and shown. */
export function shortDigest(parts: readonly unknown[]): string {
  return digest(parts).slice(0, SHOWN_CHARACTERS)
}
