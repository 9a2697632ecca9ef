import type {FaultEndpoint} from '../metrics/endpoints.js'
import {FAULT_ENDPOINTS} from '../metrics/endpoints.js'

/** `*` stands for every endpoint that buyers use; /health has to be named. */
type LatencyTarget = FaultEndpoint | '*'

interface LatencyFault {
  readonly ms: number
  /** Share of the requests that it hits, 0..1. */
  readonly ratio: number
}

interface ErrorFault {
  readonly ratio: number
  readonly endpoints: readonly FaultEndpoint[]
  readonly status: number
}

export interface MemoryFault {
  /** 0: no growth. */
  readonly growMiBPerSecond: number
  readonly maxMiB: number
}

export interface FaultState {
  readonly latency: Readonly<Partial<Record<LatencyTarget, LatencyFault>>>
  readonly errors: ErrorFault
  readonly memory: MemoryFault
  readonly cache: 'on' | 'off'
  readonly health: 'normal' | 'failing'
}

type Patch<T> = {readonly [K in keyof T]?: T[K] | null}

/** A JSON merge patch (RFC 7396) of the state: null puts back what holds without faults. */
export interface FaultPatch {
  readonly latency?: Readonly<
    Partial<Record<LatencyTarget, (Patch<LatencyFault> & {readonly ms: number}) | null>>
  > | null
  readonly errors?: Patch<ErrorFault> | null
  readonly memory?: Patch<MemoryFault> | null
  readonly cache?: FaultState['cache'] | null
  readonly health?: FaultState['health'] | null
}

export const NO_FAULTS: FaultState = {
  latency: {},
  errors: {ratio: 0, endpoints: FAULT_ENDPOINTS.filter((endpoint) => endpoint !== '/health'), status: 500},
  memory: {growMiBPerSecond: 0, maxMiB: 512},
  cache: 'on',
  health: 'normal',
}

export function mergeFaults(state: FaultState, patch: FaultPatch): FaultState {
  return {
    latency: mergeLatency(state.latency, patch.latency),
    errors: mergeMembers(state.errors, patch.errors, NO_FAULTS.errors),
    memory: mergeMembers(state.memory, patch.memory, NO_FAULTS.memory),
    cache: mergeValue(state.cache, patch.cache, NO_FAULTS.cache),
    health: mergeValue(state.health, patch.health, NO_FAULTS.health),
  }
}

function mergeValue<T>(current: T, patch: T | null | undefined, fallback: T): T {
  return patch === undefined ? current : (patch ?? fallback)
}

function mergeLatency(current: FaultState['latency'], patch: FaultPatch['latency']): FaultState['latency'] {
  if (patch === null) return NO_FAULTS.latency
  const merged = new Map(Object.entries(current))
  for (const [target, fault] of Object.entries(patch ?? {})) {
    if (fault === null) merged.delete(target)
    else merged.set(target, {ms: fault.ms, ratio: fault.ratio ?? 1})
  }
  return Object.fromEntries(merged)
}

function mergeMembers<T extends object>(current: T, patch: Patch<T> | null | undefined, defaults: T): T {
  if (patch === null) return defaults
  const names = Object.keys(defaults) as (keyof T)[]
  return names.reduce<T>(
    (merged, name) => ({...merged, [name]: mergeValue<T[typeof name]>(merged[name], patch?.[name], defaults[name])}),
    current,
  )
}
