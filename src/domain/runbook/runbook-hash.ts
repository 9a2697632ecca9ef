import {digest, SHOWN_CHARACTERS} from '../text/digest.js'

/** As it is typed and shown. */
export function shownHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, SHOWN_CHARACTERS)
}

export function runbookHash(source: string): string {
  return `sha256:${digest([source])}`
}
