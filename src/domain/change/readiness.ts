import {ending, hasEnded, judgeContainer} from '../stack/container-state.js'
import type {Container} from '../stack/container.js'
import type {Probe} from '../stack/health.js'
import {isCrashLooping} from '../stack/steadiness.js'
import type {ReadinessReason, WellWhy} from './reason.js'

/** Whether a service has come to what was expected of it. `failed` is final: waiting longer won't help; `unknown` was not seen. */
export interface Readiness {
  readonly state: 'ready' | 'waiting' | 'failed' | 'unknown'
  readonly reason: ReadinessReason
}

export interface ServiceSight {
  /** Its containers now. */
  readonly containers: readonly Container[]
  /** How many should run; null for all of its containers, at least one. */
  readonly replicas: number | null
  /** faci's own probe of its `health:` entry; null when it has none. */
  readonly probe: Probe | null
  /** Whether exit code 0 is a good end of it; null when that cannot be told. Asked only of one whose containers have all ended so. */
  readonly mayFinish: boolean | null
  readonly now: Date
}

const ready = (why: WellWhy): Readiness => ({state: 'ready', reason: {why}})
const waiting = (reason: ReadinessReason): Readiness => ({state: 'waiting', reason})
const failed = (reason: ReadinessReason): Readiness => ({state: 'failed', reason})

/** Why a container will not come up any more; null while it may. An unhealthy one may still become healthy. */
function fatal(container: Container, {probe, now}: ServiceSight): ReadinessReason | null {
  const {name, state, exitCode, restartCount} = container
  if (isCrashLooping(container, now)) return {why: 'keepsRestarting', container: name, restartCount}
  const isOver = state === 'dead' || (state === 'exited' && (exitCode !== 0 || probe !== null))
  return isOver ? {why: 'container', container: name, reason: ending(container)} : null
}

/** As `status` judges it, so that both say the same of one moment. */
function dockerReadiness(containers: readonly Container[], {now}: ServiceSight): Readiness {
  for (const container of containers) {
    const {verdict, reason} = judgeContainer(container, {now, mayFinish: false, answers: false})
    if (verdict !== 'healthy' && reason !== null) return waiting({why: 'container', container: container.name, reason})
  }
  return ready(containers.every(({health}) => health === 'healthy') ? 'healthy' : 'running')
}

function probedReadiness(probe: Probe, containers: readonly Container[], sight: ServiceSight): Readiness {
  if (probe.reason !== null) return waiting({why: 'probe', reason: probe.reason})
  // A probe reaches one replica; that the others serve too is for Docker's health check to say.
  return containers.length > 1 ? dockerReadiness(containers, sight) : ready('healthy')
}

/** Of one that ended with exit code 0: as `status` judges it. */
function endedReadiness(containers: readonly Container[], {mayFinish}: ServiceSight): Readiness {
  if (mayFinish === true) return ready('finished')
  const names = containers.map(({name}) => name)
  if (mayFinish === null) return {state: 'unknown', reason: {why: 'endedPerhapsAJob', containers: names}}
  return failed({why: 'endedThoughNoJob', containers: names})
}

/** Whether a service that should run is up: by faci's own probe, else by Docker's health check, else by running. */
export function readinessOf(sight: ServiceSight): Readiness {
  const {containers, replicas, probe} = sight
  const why = containers.map((container) => fatal(container, sight)).find((reason) => reason !== null)
  if (why !== undefined) return failed(why)
  if (hasEnded(containers)) return endedReadiness(containers, sight)
  const running = containers.filter(({state}) => state === 'running')
  // Compose makes as many as the file asks for: each container that it left must run.
  const wanted = replicas ?? Math.max(1, containers.length)
  if (running.length < wanted) return waiting({why: 'tooFewRunning', running: running.length, wanted})
  return probe === null ? dockerReadiness(running, sight) : probedReadiness(probe, running, sight)
}

/** Whether a service that should be stopped, or removed, is. */
export function goneness(expected: 'stopped' | 'removed', containers: readonly Container[]): Readiness {
  const left = containers.filter(({state}) => expected === 'removed' || state === 'running' || state === 'restarting')
  if (left.length === 0) return ready(expected)
  return waiting({why: 'stillThere', left: left.map(({name: container, state}) => ({container, state}))})
}
