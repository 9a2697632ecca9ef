const DAY = 86_400
const HOUR = 3600
const MINUTE = 60

const SPANS: readonly (readonly [string, number])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', 1],
]

/** Whole units, the two largest that are not zero: `2d 3h`, `4m 5s`, `5m`. */
export function span(value: number): string {
  const whole = Math.round(value)
  const first = SPANS.findIndex(([, size]) => whole >= size)
  if (first === -1) return '0s'
  const pairs = SPANS.slice(first, first + 2).map(([unit, size], index, pair) => {
    const rest = index === 0 ? whole : whole % (pair[0]?.[1] ?? 1)
    return {unit, count: Math.floor(rest / size)}
  })
  return pairs
    .filter(({count}) => count > 0)
    .map(({unit, count}) => `${count}${unit}`)
    .join(' ')
}
