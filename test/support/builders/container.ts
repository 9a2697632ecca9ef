import type {Container} from '../../../src/domain/stack/container.js'

/** A healthy container of the API; override what a test is about. */
export function aContainer(overrides: Partial<Container> = {}): Container {
  const service = overrides.service ?? 'api'
  const replica = overrides.replica ?? 1
  const name = `faciliauto-${service}-${replica}`
  return {
    id: `id-of-${name}`,
    name,
    service,
    project: 'faciliauto',
    replica,
    state: 'running',
    health: 'none',
    image: `faciliauto/${service}:1`,
    imageId: `sha256:${service}`,
    createdAt: '2026-11-23T06:00:00.000Z',
    startedAt: '2026-11-23T06:00:01.000Z',
    finishedAt: null,
    exitCode: null,
    outOfMemory: false,
    restartCount: 0,
    memoryLimitBytes: null,
    cpuLimitCores: null,
    workingDirectory: '/srv/faciliauto',
    composeFiles: [],
    envFiles: [],
    dependsOn: [],
    composeVersion: null,
    configHash: `hash-of-${service}`,
    networkOwner: null,
    tty: false,
    ...overrides,
  }
}
