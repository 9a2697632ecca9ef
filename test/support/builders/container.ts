import type {Container} from '../../../src/domain/stack/container.js'

export function aContainer(container: Partial<Container> = {}): Container {
  return {
    id: 'c1',
    name: 'shop_api_1',
    service: 'api',
    project: 'shop',
    replica: 1,
    state: 'running',
    health: 'healthy',
    image: 'shop-api:1',
    imageId: 'sha256:1',
    createdAt: '2026-01-01T10:00:00.000Z',
    startedAt: '2026-01-01T10:00:01.000Z',
    finishedAt: null,
    exitCode: null,
    outOfMemory: false,
    restartCount: 0,
    memoryLimitBytes: null,
    cpuLimitCores: null,
    workingDirectory: null,
    tty: false,
    ...container,
  }
}
