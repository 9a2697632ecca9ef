import {linesOf} from '../../domain/text/visible.js'
import type {RecordedRun} from '../../domain/execution/run-record.js'
import type {ItemReport, RunReport} from '../../domain/execution/run-report.js'
import {FOUND_BAD, foundBad} from '../../domain/execution/found-bad.js'
import type {Result} from '../../domain/result.js'
import {RUN} from '../words/en/run.js'
import {conditionLines} from './conditions.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'
import {verdictIcon} from '../text/verdict.js'
import {wrap} from '../text/wrap.js'
import {command} from '../../domain/text/shell-command.js'

const INDENT = 2

const COLUMNS = [{title: ''}, {title: ''}, {title: ''}, {title: '', align: 'right'}, {title: ''}] as const

const SIGNS: Readonly<Record<ItemReport['outcome'], readonly [string, 'good' | 'bad' | 'warn' | 'dim']>> = {
  ok: ['✔', 'good'],
  sent: ['✔', 'good'],
  done: ['☑', 'good'],
  failed: ['✖', 'bad'],
  timedOut: ['✖', 'bad'],
  notStarted: ['✖', 'bad'],
  rejected: ['✖', 'bad'],
  lost: ['✖', 'bad'],
  held: ['▲', 'warn'],
  unconfirmed: ['?', 'warn'],
  dropped: ['↷', 'dim'],
  unknown: ['?', 'warn'],
  pending: ['▲', 'warn'],
  aborted: ['■', 'warn'],
  notDone: ['☐', 'warn'],
  open: ['☐', 'warn'],
  skipped: ['↷', 'dim'],
}

const FOUND = ['▲', 'warn'] as const

const OUTCOMES: Readonly<Record<RunReport['outcome'], string>> = {
  resolved: 'resolved',
  alreadyResolved: 'was already resolved',
  rolledBack: 'was rolled back and is healthy again',
  rollbackFailed: 'is not resolved, and a rollback failed',
  unresolved: 'is not resolved',
  unknown: 'cannot be verified',
  refused: 'was not carried out',
  interrupted: 'was interrupted',
  diagnosed: 'diagnosed',
}

/** Nobody says of a run that changed something that it was not carried out. */
function outcomeText({outcome, record, items}: RecordedRun): string {
  if (record?.status === 'running') return 'is still running'
  const hasActed = items.some(({role, attempts}) => role === 'mitigate' && attempts > 0)
  return outcome === 'refused' && hasActed ? OUTCOMES.unresolved : OUTCOMES[outcome]
}

function row(item: ItemReport, style: Style): readonly string[] {
  const found = foundBad({role: item.role, body: item.text}, item)
  const [sign, tone] = found ? FOUND : SIGNS[item.outcome]
  const spent = item.durationSeconds > 0 ? seconds(item.durationSeconds) : ''
  const name = item.role === 'task' ? item.text : item.id
  return [
    style[tone](sign),
    item.role,
    style.bold(name),
    style.dim(spent),
    found ? FOUND_BAD : item.reason === null ? '' : (linesOf(RUN.reason(item.reason))[0] ?? ''),
  ]
}

/** What goes on with a run that is not over. */
function goOnLines({accept, outcome, runId, record}: RecordedRun, style: Style): readonly string[] {
  if (accept !== null) return ['', `To approve, run: ${style.accent(accept)}`]
  if (outcome !== 'interrupted' || record?.status === 'running') return []
  return ['', `To go on with it, run: ${style.accent(command`faci runbook resume ${runId}`)}`]
}

function isTold(item: ItemReport): boolean {
  return item.role !== 'task' || item.outcome !== 'skipped'
}

/** Tasks that nobody was asked about are for somebody to do. */
function openTasks({items}: RunReport, style: Style): readonly string[] {
  const open = items.filter((item) => !isTold(item))
  if (open.length === 0) return []
  return ['', style.dim('Checklist:'), ...open.map(({text}) => `  ☐ ${text}`)]
}

/** Nothing where all of it is in the head: one step resolved it. */
function summaryLines({deeds, reason}: RunReport, style: Style): readonly string[] {
  if (reason.length === 0 && deeds.length === 1 && deeds[0]?.did === 'resolvedIt') return []
  return wrap(RUN.summary(deeds, reason), style.width - INDENT).map((line) => `  ${line}`)
}

/** What a run came to: the verdict in one line, then what was done and why the rest was not. */
export function runbookRunText({verdict, data}: Result<RecordedRun>, style: Style): string {
  const by = data.resolvedBy === null ? '' : ` by ${data.resolvedBy}`
  const head = `${verdictIcon(verdict, style)} ${style.bold(data.title)} ${outcomeText(data)}${by} ${style.dim(`after ${seconds(data.durationSeconds)}`)}`
  const rows = data.items.filter(isTold).map((item) => row(item, style))
  const summary = summaryLines(data, style)
  const lines = [
    head,
    ...summary,
    '',
    table(COLUMNS, rows, style),
    ...(data.conditions.length === 0 ? [] : ['', style.dim('Resolved, as last seen:')]),
    ...conditionLines(data.conditions, style),
    ...openTasks(data, style),
    ...goOnLines(data, style),
    '',
    style.dim(
      `Run ${data.runId}${data.evidence.length === 0 ? '' : `, ${String(data.evidence.length)} files of evidence kept`}`,
    ),
  ].flatMap((line) => line.split('\n'))
  // The terminal stops at the end: what it came to stands there too when the beginning is off the screen.
  const isOff = style.rows !== null && lines.length >= style.rows
  return [...lines, ...(isOff ? ['', head, ...summary] : [])].join('\n')
}
