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
  const parts = [...time.matchAll(/(\d+)(ms|[ywdhms])/g)]
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_SECONDS[unit] ?? 0), 0)
}
