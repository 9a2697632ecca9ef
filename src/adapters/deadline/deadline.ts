const SLICES = 10
/** However often the process has had no turn: a bound for whoever waits. */
const LONGEST = 3

/**
 * A signal that aborts with a `TimeoutError` after so many seconds in which this process could listen. A timer alone also counts
 * the time in which a busy machine gave the process no turn, and fires before the answer is read that had come meanwhile: whoever
 * was asked would be said not to answer. Here a tenth counts once however late it ends, what is there is read before the end,
 * and three times the seconds are the most. Like `AbortSignal.timeout`, it keeps no process alive.
 */
export function deadline(seconds: number): AbortSignal {
  const controller = new AbortController()
  const slice = (seconds * 1000) / SLICES
  const longest = performance.now() + seconds * 1000 * LONGEST
  let passed = 0
  const end = (): void => {
    controller.abort(new DOMException(`no answer within ${String(seconds)} s`, 'TimeoutError'))
  }
  const pass = (): void => {
    passed += 1
    if (passed >= SLICES || performance.now() >= longest) setImmediate(end).unref()
    else setTimeout(pass, slice).unref()
  }
  setTimeout(pass, slice).unref()
  return controller.signal
}
