import type {ContainerStats} from '../../domain/stack/container.js'
import type {Stats} from './engine-answers.js'

/** The engine's own figures: nanoseconds of CPU the container and the whole host used between the two samples. */
function cpuCores({cpu_stats: now, precpu_stats: before}: Stats): number | null {
  if (typeof now.system_cpu_usage !== 'number' || typeof before.system_cpu_usage !== 'number') return null
  const container = now.cpu_usage.total_usage - before.cpu_usage.total_usage
  const host = now.system_cpu_usage - before.system_cpu_usage
  return host <= 0 || container < 0 ? 0 : (container / host) * (now.online_cpus ?? 1)
}

/** Without the page cache that can be dropped, as the Docker CLI counts: cgroup v1 `total_inactive_file`, v2 `inactive_file`. */
function workingSet({usage, stats}: Stats['memory_stats']): number {
  const used = usage ?? 0
  const cache = stats?.['total_inactive_file'] ?? stats?.['inactive_file'] ?? 0
  return cache < used ? used - cache : used
}

function transferred(stats: Stats, operation: 'read' | 'write'): number {
  const transfers = stats.blkio_stats?.io_service_bytes_recursive ?? []
  return transfers.filter(({op}) => op.toLowerCase() === operation).reduce((sum, {value}) => sum + value, 0)
}

/** null when there are no two samples: the container stopped meanwhile. */
export function toContainerStats(
  containerId: string,
  stats: Stats,
  cpuLimitCores: number | null,
): ContainerStats | null {
  const cores = cpuCores(stats)
  if (cores === null) return null
  const networks = Object.values(stats.networks ?? {})
  return {
    containerId,
    cpuCores: cores,
    cpuAvailableCores: cpuLimitCores ?? stats.cpu_stats.online_cpus ?? 1,
    memoryBytes: workingSet(stats.memory_stats),
    memoryLimitBytes: stats.memory_stats.limit ?? 0,
    networkReceivedBytes: networks.reduce((sum, {rx_bytes: bytes}) => sum + bytes, 0),
    networkSentBytes: networks.reduce((sum, {tx_bytes: bytes}) => sum + bytes, 0),
    blockReadBytes: transferred(stats, 'read'),
    blockWrittenBytes: transferred(stats, 'write'),
    processes: stats.pids_stats?.current ?? 0,
  }
}
