import {distance} from './text/did-you-mean.js'

/** Where changes land. */
export interface Environment {
  /** As faci.yml writes it: what a person types and `--confirm` names. */
  readonly environment: string
  /** Whether the guards of production are on. */
  readonly production: boolean
}

const PRODUCTION = 'production'
/** `producao` is Portuguese for it, once its accents are folded. */
const PRODUCTION_WORDS: ReadonlySet<string> = new Set([PRODUCTION, 'prod', 'prd', 'live', 'producao'])
const MISSPELT = 2

/** Case, accents and look-alike widths do not tell two names apart. */
function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
}

/** What a name alone says: `unclear` looks like production, and somebody has to say whether it is. */
export function environmentKind(name: string): 'production' | 'unclear' | 'other' {
  const word = folded(name)
  if (PRODUCTION_WORDS.has(word)) return 'production'
  const parts = [word, ...word.split(/[^\p{Letter}]+/u)]
  const looksLikeIt = parts.some((part) => PRODUCTION_WORDS.has(part) || distance(part, PRODUCTION) <= MISSPELT)
  return looksLikeIt ? 'unclear' : 'other'
}

/** `declared` is what faci.yml says beside the name; where it says nothing, the name does. */
export function isProduction(name: string, declared?: boolean): boolean {
  return declared ?? environmentKind(name) === 'production'
}

/** How screens name it: production in capitals, with the name to type where that is another one. */
export function environmentLabel({environment, production}: Environment): string {
  if (!production) return environment
  return environment === PRODUCTION ? 'PRODUCTION' : `PRODUCTION (${environment})`
}
