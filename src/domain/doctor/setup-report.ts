import type {Verdict} from '../verdict.js'

/** `warning` works, but not as meant; `failed` is wrong; `unknown` cannot be seen. */
export type SetupState = 'ok' | 'warning' | 'failed' | 'unknown' | 'notConfigured'

export interface SetupItem {
  readonly name: string
  readonly state: SetupState
  readonly detail: string
  /** What to type or do next; null when nothing is to be done. */
  readonly next: string | null
}

export interface SetupReport {
  readonly items: readonly SetupItem[]
}

/** Something wrong outweighs something unseen; a warning alone is not a failure. */
export function setupVerdict(items: readonly SetupItem[]): Verdict {
  if (items.some(({state}) => state === 'failed')) return 'bad'
  return items.some(({state}) => state === 'unknown') ? 'unknown' : 'ok'
}
