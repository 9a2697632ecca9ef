import type {Container} from './container.js'
import type {Probe} from './health.js'

/** Whether a service has come to what was expected of it. `failed` is final: waiting longer won't help. */
export interface Readiness {
  readonly state: 'ready' | 'waiting' | 'failed'
  readonly detail: string
}

export interface ServiceSight {
  /** Its containers now. */
  readonly containers: readonly Container[]
  /** How many should run; null for at least one. */
  readonly replicas: number | null
  /** faci's own probe of its `health:` entry; null when it has none. */
  readonly probe: Probe | null
  /** The containers as they were before the change, by id. */
  readonly before: ReadonlyMap<string, Container>
  /** Since the change was made. */
  readonly afterSeconds: number
}

/** One stumble while a dependency comes up is ordinary; Docker makes three within about a second. */
const RESTARTS_TO_GIVE_UP = 3

/** A container that nobody checks is believed to be up when it has not fallen over for this long. */
const STEADY_SECONDS = 1

const ready = (detail: string): Readiness => ({state: 'ready', detail})
const waiting = (detail: string): Readiness => ({state: 'waiting', detail})
const failed = (detail: string): Readiness => ({state: 'failed', detail})

function ending({exitCode, outOfMemory}: Container): string {
  return `exited with ${exitCode ?? 'an unknown code'}${outOfMemory ? ' (out of memory)' : ''}`
}

/** Why a container will not come up any more; null while it may. */
function fatal(container: Container, {probe, before}: ServiceSight): string | null {
  const restarts = container.restartCount - (before.get(container.id)?.restartCount ?? 0)
  if (restarts >= RESTARTS_TO_GIVE_UP) return `${container.name} keeps restarting (${restarts} times so far)`
  const {state, health, exitCode} = container
  if (state === 'dead' || (state === 'exited' && (exitCode !== 0 || probe !== null)))
    return `${container.name} ${ending(container)}`
  return health === 'unhealthy' && probe === null ? `${container.name} is unhealthy, says its health check` : null
}

function dockerReadiness(containers: readonly Container[], {before, afterSeconds}: ServiceSight): Readiness {
  const starting = containers.find(({health}) => health === 'starting' || health === 'unhealthy')
  if (starting !== undefined) return waiting(`${starting.name} is ${starting.health}`)
  if (containers.every(({health}) => health === 'healthy')) return ready('healthy')
  const isNew = containers.some(({id, startedAt}) => before.get(id)?.startedAt !== startedAt)
  return isNew && afterSeconds < STEADY_SECONDS ? waiting('running, for less than a second') : ready('running')
}

function probedReadiness(probe: Probe, containers: readonly Container[], sight: ServiceSight): Readiness {
  if (probe.outcome !== 'healthy') return waiting(probe.reason ?? probe.outcome)
  // A probe reaches one replica; that the others serve too is for Docker's health check to say.
  return containers.length > 1 ? dockerReadiness(containers, sight) : ready('healthy')
}

/** Whether a service that should run is up: by faci's own probe, else by Docker's health check, else because it runs. */
export function readinessOf(sight: ServiceSight): Readiness {
  const {containers, replicas, probe} = sight
  const why = containers.map((container) => fatal(container, sight)).find((reason) => reason !== null)
  if (why !== undefined) return failed(why)
  const finished = containers.filter(({state}) => state === 'exited')
  if (containers.length > 0 && finished.length === containers.length) return ready('finished (exit code 0)')
  const running = containers.filter(({state}) => state === 'running')
  const wanted = replicas ?? 1
  if (running.length < wanted) return waiting(`${running.length} of ${wanted} running`)
  return probe === null ? dockerReadiness(running, sight) : probedReadiness(probe, running, sight)
}

/** Whether a service that should be stopped, or removed, is. */
export function goneness(expected: 'stopped' | 'removed', containers: readonly Container[]): Readiness {
  const left = containers.filter(({state}) => expected === 'removed' || state === 'running' || state === 'restarting')
  if (left.length === 0) return ready(expected)
  return waiting(left.map(({name, state}) => `${name} is ${state}`).join(', '))
}
