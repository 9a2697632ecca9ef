import type {StackChange} from '../domain/change/change.js'
import type {ExpectedService} from '../domain/stack/expected-service.js'
import type {ConfigurationHashes, ServiceDefinition} from '../domain/stack/service-definition.js'

export interface ComposeTool {
  /** As typed: `docker compose` or `docker-compose`. */
  readonly command: string
  readonly version: string
}

export interface ComposeModel {
  /** Enabled services, without those of profiles that are off. */
  readonly services: readonly string[]
  /** Services that only run under a profile. */
  readonly profiled: readonly string[]
  /** What the enabled ones should come to, by name. */
  readonly expected: readonly ExpectedService[]
}

/** The model, and what the containers of each service, also of profiles that are off, would be made of now. */
export interface ComposeDefinitions {
  readonly model: ComposeModel
  readonly definitions: readonly ServiceDefinition[]
}

/** What should be there. Errors: as `Compose`. */
export interface StackModel {
  readonly model: () => Promise<ComposeModel>
}

interface ChangeOutcome {
  readonly ok: boolean
  readonly exitCode: number | null
  readonly durationSeconds: number
  /** The last lines the tool printed, masked. */
  readonly output: readonly string[]
}

/**
 * Changes the service through the Compose CLI: `docker compose` v2, else `docker-compose` 1.29.
 * Errors: `toolMissing` (with what to install), `timedOut`, `interrupted`, `configInvalid` (the Compose file).
 */
export interface Compose extends StackModel {
  readonly tool: () => Promise<ComposeTool>
  readonly definitions: () => Promise<ComposeDefinitions>
  /** What would be made for this change, to compare with what is there; none where Compose cannot tell. */
  readonly hashes: (change: StackChange) => Promise<ConfigurationHashes>
  /** The command that `apply` would run, for plans: an argument array. */
  readonly plan: (change: StackChange) => Promise<readonly string[]>
  /** Calls `onLine` with every line printed; a non-zero exit is an outcome, not an error. */
  readonly apply: (change: StackChange, onLine: (line: string) => void, signal?: AbortSignal) => Promise<ChangeOutcome>
}
