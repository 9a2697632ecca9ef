import type {Verdict} from '../../verdict.js'
import type {RunbookFinding} from './runbook-finding.js'

/** Something that `--live` could not look at, and why. */
export interface NotChecked {
  readonly check: 'services' | 'metrics' | 'urls' | 'tools' | 'freshness'
  readonly reason: string
}

// Its findings are data, or words.
export interface LintReport<Found extends Pick<RunbookFinding, 'severity'> = RunbookFinding> {
  /** The runbooks that were looked at. */
  readonly runbooks: readonly string[]
  readonly live: boolean
  readonly findings: readonly Found[]
  readonly notChecked: readonly NotChecked[]
}

/** An error is certain; what could not be looked at may be anything. Warnings alone are fine. */
export function lintVerdict({findings, notChecked}: LintReport<Pick<RunbookFinding, 'severity'>>): Verdict {
  if (findings.some(({severity}) => severity === 'error')) return 'invalid'
  return notChecked.length > 0 ? 'unknown' : 'ok'
}
