import type {ContainerStats} from '../../domain/stack/container.js'
import type {Stats} from './engine-answers.js'

/** Zero and less stand for what is not told: without its controller the kernel counts nothing, and limits nothing. */
function positive(value: number | null | undefined): number | null {
  return typeof value === 'number' && value > 0 ? value : null
}

/** The engine's own figures: nanoseconds of CPU the container and the whole host used between the two samples. */
function cpuCores({cpu_stats: now, precpu_stats: before}: Stats): number | null {
  const hostCores = positive(now.online_cpus)
  // What runs has used some: nothing is counted.
  if (hostCores === null || now.cpu_usage.total_usage === 0) return null
  const container = now.cpu_usage.total_usage - before.cpu_usage.total_usage
  const host = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0)
  // No time between the two, or one of them from before a restart, tells nothing.
  return host <= 0 || container < 0 ? null : (container / host) * hostCores
}

/** Without the page cache that can be dropped, as the Docker CLI counts: cgroup v1 `total_inactive_file`, v2 `inactive_file`. */
function workingSet({usage, stats}: Stats['memory_stats']): number | null {
  const used = positive(usage)
  if (used === null) return null
  const cache = stats?.['total_inactive_file'] ?? stats?.['inactive_file'] ?? 0
  return cache < used ? used - cache : used
}

function transferred(stats: Stats, operation: 'read' | 'write'): number {
  const transfers = stats.blkio_stats?.io_service_bytes_recursive ?? []
  return transfers.filter(({op}) => op.toLowerCase() === operation).reduce((sum, {value}) => sum + value, 0)
}

/** Of one that has stopped there is no second sample. */
function isRunning({cpu_stats: now, precpu_stats: before}: Stats): boolean {
  return typeof now.system_cpu_usage === 'number' && typeof before.system_cpu_usage === 'number'
}

/** null when there are no two samples: the container stopped meanwhile. */
export function toContainerStats(
  containerId: string,
  stats: Stats,
  cpuLimitCores: number | null,
): ContainerStats | null {
  if (!isRunning(stats)) return null
  const networks = Object.values(stats.networks ?? {})
  return {
    containerId,
    cpuCores: cpuCores(stats),
    cpuAvailableCores: cpuLimitCores ?? positive(stats.cpu_stats.online_cpus),
    memoryBytes: workingSet(stats.memory_stats),
    memoryLimitBytes: positive(stats.memory_stats.limit),
    networkReceivedBytes: networks.reduce((sum, {rx_bytes: bytes}) => sum + bytes, 0),
    networkSentBytes: networks.reduce((sum, {tx_bytes: bytes}) => sum + bytes, 0),
    blockReadBytes: transferred(stats, 'read'),
    blockWrittenBytes: transferred(stats, 'write'),
    processes: stats.pids_stats?.current ?? 0,
  }
}
