import type {StackChange} from '../domain/stack/change.js'
import type {ExpectedService} from '../domain/stack/expected-service.js'

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
  /** The command that `apply` would run, for plans: an argument array. */
  readonly plan: (change: StackChange) => Promise<readonly string[]>
  /** Calls `onLine` with every line printed; a non-zero exit is an outcome, not an error. */
  readonly apply: (change: StackChange, onLine: (line: string) => void, signal?: AbortSignal) => Promise<ChangeOutcome>
}
