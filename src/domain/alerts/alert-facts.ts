import type {Labels} from '../promql/sample.js'

/** What is known of an alert when a runbook is looked for. */
export interface AlertFacts {
  readonly name: string
  readonly labels: Labels
  readonly annotations: Labels
}
