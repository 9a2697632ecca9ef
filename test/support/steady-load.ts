const WISHES = [60_000, 75_000, 90_000, 105_000].map((max) => JSON.stringify({use: 'city', budget: {max}}))

export interface SteadyLoad {
  readonly stop: () => Promise<void>
}

/** A few buyers who ask for the same again and again: a cache that works answers almost all of them. */
export function steadyLoad(apiUrl: string, requestsPerSecond = 20): SteadyLoad {
  const open = new Set<Promise<void>>()
  let asked = 0
  const timer = setInterval(() => {
    asked += 1
    const body = WISHES[asked % WISHES.length] ?? ''
    const request = fetch(`${apiUrl}/recommend`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body,
      signal: AbortSignal.timeout(5000),
    })
      .then((answer) => answer.arrayBuffer())
      .then(
        () => undefined,
        // The service may be away for a moment: that is what the tests are about.
        () => undefined,
      )
    open.add(request)
    void request.then(() => open.delete(request))
  }, 1000 / requestsPerSecond)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(open)
    },
  }
}
