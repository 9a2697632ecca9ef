import type {Config} from '../../config/config.js'
import {promDuration, type Scope} from '../../domain/promql/promql.js'
import {refusedIn} from '../../domain/slo/event-queries.js'

/** Whose signals, over how long; what is refused before it reaches the service as the objectives count it. */
export function signalScope({prometheus, slos}: Pick<Config, 'prometheus' | 'slos'>, windowSeconds: number): Scope {
  const indicators = slos.map(({indicator}) => indicator)
  const told = indicators.flatMap((one) => (one.kind === 'errors' && one.refused !== undefined ? [one.refused] : []))
  const [refused] = told
  const scope = {job: prometheus?.job ?? null, windowSeconds}
  if (refused === undefined) return scope
  return {...scope, refused: `(${refusedIn(refused, `[${promDuration(windowSeconds)}]`)}) / ${String(windowSeconds)}`}
}
