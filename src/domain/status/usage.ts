import type {StateVerdict} from '../verdict.js'
import type {Cause} from './cause.js'
import type {Container, ContainerStats} from '../stack/container.js'

/** Above which a container is saturated. */
export interface SaturationTargets {
  readonly cpuRatio: number
  readonly memoryRatio: number
}

type Saturation = 'within' | 'above' | 'unknown'

/** What one container uses, against what it may use. Measures are null when it does not run, or they cannot be told. */
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

type CpuUsage = NonNullable<ContainerUsage['cpu']>
type MemoryUsage = NonNullable<ContainerUsage['memory']>

/** Measures of which one half is not known say nothing: what is used of nothing is no share. */
function cpuOf({
  cpuCores: cores,
  cpuAvailableCores: availableCores,
}: ContainerStats): Omit<CpuUsage, 'isLimited'> | null {
  if (cores === null || availableCores === null || availableCores <= 0) return null
  return {cores, availableCores, ratio: cores / availableCores}
}

function memoryOf({
  memoryBytes: bytes,
  memoryLimitBytes: limitBytes,
}: ContainerStats): Omit<MemoryUsage, 'isLimited'> | null {
  if (bytes === null || limitBytes === null || limitBytes <= 0) return null
  return {bytes, limitBytes, ratio: bytes / limitBytes}
}

/** Above one target is above; within both is only what both are known of. */
function saturationOf(
  cpu: {readonly ratio: number} | null,
  memory: {readonly ratio: number} | null,
  {cpuRatio, memoryRatio}: SaturationTargets,
): Saturation {
  if ((cpu !== null && cpu.ratio > cpuRatio) || (memory !== null && memory.ratio > memoryRatio)) return 'above'
  return cpu === null || memory === null ? 'unknown' : 'within'
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
  const cpu = cpuOf(stats)
  const memory = memoryOf(stats)
  return {
    ...identity,
    saturation: saturationOf(cpu, memory, targets),
    cpu: cpu === null ? null : {...cpu, isLimited: container.cpuLimitCores !== null},
    memory: memory === null ? null : {...memory, isLimited: container.memoryLimitBytes !== null},
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
