const MONTH_SECONDS = 31 * 86_400

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
}

/** `15d`, `1y2w` or `15d or 10GiB`, as Prometheus tells its retention; null where only a size bounds it. */
export function retentionSeconds(text: string): number | null {
  const time = text.split(' or ').find((part) => /^(?:\d+(?:ms|[ywdhms]))+$/.test(part.trim()))
  if (time === undefined) return null
  const parts = [...time.matchAll(/(?<!\d)(\d+)(ms|[ywdhms])/g)]
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_SECONDS[unit] ?? 0), 0)
}

/**
 * What VictoriaMetrics' page `/flags` says, one `-name="value"` a line; null when it says nothing of it. Its units are those of
 * its documentation: `M`, or a bare number, is months of 31 days.
 */
export function retentionFlagSeconds(page: string): number | null {
  const value = /^-retentionPeriod="([^"]*)"/m.exec(page)?.[1] ?? ''
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * MONTH_SECONDS
  if (!/^(?:\d+(?:\.\d+)?[shdwMy])+$/.test(value)) return null
  const parts = [...value.matchAll(/(?<![\d.])([\d.]+)([shdwMy])/g)]
  const secondsOf = (unit = ''): number => (unit === 'M' ? MONTH_SECONDS : (UNIT_SECONDS[unit] ?? 0))
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * secondsOf(unit), 0)
}
