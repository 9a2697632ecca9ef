import {describe, expect, it} from 'vitest'
import type {Stats} from '../../../../src/adapters/docker/engine-answers.js'
import {toContainerStats} from '../../../../src/adapters/docker/to-container-stats.js'

const STATS: Stats = {
  cpu_stats: {cpu_usage: {total_usage: 1_500_000_000}, system_cpu_usage: 104_000_000_000, online_cpus: 4},
  precpu_stats: {cpu_usage: {total_usage: 1_000_000_000}, system_cpu_usage: 100_000_000_000, online_cpus: 4},
  memory_stats: {usage: 100, limit: 1000, stats: {inactive_file: 30}},
  networks: {eth0: {rx_bytes: 1, tx_bytes: 2}, eth1: {rx_bytes: 10, tx_bytes: 20}},
  blkio_stats: {
    io_service_bytes_recursive: [
      {op: 'Read', value: 5},
      {op: 'write', value: 7},
      {op: 'Total', value: 12},
    ],
  },
  pids_stats: {current: 3},
}

describe('toContainerStats', () => {
  it('counts cores between the two samples, and leaves out what the cache can give back', () => {
    expect(toContainerStats('id', STATS, null)).toEqual({
      containerId: 'id',
      cpuCores: 0.5,
      cpuAvailableCores: 4,
      memoryBytes: 70,
      memoryLimitBytes: 1000,
      networkReceivedBytes: 11,
      networkSentBytes: 22,
      blockReadBytes: 5,
      blockWrittenBytes: 7,
      processes: 3,
    })
  })

  it.each([
    ['cgroup v1', {total_inactive_file: 40, inactive_file: 1}, 60],
    ['cgroup v2', {inactive_file: 40}, 60],
    ['a cache that is larger than the usage', {inactive_file: 400}, 100],
    ['no details', null, 100],
  ])('takes memory of %s', (_, stats, bytes) => {
    const memory = {usage: 100, limit: 1000, stats}
    expect(toContainerStats('id', {...STATS, memory_stats: memory}, 0.5)).toMatchObject({
      memoryBytes: bytes,
      cpuAvailableCores: 0.5,
    })
  })

  it('takes for unknown what no controller counts: cgroup v2 without memory or CPU', () => {
    const none = {...STATS, memory_stats: {}, cpu_stats: {...STATS.cpu_stats, cpu_usage: {total_usage: 0}}}
    expect(toContainerStats('id', none, null)).toMatchObject({
      memoryBytes: null,
      memoryLimitBytes: null,
      cpuCores: null,
    })
    const zero = {...STATS, memory_stats: {usage: 0, limit: 0}, cpu_stats: {...STATS.cpu_stats, online_cpus: 0}}
    expect(toContainerStats('id', zero, null)).toMatchObject({
      ...{memoryBytes: null, memoryLimitBytes: null, cpuCores: null, cpuAvailableCores: null},
    })
    expect(toContainerStats('id', {...STATS, memory_stats: {usage: 100}}, null)).toMatchObject({
      ...{memoryBytes: 100, memoryLimitBytes: null},
    })
  })

  it('is null without a first sample, and has its CPU unknown when no time has passed or it began again', () => {
    const first = {cpu_usage: {total_usage: 0}}
    expect(toContainerStats('id', {...STATS, precpu_stats: first}, null)).toBeNull()
    expect(toContainerStats('id', {...STATS, precpu_stats: STATS.cpu_stats}, null)).toMatchObject({cpuCores: null})
    const earlier = {...STATS.precpu_stats, cpu_usage: {total_usage: 9_000_000_000}}
    expect(toContainerStats('id', {...STATS, precpu_stats: earlier}, null)).toMatchObject({cpuCores: null})
  })
})
