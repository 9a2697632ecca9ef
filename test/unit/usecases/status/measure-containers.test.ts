import {describe, expect, it} from 'vitest'
import type {ContainerStats} from '../../../../src/domain/stack/container.js'
import {PLAIN} from '../../../../src/render/text/style.js'
import {statsText} from '../../../../src/render/status/stats.js'
import {measureContainers} from '../../../../src/usecases/status/measure-containers.js'
import type {HealthEndpoint} from '../../../../src/domain/stack/health.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeEngine} from '../../../support/fakes/engine.js'
import {fakeHttp} from '../../../support/fakes/http.js'

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

function measure(
  containers: readonly (typeof API)[],
  stats: readonly ContainerStats[],
  endpoints: readonly HealthEndpoint[] = [],
  project = 'faciliauto',
) {
  const deps = {
    ...{
      runbooks: () => Promise.resolve([]),
      engine: fakeEngine(containers, {stats}),
      stackModel: aStackModel(['api'], {services: ['api', 'redis']}),
      prober: fakeHttp(() => 503),
    },
    clock: fakeClock('2026-11-23T08:00:00.000Z'),
  }
  const place = {project, directory: '/srv/faciliauto', services: [], endpoints}
  return measureContainers(deps, {...place, targets: TARGETS})
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

  it('agrees with status on what is stopped, missing, or does not answer, and says what to type', async () => {
    const stopped = aContainer({service: 'redis', state: 'exited', exitCode: 137})
    const result = await measure([API, stopped], [statsOf(API.id)])
    expect(result.verdict).toBe('degraded')
    expect(statsText(result, PLAIN)).toContain('✖ redis: #1 exited with 137  → faci start redis')
    const missing = await measure([aContainer({service: 'redis'})], [statsOf('id-of-faciliauto-redis-1')])
    expect([missing.verdict, missing.data.causes[0]?.next]).toEqual(['degraded', 'faci up api'])
    const endpoint = {name: 'api', url: 'http://localhost/health', timeoutSeconds: 1}
    expect((await measure([API], [statsOf(API.id)], [endpoint])).verdict).toBe('down')
  })

  it.each([
    ['memory that nobody counts', {memoryBytes: null, memoryLimitBytes: null}, 'memory not measured'],
    ['a limit of nothing', {memoryLimitBytes: 0}, 'memory not measured'],
    ['memory without a limit that is told', {memoryLimitBytes: null}, 'memory not measured'],
    ['a CPU that nobody counts', {cpuCores: null, cpuAvailableCores: null}, 'CPU not measured'],
    ['no cores', {cpuAvailableCores: 0}, 'CPU not measured'],
  ])('is unknown with %s, never within targets', async (_, overrides, text) => {
    const result = await measure([API], [statsOf(API.id, overrides)])
    expect(result.verdict).toBe('unknown')
    const screen = statsText(result, PLAIN)
    expect(screen).toContain(text)
    expect(screen).not.toMatch(/within targets|(?<!\d)0 B/)
  })

  it('is degraded by one measure above its target, though the other is not known', async () => {
    const result = await measure([API], [statsOf(API.id, {cpuCores: 1.9, memoryBytes: null})])
    expect(result.verdict).toBe('degraded')
  })

  it('is unknown when a running one has no figures', async () => {
    const result = await measure([API, aContainer({replica: 2})], [statsOf(API.id)])
    expect(result.verdict).toBe('unknown')
    expect(statsText(result, PLAIN)).toContain('not measured')
  })

  it('says that there are no containers', async () => {
    const result = await measure([], [])
    expect(result.verdict).toBe('down')
    expect(statsText(result, PLAIN)).toContain('✖ project faciliauto has no containers  → faci up')
  })
})
