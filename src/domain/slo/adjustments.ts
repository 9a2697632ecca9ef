import type {Adjustment} from './objective.js'

export interface Span {
  readonly start: number
  readonly end: number
}

/** The parts of the adjustments of one objective that lie in a window, overlapping ones merged, in order. */
export function adjustedSpans(adjustments: readonly Adjustment[], objective: string, window: Span): readonly Span[] {
  const own = adjustments
    .filter(({objectives}) => objectives.length === 0 || objectives.includes(objective))
    .map(({start, end}) => ({start: Math.max(start, window.start), end: Math.min(end, window.end)}))
    .filter(({start, end}) => end > start)
    .sort((first, second) => first.start - second.start)
  const merged: Span[] = []
  for (const span of own) {
    const last = merged.at(-1)
    if (last !== undefined && span.start <= last.end) {
      merged[merged.length - 1] = {start: last.start, end: Math.max(last.end, span.end)}
    } else merged.push(span)
  }
  return merged
}
