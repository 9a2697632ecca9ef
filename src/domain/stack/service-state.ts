import {type StateVerdict, worstState} from '../verdict.js'
import type {Container} from './container.js'

export interface ServiceState {
  readonly service: string
  readonly verdict: StateVerdict
  readonly containers: readonly Container[]
  /** Why it is not healthy. */
  readonly reason: string | null
}

const READY = new Set(['healthy', 'none'])

function containerVerdict(container: Container): StateVerdict {
  if (container.state !== 'running') return 'down'
  if (READY.has(container.health)) return 'healthy'
  return container.health === 'starting' ? 'degraded' : 'down'
}

function containerReason(container: Container): string | null {
  const {state, health, exitCode, outOfMemory, replica} = container
  const who = `#${replica}`
  if (state === 'running') return READY.has(health) ? null : `${who} ${health}`
  if (state === 'exited') return `${who} exited with ${exitCode ?? '?'}${outOfMemory ? ', out of memory' : ''}`
  return `${who} ${state}`
}

/** The state of a service: some replicas bad is degraded, all bad is down. */
function serviceState(service: string, containers: readonly Container[]): ServiceState {
  const verdicts = containers.map(containerVerdict)
  const worst = worstState(verdicts)
  const verdict = worst === 'down' && verdicts.some((one) => one !== 'down') ? 'degraded' : worst
  const reasons = containers.flatMap((container) => containerReason(container) ?? [])
  return {service, verdict, containers, reason: reasons.length === 0 ? null : reasons.join(', ')}
}

/** Containers of a project by service, in the order given. */
export function serviceStates(containers: readonly Container[]): readonly ServiceState[] {
  const services = [...new Set(containers.map(({service}) => service))]
  return services.map((service) =>
    serviceState(
      service,
      containers.filter((container) => container.service === service),
    ),
  )
}
