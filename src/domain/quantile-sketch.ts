/** Quantiles of a stream of numbers in bounded memory. */
export interface QuantileSketch {
  /** A value below zero counts as zero. */
  readonly add: (value: number) => void
  readonly count: () => number
  readonly max: () => number | null
  /** Within `RELATIVE_ERROR` of the value of that rank; null without values. `ratio` is 0..1. */
  readonly quantile: (ratio: number) => number | null
}

export const RELATIVE_ERROR = 0.01

/** Below this a value counts as zero: a microsecond, for seconds. */
export const SMALLEST = 1e-6

const LARGEST = 1e9
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
const LOG_GAMMA = Math.log(GAMMA)

/**
 * Counts in buckets that grow by a constant factor, as DDSketch does (Masson, Rim, Lee: VLDB 2019, §2.1), at most about 1,750 of
 * them. The rank of a quantile is `floor(ratio · (count − 1))`.
 */
export function quantileSketch(): QuantileSketch {
  const buckets = new Map<number, number>()
  let zeros = 0
  let total = 0
  let largest: number | null = null
  return {
    add: (value) => {
      total += 1
      largest = Math.max(largest ?? 0, value)
      if (value < SMALLEST) {
        zeros += 1
        return
      }
      const bucket = Math.ceil(Math.log(Math.min(value, LARGEST)) / LOG_GAMMA)
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
    },
    count: () => total,
    max: () => largest,
    quantile: (ratio) => {
      if (total === 0) return null
      const rank = Math.floor(ratio * (total - 1))
      let seen = zeros
      if (rank < seen) return 0
      const sorted = [...buckets].sort(([first], [second]) => first - second)
      const [bucket = 0] = sorted.find(([, count]) => (seen += count) > rank) ?? []
      return (2 * GAMMA ** bucket) / (GAMMA + 1)
    },
  }
}
