import type {Environment} from '../../domain/environment.js'
import {FaciError} from '../../domain/errors.js'
import type {Leases} from '../../ports/lease.js'
import type {GivenConsent} from '../consent/ask-for-consent.js'

/** What every change of Alertmanager is asked with. */
export interface AlertChangeInput extends Environment {
  /** The Compose project, whose lock a run holds. */
  readonly project: string
  readonly yes: boolean
  readonly confirm: string | null
  readonly dryRun: boolean
  /** Set inside a run's block: proves membership of the run. */
  readonly runToken: string | null
  /** Set inside a block that may only look. */
  readonly readOnly: boolean
  readonly signal: AbortSignal
}

export interface EnteredAlertChange {
  readonly runId: string | null
  readonly consent: GivenConsent
}

/** Errors: `refused` where only looking is allowed, and for a token that is not the run's. */
export async function enterAlertChange(
  {leases}: {readonly leases: Leases},
  {readOnly, dryRun, runToken, project, yes, confirm}: AlertChangeInput,
  command: string,
): Promise<EnteredAlertChange> {
  if (readOnly && !dryRun)
    throw new FaciError('refused', `faci ${command} changes something, and this block is read-only`, {
      suggestions: ['make the block {mitigate}, or look with faci alerts list'],
    })
  const runId = runToken === null ? null : (await leases.join(project, runToken)).runId
  return {runId, consent: {yes, confirm, inRun: runToken !== null}}
}
