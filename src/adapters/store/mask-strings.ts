import type {Masker} from '../../domain/secrets/masker.js'

/** Masks every string in a JSON-like value, keys too: after serialising, a secret's quotes and line ends would be escaped. */
export function maskStrings(value: unknown, masker: Masker): unknown {
  if (typeof value === 'string') return masker.mask(value)
  if (Array.isArray(value)) return value.map((item) => maskStrings(item, masker))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [masker.mask(key), maskStrings(item, masker)]))
}
