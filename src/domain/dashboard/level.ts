/** The share of a target from which on a figure is near it. */
export const NEAR = 0.8

export type Level = 'good' | 'near' | 'bad'

/** How a value stands to its target: on the wrong side of it, near it, or well. Without a target it is neither. */
export function levelOf(value: number, target: number | null, good: 'below' | 'above'): Level {
  if (target === null) return 'good'
  if (good === 'above') return value < target ? 'bad' : 'good'
  if (value > target) return 'bad'
  return value >= NEAR * target ? 'near' : 'good'
}
