import type {RunMode} from '../../domain/journal/events.js'
import type {RunStatus} from '../../domain/journal/run-status.js'
import type {Environment} from '../../domain/environment.js'
import type {ConditionState} from '../../domain/condition-state.js'
import type {ItemReport, RunReport} from '../../domain/execution/run-report.js'
import type {Verdict} from '../../domain/verdict.js'

/** A row of the table at the top. */
type TranscriptFact =
  | 'by'
  | 'duration'
  | 'ended'
  | 'evidence'
  | 'incomplete'
  | 'inputs'
  | 'mode'
  | 'operator'
  | 'outcome'
  | 'project'
  | 'run'
  | 'runbook'
  | 'secretInputs'
  | 'service'
  | 'started'
  | 'summary'

/** What a run's Markdown says beside what happened in it, in one language. */
export interface TranscriptWords {
  readonly facts: Readonly<Record<TranscriptFact, string>>
  readonly outcome: (outcome: RunReport['outcome']) => string
  /** How it ended, as the exit code has it, or how far it is. */
  readonly ended: (ended: Verdict | RunStatus) => string
  readonly item: (outcome: ItemReport['outcome']) => string
  readonly role: (role: ItemReport['role']) => string
  readonly state: (state: ConditionState) => string
  readonly attempts: (attempts: number) => string
  /** With one digit. */
  readonly seconds: (seconds: number) => string
  readonly stillRunning: string
  readonly noEnd: string
  /** What a query without data answered. */
  readonly noData: string
  readonly inFolder: (project: string, directory: string) => string
  readonly mode: (mode: RunMode, force: boolean) => string
  readonly secret: string
  readonly environment: (environment: Environment) => string
  readonly tornLines: (lines: number) => string
  readonly resolved: string
  readonly timeline: {readonly title: string; readonly when: string; readonly since: string; readonly what: string}
  readonly joined: string
  /** Who did something. */
  readonly by: string
  readonly gate: string
  readonly seen: (times: number) => string
}
