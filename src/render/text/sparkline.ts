const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** Values as bars, at most `width` of them (the mean of each bin); a gap where there is no value. */
export function sparkline(values: readonly number[], width: number): string {
  const finite = values.filter((value) => Number.isFinite(value))
  if (finite.length === 0) return ''
  const low = Math.min(...finite)
  const high = Math.max(...finite)
  const size = Math.max(1, Math.ceil(values.length / Math.max(1, width)))
  const bins = Array.from({length: Math.ceil(values.length / size)}, (_unused, index) =>
    values.slice(index * size, (index + 1) * size).filter((value) => Number.isFinite(value)),
  )
  return bins
    .map((bin) => {
      if (bin.length === 0) return ' '
      const mean = bin.reduce((sum, value) => sum + value, 0) / bin.length
      const level = high === low ? 3 : Math.round(((mean - low) / (high - low)) * (BARS.length - 1))
      return BARS[level] ?? ' '
    })
    .join('')
}
