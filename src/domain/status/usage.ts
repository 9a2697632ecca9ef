import type {StateVerdict} from '../verdict.js'
import type {Cause} from './cause.js'
import type {Container, ContainerStats} from '../stack/container.js'

/** Above which a container is saturated. */
export interface SaturationTargets {
  readonly cpuRatio: number
  readonly memoryRatio: number
}

type Saturation = 'within' | 'above' | 'unknown'

/** What one container uses, against what it may use. Measures are null when it does not run. */
export interface ContainerUsage {
  readonly service: string
  readonly replica: number
  readonly name: string
  readonly state: Container['state']
  readonly saturation: Saturation
  readonly cpu: {
    readonly cores: number
    readonly availableCores: number
    readonly ratio: number
    readonly isLimited: boolean
  } | null
  readonly memory: {
    readonly bytes: number
    readonly limitBytes: number
    readonly ratio: number
    readonly isLimited: boolean
  } | null
  readonly network: {readonly receivedBytes: number; readonly sentBytes: number} | null
  readonly block: {readonly readBytes: number; readonly writtenBytes: number} | null
  readonly processes: number | null
}

export interface StackUsage {
  readonly project: string
  readonly targets: SaturationTargets
  readonly containers: readonly ContainerUsage[]
  /** What is wrong whatever they use, the worst first. */
  readonly causes: readonly Cause[]
}

function ratio(used: number, available: number): number {
  return available > 0 ? used / available : 0
}

export function usageOf(
  container: Container,
  stats: ContainerStats | undefined,
  targets: SaturationTargets,
): ContainerUsage {
  const {service, replica, name, state} = container
  const identity = {service, replica, name, state}
  if (stats === undefined) {
    return {...identity, saturation: 'unknown', cpu: null, memory: null, network: null, block: null, processes: null}
  }
  const cpu = ratio(stats.cpuCores, stats.cpuAvailableCores)
  const memory = ratio(stats.memoryBytes, stats.memoryLimitBytes)
  return {
    ...identity,
    saturation: cpu > targets.cpuRatio || memory > targets.memoryRatio ? 'above' : 'within',
    cpu: {
      cores: stats.cpuCores,
      availableCores: stats.cpuAvailableCores,
      ratio: cpu,
      isLimited: container.cpuLimitCores !== null,
    },
    memory: {
      bytes: stats.memoryBytes,
      limitBytes: stats.memoryLimitBytes,
      ratio: memory,
      isLimited: container.memoryLimitBytes !== null,
    },
    network: {receivedBytes: stats.networkReceivedBytes, sentBytes: stats.networkSentBytes},
    block: {readBytes: stats.blockReadBytes, writtenBytes: stats.blockWrittenBytes},
    processes: stats.processes,
  }
}

/** Of what they use only. A running container without figures is unknown. */
export function saturationVerdict(containers: readonly ContainerUsage[]): StateVerdict {
  if (containers.some(({saturation}) => saturation === 'above')) return 'degraded'
  const measured = containers.filter(({saturation}) => saturation === 'within')
  const missing = containers.some(({state, saturation}) => state === 'running' && saturation === 'unknown')
  return missing || measured.length === 0 ? 'unknown' : 'healthy'
}
