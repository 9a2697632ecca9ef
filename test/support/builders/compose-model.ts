import type {ComposeModel, StackModel} from '../../../src/ports/compose.js'

/** A Compose file with these services, one of each, none of them a job. */
export function aModel(services: readonly string[], overrides: Partial<ComposeModel> = {}): ComposeModel {
  const expected = services.map((service) => ({service, replicas: 1, isJob: false}))
  return {services, profiled: [], expected, ...overrides}
}

export function aStackModel(services: readonly string[], overrides: Partial<ComposeModel> = {}): StackModel {
  return {model: () => Promise.resolve(aModel(services, overrides))}
}
