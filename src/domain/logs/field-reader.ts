export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads the fields of a JSON log line that are understood, and knows which are left. */
export interface FieldReader {
  /** What `read` makes of the first of these keys that it understands; null when of none. */
  readonly first: <T>(keys: readonly string[], read: (value: unknown) => T | null) => T | null
  readonly text: (keys: readonly string[]) => string | null
  readonly number: (keys: readonly string[]) => number | null
  /** A reader of the object of this key; of an empty one when it is none. */
  readonly nested: (key: string) => FieldReader
  /** Everything that was not read. */
  readonly rest: () => Fields
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function fieldReader(fields: Fields): FieldReader {
  const taken = new Set<string>()
  const inner = new Map<string, FieldReader>()
  const first: FieldReader['first'] = (keys, read) => {
    for (const key of keys) {
      const found = read(fields[key])
      if (found === null) continue
      taken.add(key)
      return found
    }
    return null
  }
  return {
    first,
    text: (keys) => first(keys, asText),
    number: (keys) => first(keys, asNumber),
    nested: (key) => {
      const value = fields[key]
      const reader = inner.get(key) ?? fieldReader(isFields(value) ? value : {})
      if (isFields(value)) inner.set(key, reader)
      return reader
    },
    rest: () => {
      const left: Record<string, unknown> = {}
      for (const [key, value] of Object.entries(fields)) {
        const kept = inner.get(key)?.rest() ?? value
        const isEmpty = inner.has(key) && Object.keys(kept as Fields).length === 0
        if (!taken.has(key) && !isEmpty) left[key] = kept
      }
      return left
    },
  }
}
