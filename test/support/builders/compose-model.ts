import type {ConfigurationHashes, ServiceDefinition} from '../../../src/domain/stack/service-definition.js'
import type {ComposeModel, StackModel} from '../../../src/ports/compose.js'

/** A Compose file with these services, one of each, none of them a job. */
export function aModel(services: readonly string[], overrides: Partial<ComposeModel> = {}): ComposeModel {
  const expected = services.map((service) => ({service, replicas: 1, isJob: false, mayEnd: false}))
  return {services, profiled: [], expected, ...overrides}
}

export function aStackModel(services: readonly string[], overrides: Partial<ComposeModel> = {}): StackModel {
  return {model: () => Promise.resolve(aModel(services, overrides))}
}

/** What `aContainer` was made of. */
export function definitionsOf({services, profiled}: ComposeModel): readonly ServiceDefinition[] {
  return [...services, ...profiled].map((service) => ({
    service,
    image: `faciliauto/${service}:1`,
    refreshed: 'no',
    isBuilt: false,
    dependencies: [],
    follows: [],
  }))
}

export function hashesOf({services, profiled}: ComposeModel): ConfigurationHashes {
  const hashes = [...services, ...profiled].map((service) => [service, `hash-of-${service}`])
  return {coverImageId: false, hashes: Object.fromEntries(hashes) as Record<string, string>}
}
