import type {StateVerdict} from '../verdict.js'
import type {ProbeReason} from './reason.js'

export type ProbeOutcome = 'healthy' | 'degraded' | 'failing' | 'unreachable'

/** An entry of faci.yml's `health:`. */
export interface HealthEndpoint {
  readonly name: string
  readonly url: string
  readonly timeoutSeconds: number
}

/** One request to a health endpoint. */
export interface Probe {
  readonly outcome: ProbeOutcome
  /** null when there was no answer. */
  readonly status: number | null
  readonly latencySeconds: number | null
  /** Why it is not healthy. */
  readonly reason: ProbeReason | null
}

export interface EndpointHealth {
  readonly name: string
  readonly url: string
  readonly verdict: StateVerdict
  readonly probes: readonly Probe[]
  /** The median of an even number of answers is the mean of the middle two; null without an answer. */
  readonly latency: {readonly minSeconds: number; readonly medianSeconds: number; readonly maxSeconds: number} | null
}

export interface HealthReport {
  readonly endpoints: readonly EndpointHealth[]
}

/** The state of an endpoint from all its probes: some bad is degraded, all bad is down, none made is unknown. */
export function endpointVerdict(probes: readonly Probe[]): StateVerdict {
  if (probes.length === 0) return 'unknown'
  const good = probes.filter(({outcome}) => outcome === 'healthy').length
  if (good === probes.length) return 'healthy'
  const served = probes.filter(({outcome}) => outcome === 'healthy' || outcome === 'degraded').length
  return served > 0 ? 'degraded' : 'down'
}

export function latencySummary(probes: readonly Probe[]): EndpointHealth['latency'] {
  const sorted = probes.flatMap(({latencySeconds}) => latencySeconds ?? []).sort((first, second) => first - second)
  const min = sorted[0]
  const max = sorted.at(-1)
  const low = sorted[Math.floor((sorted.length - 1) / 2)]
  const high = sorted[Math.ceil((sorted.length - 1) / 2)]
  if (min === undefined || max === undefined || low === undefined || high === undefined) return null
  return {minSeconds: min, medianSeconds: (low + high) / 2, maxSeconds: max}
}

/** What an answer means: 2xx is healthy unless its JSON says `degraded`; anything else is failing. */
export function judgeAnswer(status: number, body: string): {outcome: ProbeOutcome; reason: ProbeReason | null} {
  const said = statedStatus(body)
  if (status >= 200 && status < 300) {
    return said === 'degraded'
      ? {outcome: 'degraded', reason: {why: 'saysDegraded'}}
      : {outcome: 'healthy', reason: null}
  }
  return {outcome: 'failing', reason: {why: 'httpStatus', status, says: said}}
}

function statedStatus(body: string): string | null {
  return /^\s*\{.*?"status"\s*:\s*"([a-z]{1,20})"/is.exec(body)?.[1]?.toLowerCase() ?? null
}
