import {describe, expect, it} from 'vitest'
import type {ContainerStats} from '../../../../src/domain/stack/container.js'
import {PLAIN} from '../../../../src/render/text/style.js'
import {statsText} from '../../../../src/render/text/stats.js'
import {measureContainers} from '../../../../src/usecases/stack/measure-containers.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeEngine} from '../../../support/fakes/engine.js'

const TARGETS = {cpuRatio: 0.7, memoryRatio: 0.8}
const API = aContainer({memoryLimitBytes: 1000})

function statsOf(containerId: string, overrides: Partial<ContainerStats> = {}): ContainerStats {
  return {
    containerId,
    cpuCores: 0.5,
    cpuAvailableCores: 2,
    memoryBytes: 400,
    memoryLimitBytes: 1000,
    networkReceivedBytes: 1,
    networkSentBytes: 2,
    blockReadBytes: 3,
    blockWrittenBytes: 4,
    processes: 5,
    ...overrides,
  }
}

function measure(containers: readonly (typeof API)[], stats: readonly ContainerStats[], project = 'faciliauto') {
  return measureContainers({engine: fakeEngine(containers, {stats})}, {project, services: [], targets: TARGETS})
}

describe('measureContainers', () => {
  it('is healthy within the targets', async () => {
    const result = await measure([API], [statsOf(API.id)])
    expect(result.verdict).toBe('healthy')
    expect(result.data.containers[0]).toMatchObject({
      saturation: 'within',
      cpu: {ratio: 0.25, isLimited: false},
      memory: {ratio: 0.4, isLimited: true},
    })
    expect(statsText(result, PLAIN)).toContain('within targets')
  })

  it.each([
    ['CPU', {cpuCores: 1.5}, 'CPU over 70'],
    ['memory', {memoryBytes: 900}, 'memory over 80'],
  ])('is degraded when %s is above its target, and says which', async (_, overrides, text) => {
    const result = await measure([API], [statsOf(API.id, overrides)])
    expect(result.verdict).toBe('degraded')
    expect(statsText(result, PLAIN)).toContain(text)
  })

  it('does not judge a stopped container, and is unknown when a running one has no figures', async () => {
    const stopped = aContainer({service: 'redis', state: 'exited'})
    expect((await measure([API, stopped], [statsOf(API.id)])).verdict).toBe('healthy')
    const result = await measure([API, aContainer({replica: 2})], [statsOf(API.id)])
    expect(result.verdict).toBe('unknown')
    expect(statsText(result, PLAIN)).toContain('not measured')
    expect((await measure([stopped], [])).verdict).toBe('unknown')
  })

  it('says that there are no containers', async () => {
    const result = await measure([], [])
    expect(result).toMatchObject({verdict: 'unknown', warnings: ['project faciliauto has no containers: faci up']})
    expect(statsText(result, PLAIN)).toBe('')
  })
})
