import type {FilePlace} from '../../domain/text/file-place.js'
import {closest} from '../../domain/text/did-you-mean.js'

/** One thing wrong with a YAML document: where it is and what to write instead. */
export interface Problem extends FilePlace {
  readonly message: string
}

export function unknownKey(key: string, path: readonly PropertyKey[], known: readonly string[]): string {
  const where = path.length === 0 ? '' : ` in ${path.map(String).join('.')}`
  const guess = closest(key, known)
  const hint = guess === null ? `known: ${known.join(', ')}` : `did you mean ${guess}?`
  return `unknown key ${key}${where}: ${hint}`
}
