import type {StateVerdict} from '../verdict.js'
import type {ProbeReason} from './reason.js'
import {statedHealth} from './stated-health.js'

/** `unknown`: it answers, and says that it does not know. */
export type ProbeOutcome = 'healthy' | 'degraded' | 'failing' | 'unknown' | 'unreachable'

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

/** What a health endpoint answered; header names are in lower case. */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface HealthReport {
  readonly endpoints: readonly EndpointHealth[]
}

/** The state of an endpoint from all its probes: some bad is degraded, all bad is down, none made is unknown. */
export function endpointVerdict(probes: readonly Probe[]): StateVerdict {
  const outcomes = probes.map(({outcome}) => outcome)
  if (outcomes.every((outcome) => outcome === 'healthy' || outcome === 'unknown'))
    return outcomes.length === 0 || outcomes.includes('unknown') ? 'unknown' : 'healthy'
  const served = outcomes.some((outcome) => outcome !== 'failing' && outcome !== 'unreachable')
  return served ? 'degraded' : 'down'
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

export interface Judgement {
  readonly outcome: ProbeOutcome
  readonly reason: ProbeReason | null
}

/** Characters of where a redirect leads. */
const LONGEST_TARGET = 200

/** Where an answer sends whoever asked, as it may be shown. */
function target(location: string | undefined): string | null {
  const to = (location?.split(/[?#]/, 1)[0] ?? '').replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)[^/]*@/i, '$1')
  return to === '' ? null : to.slice(0, LONGEST_TARGET)
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304
}

/** What an answer means: by its status, and where that is good by what its body says of health, if it says anything. */
export function judgeAnswer({status, headers, body}: HttpReply): Judgement {
  if (isRedirect(status))
    return {outcome: 'failing', reason: {why: 'redirects', status, to: target(headers['location'])}}
  const said = statedHealth(body)
  if (status < 200 || status >= 300)
    return {outcome: 'failing', reason: {why: 'httpStatus', status, says: said?.word ?? null}}
  if (said === null || said.outcome === 'healthy') return {outcome: 'healthy', reason: null}
  const {outcome, word, parts} = said
  return {outcome, reason: {why: 'bodySays', status, word, parts}}
}
