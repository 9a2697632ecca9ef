import {createHash} from 'node:crypto'

/** 128 bits: nobody finds two texts, or a second one, with the same. */
const SHOWN_CHARACTERS = 32

/** `parts` are told apart by JSON, so that no two lists of values are the same text. */
export function shortDigest(parts: readonly unknown[]): string {
  return digest(parts).slice(0, SHOWN_CHARACTERS)
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** As it is typed and shown. */
export function shownHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, SHOWN_CHARACTERS)
}

export function runbookHash(source: string): string {
  return `sha256:${digest([source])}`
}
