/** How far a zone's clocks are ahead of UTC (ms) at an epoch ms, by Intl alone: what faci's own answers are held to. */
export function intlOffset(timezone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    ...({timeZone: timezone, hourCycle: 'h23'} as const),
    ...({year: 'numeric', month: 'numeric', day: 'numeric'} as const),
    ...({hour: 'numeric', minute: 'numeric', second: 'numeric'} as const),
  })
  return (at) => {
    const parts = format.formatToParts(at)
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? NaN)
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    return local - Math.floor(at / 1000) * 1000
  }
}
