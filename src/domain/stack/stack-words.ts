import type {StateVerdict} from '../verdict.js'
import type {ContainerReason, ProbeReason} from './reason.js'
import type {ServiceState} from './service-state.js'

/** What is said of containers, services and endpoints, in one language. */
export interface StackWords {
  readonly verdict: Readonly<Record<StateVerdict, string>>
  readonly container: (reason: ContainerReason) => string
  /** Why it is as it is; its verdict where there is nothing else to say. */
  readonly service: (state: Pick<ServiceState, 'reasons' | 'verdict'>) => string
  readonly probe: (reason: ProbeReason) => string
}
