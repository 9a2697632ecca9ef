/** Each bucket is 2 % wider than the one before: a quantile is off by 1 % at most, in constant memory. */
const GROWTH = 1.02
const SMALLEST_MS = 0.01

export interface DurationSketch {
  add(durationMs: number): void
  /** Null when nothing was added. */
  quantile(q: number): number | null
}

export function createDurationSketch(): DurationSketch {
  const counts = new Map<number, number>()
  let total = 0
  return {
    add: (durationMs) => {
      const bucket = Math.round(Math.log(Math.max(durationMs, SMALLEST_MS) / SMALLEST_MS) / Math.log(GROWTH))
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
      total += 1
    },
    quantile: (q) => {
      const rank = Math.max(1, Math.ceil(q * total))
      let seen = 0
      for (const [bucket, count] of [...counts].sort((a, b) => a[0] - b[0])) {
        seen += count
        if (seen >= rank) return Math.round(SMALLEST_MS * GROWTH ** bucket * 100) / 100
      }
      return null
    },
  }
}
