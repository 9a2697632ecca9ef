import type {IsoTime} from '../time/iso-time.js'
import type {Override} from './rota.js'

export type DecisionAct = 'take' | 'swap'

/** Overrides that somebody decided together, after the rota was written. */
export interface NewDecision {
  readonly act: DecisionAct
  readonly overrides: readonly Override[]
}

export interface OverrideDecision extends NewDecision {
  /** ULID. */
  readonly id: string
  readonly at: IsoTime
  /** `ana@vm`. */
  readonly by: string
  /** Whether it was taken back. */
  readonly isWithdrawn: boolean
}

/** What they come to, behind those of the rota's file. */
export function overridesInForce(decisions: readonly OverrideDecision[]): readonly Override[] {
  return decisions.filter(({isWithdrawn}) => !isWithdrawn).flatMap(({overrides}) => overrides)
}
