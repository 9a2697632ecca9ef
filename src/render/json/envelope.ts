import type {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import type {Verdict} from '../../domain/verdict.js'

/** What `--json` prints, exactly once, on stdout. Keys camelCase, ratios 0..1, durations in seconds, times ISO 8601 UTC. */
export interface Envelope<D> {
  readonly schema: string
  readonly generatedAt: string
  readonly verdict: Verdict
  readonly warnings?: readonly string[]
  readonly data: D
}

export interface ErrorEnvelope {
  readonly schema: 'faci.error/v1'
  readonly error: {readonly code: string; readonly message: string; readonly suggestions: readonly string[]}
}

export function envelope<D>(name: string, result: Result<D>, now: Date): Envelope<D> {
  const warnings = result.warnings ?? []
  return {
    schema: `faci.${name}/v1`,
    generatedAt: now.toISOString(),
    verdict: result.verdict,
    ...(warnings.length > 0 ? {warnings} : {}),
    data: result.data,
  }
}

export function errorEnvelope(error: Pick<FaciError, 'message' | 'suggestions'> & {code: string}): ErrorEnvelope {
  return {schema: 'faci.error/v1', error: {code: error.code, message: error.message, suggestions: error.suggestions}}
}
