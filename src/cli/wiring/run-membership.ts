import {isReadOnly} from '../process/read-only.js'

/** Set for a `faci` inside a runbook's block: the run's token, and whether the block may only look. */
export function runMembership(environment: NodeJS.ProcessEnv): {
  readonly runToken: string | null
  readonly readOnly: boolean
} {
  const token = environment['FACI_RUN_TOKEN'] ?? ''
  return {runToken: token === '' ? null : token, readOnly: isReadOnly(environment)}
}
