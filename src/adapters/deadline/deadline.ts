const SLICES = 10
/** However often the process has had no turn: a bound for whoever waits. */
const LONGEST = 3

/**
 * A signal that aborts with a `TimeoutError` after so many seconds in which this process could listen. A timer alone also counts
 * the time in which a busy machine gave the process no turn, and fires before the answer is read that had come meanwhile: whoever
 * was asked would be said not to answer. Here a tenth that ends late counts twice at most, what is there is read before the end,
 * and three times the seconds are the most. Like `AbortSignal.timeout`, it keeps no process alive.
 */
export function deadline(seconds: number): AbortSignal {
  const controller = new AbortController()
  const slice = (seconds * 1000) / SLICES
  const longest = performance.now() + seconds * 1000 * LONGEST
  let before = performance.now()
  let left = seconds * 1000
  const end = (): void => {
    controller.abort(new DOMException(`no answer within ${String(seconds)} s`, 'TimeoutError'))
  }
  const pass = (): void => {
    const now = performance.now()
    left -= Math.min(now - before, 2 * slice)
    before = now
    if (left < 1 || now >= longest) setImmediate(end).unref()
    else setTimeout(pass, Math.min(slice, left)).unref()
  }
  setTimeout(pass, slice).unref()
  return controller.signal
}
