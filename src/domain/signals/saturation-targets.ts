import type {Container} from '../stack/container.js'
import {jobMatchers, type Scope, selector} from '../promql/promql.js'
import type {SignalTargets} from './reading.js'
import type {Sample} from '../promql/sample.js'

/**
 * What there is for CPU and memory to be shares of, asked for beside the signals, by name: the memory limit that the service
 * itself tells, else what the machine has, of the node exporter.
 */
export const LIMITS = [
  {
    of: 'cpu',
    name: 'cpuLimit',
    expression: (): string => 'min(count by (job, instance) (node_cpu_seconds_total{mode="idle"}))',
  },
  {
    of: 'memory',
    name: 'memoryLimit',
    expression: (scope: Scope): string =>
      `(min(process_memory_limit_bytes${selector(jobMatchers(scope))}) or min(node_memory_MemTotal_bytes))`,
  },
] as const

function share(ratio: number | null, limits: readonly (number | null)[]): number | null {
  const known = limits.filter((limit) => limit !== null)
  return ratio === null || known.length === 0 ? null : ratio * Math.min(...known)
}

/**
 * The CPU and memory targets, given as ratios, in cores and bytes: shares of the smallest limit among `containers`, where those are
 * known and have one, else of what Prometheus told. Null while nothing is known, and when they were looked for and not seen (`null`):
 * the machine's memory is no target of a container that may have a limit.
 */
export function saturationTargets(
  targets: SignalTargets,
  samples: readonly Sample[],
  containers: readonly Container[] | null = [],
): SignalTargets {
  if (containers === null) return {...targets, cpu: null, memory: null}
  const told = (name: (typeof LIMITS)[number]['name']): number | null =>
    samples.find(({labels}) => labels['signal'] === name)?.value ?? null
  const limits = (of: (container: Container) => number | null, otherwise: number | null): readonly (number | null)[] =>
    containers.length === 0 ? [otherwise] : containers.map((container) => of(container) ?? otherwise)
  return {
    ...targets,
    cpu: share(
      targets.cpu,
      limits(({cpuLimitCores}) => cpuLimitCores, told('cpuLimit')),
    ),
    memory: share(
      targets.memory,
      limits(({memoryLimitBytes}) => memoryLimitBytes, told('memoryLimit')),
    ),
  }
}
