const FIRST_SECONDS = 30
const LONGEST_SECONDS = 3600

/** Seconds before a notice is worth another try after `failures` failed ones; what the service asks for counts if it is longer. */
export function retryDelaySeconds(failures: number, askedSeconds: number | null): number {
  const own = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.max(0, failures - 1))
  return Math.max(own, askedSeconds ?? 0)
}
