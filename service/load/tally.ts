import {createDurationSketch} from './duration-sketch.js'

interface Outcome {
  readonly kind: string
  /** Undefined when no answer came. */
  readonly status: number | undefined
  readonly durationMs: number
  /** The X-Cache header of a recommendation. */
  readonly cache: string | undefined
}

interface TallySummary {
  readonly seconds: number
  readonly answered: number
  /** No answer: refused, reset, timed out. */
  readonly failed: number
  /** Not sent: too many requests were still open. */
  readonly dropped: number
  readonly rps: number
  readonly by_status: Readonly<Record<string, number>>
  readonly by_kind: Readonly<Record<string, number>>
  /** Null without recommendations. */
  readonly cache_hit_ratio: number | null
  readonly p50_ms: number | null
  readonly p95_ms: number | null
  readonly p99_ms: number | null
}

export interface Tally {
  add(outcome: Outcome): void
  drop(): void
  summarise(nowMs: number): TallySummary
}

export function createTally(startMs: number): Tally {
  const durations = createDurationSketch()
  const byStatus = new Map<string, number>()
  const byKind = new Map<string, number>()
  const byCache = new Map<string, number>()
  let answered = 0
  let failed = 0
  let dropped = 0
  return {
    add: ({kind, status, durationMs, cache}) => {
      if (status === undefined) {
        failed += 1
        return
      }
      answered += 1
      durations.add(durationMs)
      increment(byStatus, String(status))
      increment(byKind, kind)
      if (cache !== undefined) increment(byCache, cache)
    },
    drop: () => {
      dropped += 1
    },
    summarise: (nowMs) => {
      const seconds = Math.max(nowMs - startMs, 1) / 1000
      return {
        seconds: round(seconds),
        answered,
        failed,
        dropped,
        rps: round(answered / seconds),
        by_status: Object.fromEntries(byStatus),
        by_kind: Object.fromEntries(byKind),
        cache_hit_ratio: hitRatio(byCache),
        p50_ms: durations.quantile(0.5),
        p95_ms: durations.quantile(0.95),
        p99_ms: durations.quantile(0.99),
      }
    },
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function hitRatio(byCache: ReadonlyMap<string, number>): number | null {
  const total = [...byCache.values()].reduce((sum, count) => sum + count, 0)
  return total === 0 ? null : round((byCache.get('HIT') ?? 0) / total)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
