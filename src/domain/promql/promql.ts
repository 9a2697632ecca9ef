/** A label value or string literal for PromQL: backslash, quote and newline escaped. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

/** `{job="x",status=~"5.."}`; empty without matchers. */
export function selector(matchers: readonly string[]): string {
  return matchers.length === 0 ? '' : `{${matchers.join(',')}}`
}

/** Seconds as a PromQL duration: 300 → `5m`, 90 → `90s`, 0.5 → `500ms`. */
export function promDuration(seconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ]
  const fit = units.find(([, size]) => seconds >= size && seconds % size === 0)
  return fit === undefined ? `${String(Math.round(seconds * 1000))}ms` : `${String(seconds / fit[1])}${fit[0]}`
}

/** What selects a service's series: its job, and the requests that users make (not probes or scrapes). */
export interface Scope {
  readonly job: string | null
  readonly windowSeconds: number
  /** PromQL: the requests a second over the window that never reached the service, where a metric tells. */
  readonly refused?: string
  /** Over how long counters of conversion are held against each other, instead of a day. */
  readonly conversionSeconds?: number
}

export const NOT_USERS = 'endpoint!~"/metrics|/health"'

export function jobMatchers({job}: Scope): readonly string[] {
  return job === null ? [] : [`job=${quoted(job)}`]
}

export function userMatchers(scope: Scope): readonly string[] {
  return [...jobMatchers(scope), NOT_USERS]
}
