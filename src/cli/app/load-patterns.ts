import type {Patterns} from '../../ports/patterns.js'

/** What reads regular expressions needs no configuration: a flag asks before there is a app. */
export async function loadPatterns(): Promise<Patterns> {
  return (await import('../../adapters/re2/re2js-patterns.js')).re2jsPatterns
}
