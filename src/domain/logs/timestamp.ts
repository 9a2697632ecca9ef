const ISO_LIKE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?$/

const LARGEST_SECONDS = 100_000_000_000

function fromMilliseconds(milliseconds: number): string | null {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : null
}

/**
 * A log line's own time as ISO 8601 UTC. Numbers are seconds or milliseconds since the epoch; a time without a zone, as Python
 * writes it (`2024-10-12 10:00:00,123`), is UTC, as in nearly every container.
 */
export function readTimestamp(value: unknown): string | null {
  if (typeof value === 'number') return fromMilliseconds(Math.abs(value) < LARGEST_SECONDS ? value * 1000 : value)
  if (typeof value !== 'string') return null
  const [, day, time, fraction = '0', zone = 'Z'] = ISO_LIKE.exec(value.trim()) ?? []
  if (day === undefined || time === undefined) return null
  const offset = zone.replace(/^(...)(\d\d)$/, '$1:$2')
  return fromMilliseconds(Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`))
}
