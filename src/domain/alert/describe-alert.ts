import type {Labels} from '../signals/sample.js'
import type {Alert} from './alert.js'

export type AlertDescription = Pick<Alert, 'severity' | 'priority' | 'summary' | 'description' | 'runbook'>

/** What the labels and annotations that faci knows say of an alert. */
export function describeAlert(labels: Labels, annotations: Labels): AlertDescription {
  return {
    severity: labels['severity'] ?? null,
    priority: labels['priority'] ?? null,
    summary: annotations['summary'] ?? null,
    description: annotations['description'] ?? null,
    runbook: annotations['runbook'] ?? null,
  }
}
