import type {Finding} from '../../findings/finding.js'
import {RULES} from './rules.js'
import type {PlacedFault, RunbookFault} from './runbook-fault.js'

export type RunbookFinding = Finding<RunbookFault>

/** A fault, the file it is in, and whether it makes the runbook invalid. */
export function findingIn(file: string, fault: PlacedFault): RunbookFinding {
  return {file, severity: RULES[fault.rule].severity, ...fault}
}
