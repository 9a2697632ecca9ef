import {FaciError} from '../../domain/errors.js'
import type {PlannedService} from '../../domain/stack/change-plan.js'
import type {ServiceOutcome} from '../../domain/stack/change-report.js'
import {hasEnded} from '../../domain/stack/container-state.js'
import type {Container} from '../../domain/stack/container.js'
import {mayFinish} from '../../domain/stack/expected-service.js'
import type {HealthEndpoint, Probe} from '../../domain/stack/health.js'
import {goneness, readinessOf} from '../../domain/stack/readiness.js'
import type {Readiness} from '../../domain/stack/readiness.js'
import type {Clock} from '../../ports/clock.js'
import type {StackModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {Http} from '../../ports/http.js'
import type {LogSource} from '../../ports/log-source.js'
import {probeOnce} from './probe-health.js'
import {lastLines} from './last-lines.js'

export interface AwaitServicesDeps {
  readonly engine: Engine
  readonly http: Http
  readonly logs: LogSource
  readonly clock: Clock
  readonly compose: StackModel
}

export interface AwaitedServices {
  readonly project: string
  readonly services: readonly PlannedService[]
  /** Entries of `health:`; one that has a service's name is its probe. */
  readonly endpoints: readonly HealthEndpoint[]
  readonly timeoutSeconds: number
}

const POLL_SECONDS = 0.2
const LOG_LINES = 10

/** Passes on an interruption; anything else that a backend can't tell for a moment decides nothing. */
async function orProblem<T>(asked: Promise<T>): Promise<T | FaciError> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return error
  }
}

function probeOf(deps: AwaitServicesDeps, wanted: AwaitedServices, service: PlannedService): Promise<Probe | null> {
  const endpoint = wanted.endpoints.find(({name}) => name === service.service)
  if (endpoint === undefined || service.expected !== 'running') return Promise.resolve(null)
  return probeOnce(deps.http, endpoint)
}

/** Compose is asked only where it matters: it takes half a second, and almost nothing that is waited for comes to an end. */
async function finishes({compose}: AwaitServicesDeps, service: string): Promise<boolean | null> {
  const model = await orProblem(compose.model())
  return model instanceof FaciError ? null : mayFinish(service, model.expected)
}

async function judge(
  deps: AwaitServicesDeps,
  service: PlannedService,
  all: readonly Container[] | FaciError,
  probe: Probe | null,
): Promise<Readiness> {
  if (all instanceof FaciError) return {state: 'waiting', detail: all.message}
  const containers = all.filter((container) => container.service === service.service)
  if (service.expected !== 'running') return goneness(service.expected, containers)
  const ends = hasEnded(containers) ? await finishes(deps, service.service) : null
  return readinessOf({containers, replicas: service.replicas, probe, mayFinish: ends, now: deps.clock.now()})
}

interface Sight {
  readonly service: PlannedService
  readonly readiness: Readiness
  readonly afterSeconds: number
}

/** Looks at all services that are not settled yet, at once. */
async function look(
  deps: AwaitServicesDeps,
  wanted: AwaitedServices,
  services: readonly PlannedService[],
  start: number,
): Promise<readonly Sight[]> {
  const [all, ...probes] = await Promise.all([
    orProblem(deps.engine.containers(wanted.project)),
    ...services.map((service) => probeOf(deps, wanted, service)),
  ])
  const afterSeconds = deps.clock.monotonicSeconds() - start
  return Promise.all(
    services.map(async (service, index) => {
      const readiness = await judge(deps, service, all, probes[index] ?? null)
      return {service, readiness, afterSeconds}
    }),
  )
}

async function logOf(deps: AwaitServicesDeps, project: string, service: string): Promise<readonly string[]> {
  const containers = await orProblem(deps.engine.containers(project))
  if (containers instanceof FaciError) return []
  const container = containers.find((candidate) => candidate.service === service)
  const lines = container === undefined ? [] : await orProblem(lastLines(deps.logs, container, LOG_LINES))
  return lines instanceof FaciError ? [] : lines
}

/** Waits for every service to come to what is expected of it, or until it is clear that one won't. */
export async function awaitServices(
  deps: AwaitServicesDeps,
  wanted: AwaitedServices,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<readonly ServiceOutcome[]> {
  const start = deps.clock.monotonicSeconds()
  const settled = new Map<string, ServiceOutcome>()
  // Ends when `timeoutSeconds` are over at the latest: by then each service is settled; a look has the deadlines of its backends.
  for (;;) {
    signal.throwIfAborted()
    const open = wanted.services.filter(({service}) => !settled.has(service))
    const sights = await look(deps, wanted, open, start)
    const waiting = sights.filter(({readiness}) => readiness.state === 'waiting')
    if (waiting.length > 0)
      note(waiting.map(({service, readiness}) => `${service.service}: ${readiness.detail}`).join(', '))
    for (const {service, readiness, afterSeconds} of sights) {
      if (readiness.state === 'waiting' && afterSeconds < wanted.timeoutSeconds) continue
      const needsLog = readiness.state !== 'ready' && service.expected === 'running'
      const log = needsLog ? await logOf(deps, wanted.project, service.service) : []
      settled.set(service.service, {service: service.service, ...readiness, afterSeconds, log})
    }
    if (settled.size === wanted.services.length) break
    await deps.clock.sleep(POLL_SECONDS, signal)
  }
  return wanted.services.flatMap(({service}) => settled.get(service) ?? [])
}
