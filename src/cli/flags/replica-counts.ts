import {FaciError} from '../../domain/errors.js'

const MAX_REPLICAS = 100

/** `api=3` → {api: 3}. Throws `usage` for anything else, and for a service named twice. */
export function replicaCounts(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const word of words) {
    const match = /^([A-Za-z0-9][\w.-]*)=(\d{1,4})$/.exec(word)
    const [, service = '', digits = ''] = match ?? []
    if (match === null || Number(digits) > MAX_REPLICAS || counts.has(service)) {
      throw new FaciError('usage', `${word} is not SERVICE=N, each service once and N from 0 to ${MAX_REPLICAS}`, {
        suggestions: ['faci scale api=3'],
      })
    }
    counts.set(service, Number(digits))
  }
  if (counts.size === 0)
    throw new FaciError('usage', 'Name the services and their number of replicas', {suggestions: ['faci scale api=3']})
  return Object.fromEntries(counts)
}
