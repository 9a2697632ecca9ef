import type {Labels} from '../promql/sample.js'
import type {Alert} from './alert.js'

export type AlertDescription = Pick<Alert, 'severity' | 'priority' | 'summary' | 'description' | 'runbook'>

/** As a runbook's file is called: whatever else an alert says there, nobody is told to type it. */
const RUNBOOK_NAME = /^[a-z0-9][a-z0-9_-]*$/

function runbookIn(annotations: Labels): string | null {
  const name = annotations['runbook'] ?? ''
  return RUNBOOK_NAME.test(name) ? name : null
}

/** The page that tells what to do, as others' rules name it; null for what is no address. */
export function runbookUrl(annotations: Labels): string | null {
  const url = annotations['runbook_url'] ?? ''
  return /^https?:\/\/\S+$/i.test(url) ? url : null
}

/** What the labels and annotations that faci knows say of an alert. */
export function describeAlert(labels: Labels, annotations: Labels): AlertDescription {
  return {
    severity: labels['severity'] ?? null,
    priority: labels['priority'] ?? null,
    summary: annotations['summary'] ?? null,
    description: annotations['description'] ?? null,
    runbook: runbookIn(annotations),
  }
}
