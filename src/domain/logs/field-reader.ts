export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads the fields of a log line that are understood, and knows which are left. */
export interface FieldReader {
  /**
   * What `read` makes of the first of these keys that it understands; null when of none. `log.level` is the key of that name, and
   * `level` within `log`.
   */
  readonly first: <T>(keys: readonly string[], read: (value: unknown) => T | null) => T | null
  readonly text: (keys: readonly string[]) => string | null
  readonly number: (keys: readonly string[]) => number | null
  readonly has: (key: string) => boolean
  /** A reader of the object of this key; null when it is none. */
  readonly within: (key: string) => FieldReader | null
  /** Everything that was not read. */
  readonly rest: () => Fields
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

type Split = readonly [outer: string, inner: readonly string[]]

const splits = new Map<string, readonly Split[]>()

/** `a.b.c` as `b.c` within `a`, and `c` within `a.b`. */
function splitsOf(key: string): readonly Split[] {
  const known = splits.get(key)
  if (known !== undefined) return known
  const found = [...key.matchAll(/\./g)].map(({index}): Split => [key.slice(0, index), [key.slice(index + 1)]])
  splits.set(key, found)
  return found
}

export function fieldReader(fields: Fields): FieldReader {
  const taken = new Set<string>()
  const inner = new Map<string, FieldReader>()
  const within = (key: string): FieldReader | null => {
    const known = inner.get(key)
    if (known !== undefined) return known
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (!isFields(value)) return null
    const reader = fieldReader(value)
    inner.set(key, reader)
    return reader
  }
  const nested = <T>(key: string, read: (value: unknown) => T | null): T | null => {
    for (const [outer, keys] of splitsOf(key)) {
      const found = within(outer)?.first(keys, read) ?? null
      if (found !== null) return found
    }
    return null
  }
  const first: FieldReader['first'] = (keys, read) => {
    for (const key of keys) {
      const found = Object.hasOwn(fields, key) ? read(fields[key]) : null
      if (found !== null) {
        taken.add(key)
        return found
      }
      const below = key.includes('.') ? nested(key, read) : null
      if (below !== null) return below
    }
    return null
  }
  return {
    first,
    text: (keys) => first(keys, asText),
    number: (keys) => first(keys, asNumber),
    has: (key) => Object.hasOwn(fields, key),
    within,
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
