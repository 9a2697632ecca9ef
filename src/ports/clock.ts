export interface Clock {
  /** The wall clock. */
  readonly now: () => Date
  /** Monotonic seconds from an arbitrary origin; for measuring durations. */
  readonly monotonicSeconds: () => number
  /** Resolves after `seconds`; rejects with the signal's reason when it aborts first. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>
}
