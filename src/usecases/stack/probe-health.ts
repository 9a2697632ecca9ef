import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {
  type EndpointHealth,
  endpointVerdict,
  type HealthReport,
  type HealthEndpoint,
  judgeAnswer,
  latencySummary,
  type Probe,
} from '../../domain/stack/health.js'
import {worstState} from '../../domain/verdict.js'
import type {Clock} from '../../ports/clock.js'
import type {Http} from '../../ports/http.js'

/** One GET; whatever goes wrong is an outcome, only an interruption is thrown. */
export async function probeOnce(http: Http, {url, timeoutSeconds}: HealthEndpoint): Promise<Probe> {
  try {
    const answer = await http.send({method: 'GET', url, headers: {}, timeoutSeconds})
    return {...judgeAnswer(answer), status: answer.status, latencySeconds: answer.durationSeconds}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {
      outcome: 'unreachable',
      status: null,
      latencySeconds: null,
      reason: {why: 'noAnswer', message: error.message},
    }
  }
}

async function probeMany(
  {http, clock}: {readonly http: Http; readonly clock: Clock},
  endpoint: HealthEndpoint,
  {count, intervalSeconds}: {readonly count: number; readonly intervalSeconds: number},
): Promise<EndpointHealth> {
  const probes: Probe[] = []
  for (let made = 0; made < count; made += 1) {
    if (made > 0) await clock.sleep(intervalSeconds)
    probes.push(await probeOnce(http, endpoint))
  }
  const {name, url} = endpoint
  return {name, url, verdict: endpointVerdict(probes), probes, latency: latencySummary(probes)}
}

/** Probes every endpoint at once, `count` times each. Without endpoints the verdict is unknown. */
export async function probeHealth(
  deps: {readonly http: Http; readonly clock: Clock},
  input: {readonly endpoints: readonly HealthEndpoint[]; readonly count: number; readonly intervalSeconds: number},
): Promise<Result<HealthReport>> {
  const endpoints = await Promise.all(input.endpoints.map((endpoint) => probeMany(deps, endpoint, input)))
  const verdict = worstState(endpoints.map((endpoint) => endpoint.verdict))
  const warnings = endpoints.length === 0 ? ['faci.yml has no health: endpoints'] : []
  return {verdict, data: {endpoints}, warnings}
}

/** The entries that answer as healthy at this moment. */
export async function answeringEndpoints(
  http: Http,
  endpoints: readonly HealthEndpoint[],
): Promise<ReadonlySet<string>> {
  const probes = await Promise.all(endpoints.map((endpoint) => probeOnce(http, endpoint)))
  return new Set(endpoints.filter((_, index) => probes[index]?.outcome === 'healthy').map(({name}) => name))
}
