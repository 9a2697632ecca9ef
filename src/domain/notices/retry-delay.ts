const FIRST_SECONDS = 30
const LONGEST_SECONDS = 3600
/** Nobody asks for more than a day in earnest. */
const LONGEST_ASKED_SECONDS = 86_400
/** Four days of hourly tries: after that a person has to say that it is still worth it. */
const MOST_ATTEMPTS = 100

/** Seconds before a notice is worth another try after `failures` failed ones; what the service asks for counts if it is longer. */
export function retryDelaySeconds(failures: number, askedSeconds: number | null): number {
  const own = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.max(0, failures - 1))
  const asked = askedSeconds === null || Number.isNaN(askedSeconds) ? 0 : askedSeconds
  return Math.max(own, Math.min(asked, LONGEST_ASKED_SECONDS))
}

export interface TriedNotice {
  readonly attempts: readonly {readonly at: string}[]
  /** ISO 8601 UTC; null: at once. */
  readonly nextTryAt: string | null
}

/** Whether it was tried so often that it is tried no more without being asked for. */
export function isGivenUp({attempts}: TriedNotice): boolean {
  return attempts.length >= MOST_ATTEMPTS
}

/** Whether it was the service that asked to wait, and the time it asked for is not over. */
export function isHeldBack(notice: TriedNotice, now: Date): boolean {
  const {attempts, nextTryAt} = notice
  const last = attempts.at(-1)
  if (last === undefined || nextTryAt === null || isDue(notice, now)) return false
  const own = retryDelaySeconds(attempts.length, null) * 1000
  return Date.parse(nextTryAt) > Date.parse(last.at) + own
}

/** Whether its next try is due. A time that is further away than any retry can be is a mistake, not a reason to wait. */
export function isDue({nextTryAt}: TriedNotice, now: Date): boolean {
  if (nextTryAt === null) return true
  const waitSeconds = (Date.parse(nextTryAt) - now.getTime()) / 1000
  return waitSeconds <= 0 || waitSeconds > LONGEST_ASKED_SECONDS
}
