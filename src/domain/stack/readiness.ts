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
  /** How often each container had been restarted before the change, by id. */
  readonly restartsBefore: ReadonlyMap<string, number>
}

/** One stumble while a dependency comes up is ordinary; Docker makes three within about a second. */
const RESTARTS_TO_GIVE_UP = 3

const ready = (detail: string): Readiness => ({state: 'ready', detail})
const waiting = (detail: string): Readiness => ({state: 'waiting', detail})
const failed = (detail: string): Readiness => ({state: 'failed', detail})

function ending({exitCode, outOfMemory}: Container): string {
  return `exited with ${exitCode ?? 'an unknown code'}${outOfMemory ? ' (out of memory)' : ''}`
}

/** Why a container will not come up any more; null while it may. */
function fatal(container: Container, {probe, restartsBefore}: ServiceSight): string | null {
  const restarts = container.restartCount - (restartsBefore.get(container.id) ?? 0)
  if (restarts >= RESTARTS_TO_GIVE_UP) return `${container.name} keeps restarting (${restarts} times so far)`
  const {state, health, exitCode} = container
  if (state === 'dead' || (state === 'exited' && (exitCode !== 0 || probe !== null)))
    return `${container.name} ${ending(container)}`
  return health === 'unhealthy' && probe === null ? `${container.name} is unhealthy, says its health check` : null
}

function dockerReadiness(containers: readonly Container[]): Readiness {
  const starting = containers.find(({health}) => health === 'starting' || health === 'unhealthy')
  if (starting !== undefined) return waiting(`${starting.name} is ${starting.health}`)
  return ready(containers.every(({health}) => health === 'healthy') ? 'healthy' : 'running')
}

function probedReadiness(probe: Probe, containers: readonly Container[]): Readiness {
  if (probe.outcome !== 'healthy') return waiting(probe.reason ?? probe.outcome)
  // A probe reaches one replica; that the others serve too is for Docker's health check to say.
  return containers.length > 1 ? dockerReadiness(containers) : ready('healthy')
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
  return probe === null ? dockerReadiness(running) : probedReadiness(probe, running)
}

/** Whether a service that should be stopped, or removed, is. */
export function goneness(expected: 'stopped' | 'removed', containers: readonly Container[]): Readiness {
  const left = containers.filter(({state}) => expected === 'removed' || state === 'running' || state === 'restarting')
  if (left.length === 0) return ready(expected)
  return waiting(left.map(({name, state}) => `${name} is ${state}`).join(', '))
}
