import type {Scope} from '../promql/promql.js'
import type {Sample} from '../promql/sample.js'

/** The requests a second that never reached the service, asked for beside the signals, by name; nothing where no metric tells. */
export function refusedQuery({refused}: Pick<Scope, 'refused'>): readonly {name: string; expression: () => string}[] {
  return refused === undefined ? [] : [{name: 'refused', expression: () => refused}]
}

const TRAFFIC = 'traffic'
const ERRORS: readonly string[] = ['errors', 'serverErrors']
/** Shares of all requests, of which those that were refused are none. */
const OTHERS: readonly string[] = ['clientErrors']

function valueOf(samples: readonly Sample[], name: string): number | null {
  const value = samples.find(({labels}) => labels['signal'] === name)?.value
  return value === undefined || !Number.isFinite(value) ? null : value
}

/** Whether the value of a signal has the refused requests in it. */
export function countsRefused(name: string): boolean {
  return [TRAFFIC, ...ERRORS, ...OTHERS].includes(name)
}

/**
 * The samples as users see the service: what was refused before it reached the service is traffic, and an error. Without any, and without
 * a metric of it, they are what they were.
 */
export function withRefused(samples: readonly Sample[]): readonly Sample[] {
  const refused = valueOf(samples, 'refused') ?? 0
  if (refused <= 0) return samples
  const reached = valueOf(samples, TRAFFIC) ?? 0
  const all = reached + refused
  const counted = [
    {name: TRAFFIC, value: all},
    ...ERRORS.map((name) => ({name, value: ((valueOf(samples, name) ?? 0) * reached + refused) / all})),
    ...OTHERS.map((name) => ({name, value: ((valueOf(samples, name) ?? 0) * reached) / all})),
  ]
  return [
    ...samples.filter(({labels}) => !countsRefused(labels['signal'] ?? '')),
    ...counted.map(({name, value}) => ({labels: {signal: name}, value})),
  ]
}
