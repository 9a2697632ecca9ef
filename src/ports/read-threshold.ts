import type {AlertThreshold} from '../domain/alerts/alert-threshold.js'

/** What the expression of an alert is held against, by its syntax tree; null: its top is no comparison with a number. */
export type ReadThreshold = (expression: string) => AlertThreshold | null
