import type {Container} from '../stack/container.js'
import type {SignalTargets} from './reading.js'
import type {Sample} from './sample.js'

/** What the machine has, for containers without limits: asked for beside the signals, by name, of the node exporter. */
export const MACHINE = [
  {
    name: 'machineCores',
    expression: (): string => 'min(count by (job, instance) (node_cpu_seconds_total{mode="idle"}))',
  },
  {name: 'machineMemory', expression: (): string => 'min(node_memory_MemTotal_bytes)'},
] as const

function share(ratio: number | null | undefined, limits: readonly (number | null)[]): number | null {
  const known = limits.filter((limit) => limit !== null)
  return ratio == null || known.length === 0 ? null : ratio * Math.min(...known)
}

/**
 * The CPU and memory targets, given as ratios, in cores and bytes: shares of the smallest limit among the containers of
 * `services`, which is the machine's where a container has none. Null while neither is known.
 */
export function saturationTargets(
  targets: SignalTargets,
  containers: readonly Container[],
  services: readonly string[],
  samples: readonly Sample[],
): SignalTargets {
  const watched = containers.filter(({service}) => services.includes(service))
  const [cores, memory] = MACHINE.map(({name}) => samples.find(({labels}) => labels['signal'] === name)?.value ?? null)
  return {
    ...targets,
    cpu: share(
      targets['cpu'],
      watched.map(({cpuLimitCores}) => cpuLimitCores ?? cores ?? null),
    ),
    memory: share(
      targets['memory'],
      watched.map(({memoryLimitBytes}) => memoryLimitBytes ?? memory ?? null),
    ),
  }
}
