const SECONDS = /^\d{1,10}$/
const MILLISECONDS = 1000

/** Seconds from `now` on that a `Retry-After` asks for, written as seconds or as a date of HTTP; null where it says nothing of use. */
export function retryAfterSeconds(value: string | undefined, now: Date): number | null {
  const text = value?.trim() ?? ''
  if (SECONDS.test(text)) return Number(text)
  if (!/^[A-Z][a-z]{2}/.test(text)) return null
  const seconds = Math.ceil((Date.parse(text) - now.getTime()) / MILLISECONDS)
  return Number.isNaN(seconds) ? null : Math.max(0, seconds)
}
