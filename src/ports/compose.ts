import type {StackChange} from '../domain/change/change.js'
import type {Foretelling} from '../domain/change/foretelling.js'
import type {ExpectedService} from '../domain/stack/expected-service.js'
import type {ConfigurationHashes, ServiceDefinition} from '../domain/stack/service-definition.js'
import type {VariableUse} from '../domain/stack/variable-use.js'
import type {IsoTime} from '../domain/time/iso-time.js'

export interface ComposeTool {
  /** As typed: `docker compose` or `docker-compose`. */
  readonly command: string
  readonly version: string
}

/** What faci.yml says of the Compose project; what it leaves out is found as Compose finds it. Paths are absolute. */
export interface ComposeSetting {
  /** Where `docker compose` would be typed: the folder of faci.yml, by the name under which it was reached. */
  readonly directory: string
  readonly files: readonly string[] | null
  readonly project: string | null
  readonly envFiles: readonly string[] | null
  /** Instead of those of COMPOSE_PROFILES; empty: those. */
  readonly profiles: readonly string[]
}

/** The project that Compose would work on. Paths are absolute. */
export interface ComposePlace {
  readonly project: string
  /** Somebody has named it, in faci.yml or by COMPOSE_PROJECT_NAME: it is this one, whatever runs. */
  readonly isNamed: boolean
  /** Of the first file: relative paths are relative to it. */
  readonly directory: string
  /** In the order in which they are merged; empty: there is none. */
  readonly files: readonly string[]
  /** Instead of the `.env` in the folder; null: that one. */
  readonly envFiles: readonly string[] | null
  /** They are what Compose reads unasked: containers made so name none. */
  readonly envFilesAreUsual: boolean
  /** Those that are on. */
  readonly profiles: readonly string[]
  /** What Compose puts into its files: of the environment and of the env files. May hold secrets. */
  readonly variables: Readonly<Record<string, string | undefined>>
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

/** What its files say before variables are put in, and when they were written. */
export interface ComposeSources {
  readonly uses: readonly VariableUse[]
  readonly files: readonly {readonly file: string; readonly editedAt: IsoTime}[]
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
  /** What Compose itself says that the change would do; null where it cannot tell: v1, a build, images that are not there. */
  readonly foretell: (change: StackChange) => Promise<Foretelling | null>
  /** null when Compose cannot tell. */
  readonly sources: () => Promise<ComposeSources | null>
  /** The command that `apply` would run, for plans: an argument array. */
  readonly plan: (change: StackChange) => Promise<readonly string[]>
  /** Calls `onLine` with every line printed; a non-zero exit is an outcome, not an error. */
  readonly apply: (change: StackChange, onLine: (line: string) => void, signal?: AbortSignal) => Promise<ChangeOutcome>
}
