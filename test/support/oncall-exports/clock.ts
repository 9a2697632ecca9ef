/** Wall clocks by Intl alone, so that what is compared with faci's shares nothing with it. */

const DAY_MS = 86_400_000

export interface TestClock {
  /** Of a time that comes twice. A time that is skipped is as much later as clocks skip. */
  readonly first: (wall: number) => number
  readonly last: (wall: number) => number
  readonly wall: (at: number) => number
}

export function testClock(zone: string): TestClock {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric'},
    ...{hour: 'numeric', minute: 'numeric', second: 'numeric'},
  })
  const wall = (at: number): number => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({type, value}) => [type, Number(value)]))
    const {year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0} = parts
    return Date.UTC(year, month - 1, day, hour, minute, second)
  }
  const known = new Map<number, readonly [number, number]>()
  const both = (time: number): readonly [number, number] => {
    const before = known.get(time)
    if (before !== undefined) return before
    const offsets = [time - DAY_MS, time + DAY_MS].map((at) => wall(at) - at)
    const met = offsets.map((offset) => time - offset).filter((at) => wall(at) === time)
    // Skipped: what clocks would have shown, had they not been put forward yet.
    const none = time - (offsets[0] ?? 0)
    const found = [met.length === 0 ? none : Math.min(...met), met.length === 0 ? none : Math.max(...met)] as const
    known.set(time, found)
    return found
  }
  return {wall, first: (time) => both(time)[0], last: (time) => both(time)[1]}
}
