import type {Verdict} from './verdict.js'

/**
 * What a use case answers: plain, readonly, serialisable data and the verdict from which the exit code follows.
 * Text, JSON and Markdown are only ways to look at it. `warnings` go to stderr and into the JSON.
 */
export interface Result<D> {
  readonly verdict: Verdict
  readonly data: D
  readonly warnings?: readonly string[]
}
