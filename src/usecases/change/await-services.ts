import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {ChangeWords} from '../../domain/change/change-words.js'
import type {PlannedService} from '../../domain/change/change-plan.js'
import type {ServiceOutcome} from '../../domain/change/change-report.js'
import {hasEnded} from '../../domain/stack/container-state.js'
import type {Container} from '../../domain/stack/container.js'
import {mayFinish} from '../../domain/stack/expected-service.js'
import type {HealthEndpoint, Probe} from '../../domain/stack/health.js'
import {goneness, readinessOf} from '../../domain/change/readiness.js'
import type {Readiness} from '../../domain/change/readiness.js'
import type {SeenReason} from '../../domain/change/reason.js'
import type {Clock} from '../../ports/clock.js'
import type {StackModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {LogSource} from '../../ports/log-source.js'
import {probeOnce} from '../stack/probe-health.js'
import {lastLines} from './last-lines.js'

export interface AwaitServicesDeps {
  readonly engine: Engine
  readonly prober: HealthProber
  readonly logs: LogSource
  readonly clock: Clock
  readonly compose: StackModel
  /** Of what it says while it waits. */
  readonly words: ChangeWords
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
    rethrowBugOrInterrupt(error)
    return error
  }
}

function probeOf(deps: AwaitServicesDeps, wanted: AwaitedServices, service: PlannedService): Promise<Probe | null> {
  const endpoint = wanted.endpoints.find(({name}) => name === service.service)
  if (endpoint === undefined || service.expected !== 'running') return Promise.resolve(null)
  return probeOnce(deps.prober, endpoint)
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
  if (all instanceof FaciError) return {state: 'unknown', reason: {why: 'unseen', message: all.message, before: null}}
  const containers = all.filter((container) => container.service === service.service)
  if (service.expected !== 'running') return goneness(service.expected, containers)
  const ends =
    hasEnded(containers) && containers.every(({exitCode}) => exitCode === 0)
      ? await finishes(deps, service.service)
      : null
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

/** What was seen of the services so far. */
interface Watch {
  /** Since when each is ready without a break, in seconds from the start. */
  readonly readySince: Map<string, number>
  /** The last thing that was seen of each. */
  readonly seen: Map<string, SeenReason>
  /** Those that will not come up any more. */
  readonly failed: Map<string, Sight>
}

function take({readySince, seen, failed}: Watch, sights: readonly Sight[]): void {
  for (const sight of sights) {
    const {service, readiness, afterSeconds} = sight
    if (readiness.state !== 'ready') readySince.delete(service.service)
    else if (!readySince.has(service.service)) readySince.set(service.service, afterSeconds)
    const {reason} = readiness
    if (reason.why !== 'unseen' && reason.why !== 'told') seen.set(service.service, reason)
    if (readiness.state === 'failed') failed.set(service.service, sight)
  }
}

async function outcomeOf(
  deps: AwaitServicesDeps,
  project: string,
  {service, readiness, afterSeconds}: Sight,
  {readySince, seen}: Watch,
): Promise<ServiceOutcome> {
  const name = service.service
  const needsLog = readiness.state !== 'ready' && service.expected === 'running'
  const log = needsLog ? await logOf(deps, project, name) : []
  const before = seen.get(name) ?? null
  const reason = readiness.reason.why === 'unseen' ? {...readiness.reason, before} : readiness.reason
  return {service: name, state: readiness.state, reason, afterSeconds: readySince.get(name) ?? afterSeconds, log}
}

/**
 * Waits until one look finds every service at what is expected of it, or it is clear that some won't come to it. One that was ready is
 * looked at again with the others: it may have crashed while they came up.
 */
export async function awaitServices(
  deps: AwaitServicesDeps,
  wanted: AwaitedServices,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<readonly ServiceOutcome[]> {
  const start = deps.clock.monotonicSeconds()
  const watch: Watch = {readySince: new Map(), seen: new Map(), failed: new Map()}
  // Ends when `timeoutSeconds` are over at the latest; a look has the deadlines of its backends.
  for (;;) {
    signal.throwIfAborted()
    const open = wanted.services.filter(({service}) => !watch.failed.has(service))
    const sights = await look(deps, wanted, open, start)
    take(watch, sights)
    const left = sights.filter(({readiness: {state}}) => state === 'waiting' || state === 'unknown')
    if (left.length === 0 || deps.clock.monotonicSeconds() - start >= wanted.timeoutSeconds) {
      const all = wanted.services.map(
        (one) => sights.find(({service}) => service === one) ?? watch.failed.get(one.service),
      )
      const told = all.map((sight) => (sight === undefined ? [] : [outcomeOf(deps, wanted.project, sight, watch)]))
      return Promise.all(told.flat())
    }
    note(left.map(({service, readiness}) => `${service.service}: ${deps.words.readiness(readiness.reason)}`).join(', '))
    await deps.clock.sleep(POLL_SECONDS, signal)
  }
}
