import type {TierProblem} from './slo-note.js'

/** The windows over which burn rates are told, seconds. */
export const BURN_WINDOWS: readonly number[] = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200]

/**
 * An alert tier (SRE workbook, ch. 5, table 5-8; the third is SoundCloud's): it fires while both windows burn faster than
 * spends `budgetFraction` of the budget in `longSeconds`.
 */
export interface Tier {
  readonly severity: 'page' | 'ticket'
  readonly longSeconds: number
  /** A twelfth of the long one: the alert ends soon after the burning does. */
  readonly shortSeconds: number
  readonly budgetFraction: number
  /** How long it must hold, as in the kubernetes-mixin. */
  readonly forSeconds: number
}

export const TIERS: readonly Tier[] = [
  {severity: 'page', longSeconds: 3600, shortSeconds: 300, budgetFraction: 0.02, forSeconds: 120},
  {severity: 'page', longSeconds: 21_600, shortSeconds: 1800, budgetFraction: 0.05, forSeconds: 900},
  {severity: 'ticket', longSeconds: 86_400, shortSeconds: 7200, budgetFraction: 0.1, forSeconds: 3600},
  {severity: 'ticket', longSeconds: 259_200, shortSeconds: 21_600, budgetFraction: 0.1, forSeconds: 10_800},
]

function exact(value: number): number {
  return Number(value.toPrecision(12))
}

/** `budgetFraction · period / long`: 14.4, 6, 3 and 1 for 30 days. */
export function burnFactor({budgetFraction, longSeconds}: Tier, periodSeconds: number): number {
  return exact((budgetFraction * periodSeconds) / longSeconds)
}

/** The error ratio above which the tier fires. From 1 on it never can. */
export function tierThreshold(tier: Tier, periodSeconds: number, budget: number): number {
  return exact(burnFactor(tier, periodSeconds) * budget)
}

/** So few events in the long window that a single bad one trips the tier: `ceil(1 / threshold)`. */
export function fewestEvents(tier: Tier, periodSeconds: number, budget: number): number {
  return Math.ceil(exact(1 / tierThreshold(tier, periodSeconds, budget)))
}

/** Why a tier is of no use for an objective; null when it is of use. */
export function tierProblem(tier: Tier, periodSeconds: number, budget: number): TierProblem | null {
  const factor = burnFactor(tier, periodSeconds)
  const threshold = tierThreshold(tier, periodSeconds, budget)
  const tierSeconds = tier.longSeconds
  if (threshold >= 1) return {why: 'neverFires', tierSeconds, factor, budget: exact(budget), threshold}
  return factor < 1 ? {why: 'firesBelowOne', tierSeconds, factor, windowSeconds: periodSeconds} : null
}
