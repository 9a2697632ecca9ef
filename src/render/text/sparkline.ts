import {greatest, least} from '../../domain/extremes.js'

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** Values as bars, as many as there are but at most `width` (the mean of each bin); a gap where there is no value. */
export function sparkline(values: readonly number[], width: number): string {
  const finite = values.filter((value) => Number.isFinite(value))
  if (finite.length === 0) return ''
  const low = least(finite)
  const high = greatest(finite)
  const count = Math.min(values.length, Math.max(1, width))
  const start = (bin: number): number => Math.floor((bin * values.length) / count)
  const bins = Array.from({length: count}, (_unused, bin) =>
    values.slice(start(bin), start(bin + 1)).filter((value) => Number.isFinite(value)),
  )
  return bins
    .map((bin) => {
      if (bin.length === 0) return ' '
      const mean = bin.reduce((sum, value) => sum + value, 0) / bin.length
      const level = high === low ? (high === 0 ? 0 : 3) : Math.round(((mean - low) / (high - low)) * (BARS.length - 1))
      return BARS[level] ?? ' '
    })
    .join('')
}
