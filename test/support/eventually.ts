const PAUSE_MILLISECONDS = 250

/** Tries until it does not throw, at most `seconds`; then throws what it threw last. Costly tries are rarer: they take a third of the time at most. */
export async function eventually<T>(work: () => T | Promise<T>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const tried = performance.now()
    try {
      return await work()
    } catch (error) {
      if (Date.now() > end) throw error
      const pause = Math.max(PAUSE_MILLISECONDS, 2 * (performance.now() - tried))
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
