import {type FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {CertificateError} from '../../domain/stack/certificate-error.js'
import {
  type EndpointHealth,
  endpointVerdict,
  type HealthReport,
  type HealthEndpoint,
  judgeAnswer,
  judgeExit,
  latencySummary,
  type Probe,
  type ProbeOutcome,
} from '../../domain/stack/health.js'
import type {ProbeReason} from '../../domain/stack/reason.js'
import {worstState} from '../../domain/verdict.js'
import type {Clock} from '../../ports/clock.js'
import type {HealthProber} from '../../ports/health-prober.js'

function unanswered(outcome: ProbeOutcome, reason: ProbeReason): Probe {
  return {outcome, status: null, latencySeconds: null, reason}
}

/** Why there was no answer. */
export function noAnswer(error: FaciError): ProbeReason {
  return error instanceof CertificateError
    ? {why: 'certificate', ...error.fault}
    : {why: 'noAnswer', message: error.message}
}

/** Asks as the entry says. Errors: those of the prober. */
async function askEndpoint(prober: HealthProber, {name, url, timeoutSeconds, probe}: HealthEndpoint): Promise<Probe> {
  if (probe?.kind === 'tcp') {
    const {host, port} = probe
    const latencySeconds = await prober.connect({host, port, timeoutSeconds})
    return {outcome: 'healthy', reason: null, status: null, latencySeconds}
  }
  if (probe?.kind === 'exec') {
    const answer = await prober.run({service: name, command: probe.command, timeoutSeconds})
    if (answer.exitCode === null) return unanswered('unreachable', {why: 'noAnswer', message: answer.message})
    return {...judgeExit(answer), status: null, latencySeconds: answer.durationSeconds}
  }
  const answer = await prober.send({method: 'GET', url, headers: {}, timeoutSeconds})
  return {...judgeAnswer(answer, probe?.expect), status: answer.status, latencySeconds: answer.durationSeconds}
}

/** One question; whatever goes wrong is an outcome, only an interruption is thrown. */
export async function probeOnce(prober: HealthProber, endpoint: HealthEndpoint): Promise<Probe> {
  try {
    return await askEndpoint(prober, endpoint)
  } catch (error) {
    rethrowBugOrInterrupt(error)
    // Without a way there, an answer that can be read, or an engine that runs the command, nothing was seen of how the service is.
    const isUnseen = error.code === 'noRoute' || error.code === 'badAnswer' || endpoint.probe?.kind === 'exec'
    return unanswered(isUnseen ? 'unknown' : 'unreachable', noAnswer(error))
  }
}

async function probeMany(
  {prober, clock}: {readonly prober: HealthProber; readonly clock: Clock},
  endpoint: HealthEndpoint,
  {count, intervalSeconds}: {readonly count: number; readonly intervalSeconds: number},
): Promise<EndpointHealth> {
  const probes: Probe[] = []
  for (let made = 0; made < count; made += 1) {
    if (made > 0) await clock.sleep(intervalSeconds)
    probes.push(await probeOnce(prober, endpoint))
  }
  const {name, url} = endpoint
  return {name, url, verdict: endpointVerdict(probes), probes, latency: latencySummary(probes)}
}

/** Probes every endpoint at once, `count` times each. Without endpoints the verdict is unknown. */
export async function probeHealth(
  deps: {readonly prober: HealthProber; readonly clock: Clock},
  input: {readonly endpoints: readonly HealthEndpoint[]; readonly count: number; readonly intervalSeconds: number},
): Promise<Result<HealthReport>> {
  const endpoints = await Promise.all(input.endpoints.map((endpoint) => probeMany(deps, endpoint, input)))
  const verdict = worstState(endpoints.map((endpoint) => endpoint.verdict))
  const warnings = endpoints.length === 0 ? ['faci.yml has no health: endpoints'] : []
  return {verdict, data: {endpoints}, warnings}
}

/** The entries that answer as healthy at this moment. */
export async function answeringEndpoints(
  prober: HealthProber,
  endpoints: readonly HealthEndpoint[],
): Promise<ReadonlySet<string>> {
  const probes = await Promise.all(endpoints.map((endpoint) => probeOnce(prober, endpoint)))
  return new Set(endpoints.filter((_, index) => probes[index]?.outcome === 'healthy').map(({name}) => name))
}
