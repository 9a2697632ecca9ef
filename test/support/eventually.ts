/** Tries until it does not throw, at most `seconds`; then throws what it threw last. */
export async function eventually<T>(work: () => T | Promise<T>, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}
