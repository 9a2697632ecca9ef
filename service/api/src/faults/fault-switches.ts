import type {FaultEndpoint} from '../metrics/endpoints.js'
import {FAULT_ENDPOINTS} from '../metrics/endpoints.js'
import type {FaultPatch, FaultState} from './fault-state.js'
import {NO_FAULTS, mergeFaults} from './fault-state.js'
import type {MemoryBallast} from './memory-ballast.js'

/** What the traffic port asks about each request. */
export interface ActiveFaults {
  delayMs(endpoint: string): number
  /** The status to fail with; undefined for a request to be served. */
  failureStatus(endpoint: string): number | undefined
  cacheIsOff(): boolean
  healthIsFailing(): boolean
}

export interface FaultSwitches extends ActiveFaults {
  state(): FaultState
  heldMiB(): number
  apply(patch: FaultPatch): void
  reset(): void
}

interface SwitchDeps {
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly ballast: MemoryBallast
}

export function createFaultSwitches({random, ballast}: SwitchDeps): FaultSwitches {
  let state = NO_FAULTS
  return {
    state: () => state,
    heldMiB: () => ballast.heldMiB(),
    apply: (patch) => {
      state = mergeFaults(state, patch)
      if (patch.memory === null) ballast.release()
      else if (patch.memory !== undefined) ballast.grow(state.memory)
    },
    reset: () => {
      state = NO_FAULTS
      ballast.release()
    },
    delayMs: (endpoint) => {
      const fault = latencyFor(state, endpoint)
      return fault !== undefined && random() < fault.ratio ? fault.ms : 0
    },
    failureStatus: (endpoint) => {
      const {ratio, endpoints, status} = state.errors
      return isFaultEndpoint(endpoint) && endpoints.includes(endpoint) && random() < ratio ? status : undefined
    },
    cacheIsOff: () => state.cache === 'off',
    healthIsFailing: () => state.health === 'failing',
  }
}

function latencyFor({latency}: FaultState, endpoint: string): FaultState['latency']['*'] {
  if (!isFaultEndpoint(endpoint)) return undefined
  return latency[endpoint] ?? (endpoint === '/health' ? undefined : latency['*'])
}

function isFaultEndpoint(endpoint: string): endpoint is FaultEndpoint {
  return (FAULT_ENDPOINTS as readonly string[]).includes(endpoint)
}
