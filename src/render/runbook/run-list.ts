import type {ListedRun, RunList} from '../../domain/execution/run-list.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'
import {verdictIcon, verdictText} from '../text/verdict.js'

const COLUMNS = [
  {title: 'RUN'},
  {title: 'WHEN', align: 'right'},
  {title: 'WHAT', whole: true},
  {title: 'OUTCOME', whole: true},
  {title: 'TOOK', align: 'right', spare: 2},
  {title: 'OPERATOR', spare: 3},
  {title: 'RESOLVED BY', spare: 1},
] as const

const OUTCOMES: Readonly<Record<NonNullable<ListedRun['outcome']>, string>> = {
  resolved: 'resolved',
  alreadyResolved: 'already resolved',
  rolledBack: 'rolled back, healthy',
  rollbackFailed: 'rollback failed',
  unresolved: 'not resolved',
  unknown: 'cannot be verified',
  refused: 'refused',
  interrupted: 'interrupted',
  diagnosed: 'diagnosed',
}

function outcome({status, outcome: how, verdict}: ListedRun, style: Style): string {
  if (status === 'running') return style.accent('▶ running')
  if (status === 'interrupted' || verdict === null) return style.warn('■ no end recorded')
  if (how === null) return verdictText(verdict, style)
  const undelivered = verdict === 'undelivered' ? ', notice undelivered' : ''
  return `${verdictIcon(verdict, style)} ${OUTCOMES[how]}${undelivered}`
}

/** The newest runs of runbooks, one a line; what to type for one of them. */
export function runListText(result: Result<RunList>, style: Style): string {
  return listed(result, 'faci runbook runs RUN', style)
}

/** Direct changes too. */
export function allRunsText(result: Result<RunList>, style: Style): string {
  return listed(result, 'faci runs RUN', style)
}

function listed({data}: Result<RunList>, next: string, style: Style): string {
  if (data.runs.length === 0) return style.dim('no runs')
  const now = Date.parse(data.at)
  const rows = data.runs.map((run) => [
    run.runId,
    `${span(Math.max(0, (now - Date.parse(run.startedAt)) / 1000))} ago`,
    style.bold(run.what),
    outcome(run, style),
    seconds(run.durationSeconds),
    run.operator,
    run.resolvedBy ?? '',
  ])
  return `${table(COLUMNS, rows, style)}\n\n${style.dim('Show one:')} ${style.accent(next)}`
}
