import type {Series} from '../promql/sample.js'

/** A firing: from when it had been true for long enough to when it was no longer. Seconds since the epoch. */
export interface FiringEpisode {
  readonly from: number
  readonly to: number
}

export interface BacktestRule {
  readonly forSeconds: number
  /** Between two evaluations. */
  readonly stepSeconds: number
}

/** When an alert on one series would have fired, had it been evaluated every `stepSeconds`; the times are those at which it was true. */
export function firingEpisodes(
  times: readonly number[],
  {forSeconds, stepSeconds}: BacktestRule,
): readonly FiringEpisode[] {
  const episodes: FiringEpisode[] = []
  let activeSince: number | null = null
  for (const [index, at] of times.entries()) {
    activeSince ??= at
    const next = times[index + 1]
    const isLast = next === undefined || next - at > stepSeconds * 1.5
    if (!isLast) continue
    const waited = Math.ceil(forSeconds / stepSeconds) * stepSeconds
    if (at - activeSince >= waited) episodes.push({from: activeSince + waited, to: at + stepSeconds})
    activeSince = null
  }
  return episodes
}

export interface BacktestCount {
  readonly firings: number
  readonly firingSeconds: number
}

/** Of all series of an alert's expression together. */
export function backtest(series: readonly Series[], rule: BacktestRule): BacktestCount {
  const episodes = series.flatMap(({points}) =>
    firingEpisodes(
      points.map(({at}) => at),
      rule,
    ),
  )
  return {firings: episodes.length, firingSeconds: episodes.reduce((sum, {from, to}) => sum + (to - from), 0)}
}
