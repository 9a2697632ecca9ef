import type {FilePlace} from '../../domain/text/file-place.js'
import {choices, closest, didYouMean} from '../../domain/text/did-you-mean.js'

/** One thing wrong with a YAML document: where it is and what to write instead. */
export interface Problem extends FilePlace {
  readonly message: string
}

export function unknownKey(key: string, path: readonly PropertyKey[], known: readonly string[]): string {
  const where = path.length === 0 ? '' : ` in ${path.map(String).join('.')}`
  return `unknown key ${key}${where}: ${didYouMean(closest(key, known), choices('known', known))}`
}
