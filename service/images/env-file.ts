import {readFile, rename, writeFile} from 'node:fs/promises'

const begin = '# >>> images (npm run images) — written by a program, changes in here are lost'
const end = '# <<< images'

/** Replaces the block between the markers; every other line of the file stays as it is. */
export function withBlock(text: string, variables: Readonly<Record<string, string>>): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const from = lines.indexOf(begin)
  const to = lines.indexOf(end, from)
  const kept = from === -1 || to === -1 ? lines : [...lines.slice(0, from), ...lines.slice(to + 1)]
  const entries = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const block = entries.length === 0 ? [] : [begin, ...entries, end]
  const result = [...kept, ...block]
  return result.length === 0 ? '' : `${result.join('\n')}\n`
}

/** Names that the file sets outside the block: those win or lose by their order, so a person should know. */
export function namesOutsideBlock(text: string): string[] {
  const foreign = withBlock(text, {})
  return [...foreign.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map((match) => match[1] ?? '')
}

/** Returns the names of the variables that were left as the file has them. */
export async function writeEnvFile(path: string, variables: Readonly<Record<string, string>>): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const foreign = new Set(namesOutsideBlock(text))
  const own = Object.fromEntries(Object.entries(variables).filter(([name]) => !foreign.has(name)))
  const partial = `${path}.partial`
  await writeFile(partial, withBlock(text, own))
  await rename(partial, path)
  return Object.keys(variables).filter((name) => foreign.has(name))
}
