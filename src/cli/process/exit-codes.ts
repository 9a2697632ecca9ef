import type {ErrorCode} from '../../domain/errors.js'
import {EXIT, type ExitCode} from '../../domain/exit-codes.js'
import type {Verdict} from '../../domain/verdict.js'

/** What each exit code means: help, README and tests read it. */
export const EXIT_CODES = [
  {code: EXIT.ok, meaning: 'done / healthy'},
  {code: EXIT.bug, meaning: 'a bug in faci'},
  {code: EXIT.usage, meaning: 'usage: unknown command, flag, service, runbook'},
  {code: EXIT.bad, meaning: 'the answer is bad: unhealthy, check failed, not resolved, a change that failed'},
  {code: EXIT.unknown, meaning: 'no answer: backend or tool unreachable, no data, data unreliable'},
  {code: EXIT.refused, meaning: 'refused: needs approval, declined, no TTY, locked, production guard'},
  {code: EXIT.invalid, meaning: 'invalid configuration or runbook'},
  {code: EXIT.rolledBack, meaning: 'failed and rolled back, healthy again'},
  {code: EXIT.rollbackFailed, meaning: 'rollback failed'},
  {code: EXIT.undelivered, meaning: 'done, but a notice is still undelivered'},
  {code: EXIT.interrupted, meaning: 'interrupted'},
] as const satisfies readonly {readonly code: ExitCode; readonly meaning: string}[]

const BY_VERDICT: Readonly<Record<Verdict, ExitCode>> = {
  healthy: EXIT.ok,
  notJudged: EXIT.ok,
  ok: EXIT.ok,
  degraded: EXIT.bad,
  down: EXIT.bad,
  bad: EXIT.bad,
  unknown: EXIT.unknown,
  refused: EXIT.refused,
  invalid: EXIT.invalid,
  rolledBack: EXIT.rolledBack,
  rollbackFailed: EXIT.rollbackFailed,
  undelivered: EXIT.undelivered,
  interrupted: EXIT.interrupted,
}

const BY_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  usage: EXIT.usage,
  notFound: EXIT.usage,
  configInvalid: EXIT.invalid,
  runbookInvalid: EXIT.invalid,
  unreachable: EXIT.unknown,
  noRoute: EXIT.unknown,
  timedOut: EXIT.unknown,
  badAnswer: EXIT.unknown,
  toolMissing: EXIT.unknown,
  changeFailed: EXIT.bad,
  refused: EXIT.refused,
  locked: EXIT.refused,
  interrupted: EXIT.interrupted,
}

export function exitCodeOfVerdict(verdict: Verdict): ExitCode {
  return BY_VERDICT[verdict]
}

export function exitCodeOfError(code: ErrorCode): ExitCode {
  return BY_ERROR[code]
}
