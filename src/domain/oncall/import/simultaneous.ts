import type {WallTime} from '../rota.js'
import type {SourceRotation} from './source-rota.js'
import {WEEK_MINUTES, weekIntervals} from './week-windows.js'

function windowsMeet(one: SourceRotation['windows'], other: SourceRotation['windows']): boolean {
  const [a, b] = [one === null ? null : weekIntervals(one), other === null ? null : weekIntervals(other)]
  if (a === null || b === null) return (a ?? b)?.length !== 0
  return a.some(({start, end}) =>
    b.some((window) =>
      [-WEEK_MINUTES, 0, WEEK_MINUTES].some(
        (shift) => Math.max(start, window.start + shift) < Math.min(end, window.end + shift),
      ),
    ),
  )
}

/** Whether both have somebody on call at one time, from now on, and neither covers the other. */
export function areSimultaneous(one: SourceRotation, other: SourceRotation, now: WallTime): boolean {
  if (one.rank !== other.rank) return false
  const begins = Math.max(now, one.from, one.anchor, other.from, other.anchor)
  return begins < Math.min(one.until ?? Infinity, other.until ?? Infinity) && windowsMeet(one.windows, other.windows)
}
