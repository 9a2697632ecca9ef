import type {StateVerdict} from '../verdict.js'

/** Something that keeps the whole from being healthy, and what to type about it. */
export interface Cause {
  readonly what: string
  readonly verdict: Exclude<StateVerdict, 'healthy'>
  /** null when nothing is to be done but to wait. */
  readonly next: string | null
}
