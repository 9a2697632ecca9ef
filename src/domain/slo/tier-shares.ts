import {TIERS, tierProblem, tierThreshold} from './burn-tiers.js'
import type {Objective} from './objective.js'

/** The share of bad events above which the fastest tier fires. */
export function fastestThreshold({windowSeconds}: Objective, budget: number): number {
  const [fastest] = TIERS
  return fastest === undefined ? 1 : Math.min(1, tierThreshold(fastest, windowSeconds, budget))
}

/** Of events that are bad: a third more than a ticket needs, where half as much again would page; to what so many events can show. */
export function slowShare({windowSeconds}: Objective, budget: number): number {
  const [, , ticket] = TIERS
  if (ticket === undefined || tierProblem(ticket, windowSeconds, budget) !== null) return Math.min(0.9, 4 * budget)
  const threshold = tierThreshold(ticket, windowSeconds, budget)
  return Math.min((4 / 3) * threshold, (1 + threshold) / 2)
}
