import {jobMatchers, type Scope, selector} from '../promql/promql.js'

/** Prometheus has looked at it for this long before anything that it has no figures of is taken for what nobody measures. */
const KNOWN_SECONDS = 600

/** How many targets of the service are up, and were so a while ago. */
export function knownTargetsQuery(scope: Scope): string {
  const up = `up${selector(jobMatchers(scope))}`
  return `count((${up} == 1) and (${up} offset ${String(KNOWN_SECONDS)}s == 1))`
}
