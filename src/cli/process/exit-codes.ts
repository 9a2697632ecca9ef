import type {ErrorCode} from '../../domain/errors.js'
import type {Verdict} from '../../domain/verdict.js'

/** The one table of exit codes: help, README and tests read it. */
export const EXIT_CODES = [
  {code: 0, meaning: 'done / healthy'},
  {code: 1, meaning: 'a bug in faci'},
  {code: 2, meaning: 'usage: unknown command, flag, service, runbook'},
  {code: 3, meaning: 'the answer is bad: unhealthy, check failed, not resolved, a change that failed'},
  {code: 4, meaning: 'no answer: backend or tool unreachable, no data, data unreliable'},
  {code: 5, meaning: 'refused: needs approval, declined, no TTY, locked, production guard'},
  {code: 6, meaning: 'invalid configuration or runbook'},
  {code: 7, meaning: 'failed and rolled back, healthy again'},
  {code: 8, meaning: 'rollback failed'},
  {code: 9, meaning: 'done, but a notice is still undelivered'},
  {code: 130, meaning: 'interrupted'},
] as const

export type ExitCode = (typeof EXIT_CODES)[number]['code']

const BY_VERDICT: Readonly<Record<Verdict, ExitCode>> = {
  healthy: 0,
  ok: 0,
  degraded: 3,
  down: 3,
  bad: 3,
  unknown: 4,
  refused: 5,
  invalid: 6,
  rolledBack: 7,
  rollbackFailed: 8,
  undelivered: 9,
  interrupted: 130,
}

const BY_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  usage: 2,
  notFound: 2,
  configInvalid: 6,
  runbookInvalid: 6,
  unreachable: 4,
  noRoute: 4,
  timedOut: 4,
  badAnswer: 4,
  toolMissing: 4,
  changeFailed: 3,
  refused: 5,
  locked: 5,
  interrupted: 130,
}

export function exitCodeOfVerdict(verdict: Verdict): ExitCode {
  return BY_VERDICT[verdict]
}

export function exitCodeOfError(code: ErrorCode): ExitCode {
  return BY_ERROR[code]
}
