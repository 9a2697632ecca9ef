import type {Verdict} from '../../verdict.js'
import type {BacktestCount} from '../backtest.js'
import type {AlertFinding} from './alert-finding.js'

/** How often an alert would have fired, had it been there all the time. */
export interface Backtested extends BacktestCount {
  readonly name: string
  readonly file: string
  readonly line: number
}

// Its findings are data, or words.
export interface AlertLintReport<Found extends Pick<AlertFinding, 'severity'> = AlertFinding> {
  /** The number of rules of each kind that were looked at. */
  readonly alerts: number
  readonly records: number
  readonly live: boolean
  /** The version of the promtool on PATH, which was asked too; null where there is none. */
  readonly promtool: string | null
  readonly findings: readonly Found[]
  /** Of the last `backtestSeconds`; empty without `--live`. */
  readonly backtests: readonly Backtested[]
  readonly backtestSeconds: number
  /** What `--live` could not look at, and why. */
  readonly notChecked: readonly {readonly check: 'metrics' | 'backtest'; readonly reason: string}[]
}

/** An error is certain; what could not be looked at may be anything. Warnings alone are fine. */
export function alertLintVerdict({findings, notChecked}: AlertLintReport<Pick<AlertFinding, 'severity'>>): Verdict {
  if (findings.some(({severity}) => severity === 'error')) return 'bad'
  return notChecked.length > 0 ? 'unknown' : 'ok'
}
