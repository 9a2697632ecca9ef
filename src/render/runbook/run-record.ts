import {environmentLabel} from '../../domain/environment.js'
import type {RecordedRun, RunRecord} from '../../domain/execution/run-record.js'
import type {TimelineEntry} from '../../domain/execution/timeline.js'
import type {Result} from '../../domain/result.js'
import {evidenceText} from '../journal/change-record.js'
import {runbookRunText} from './runbook-run.js'
import {inset} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'
import {verdictText} from '../text/verdict.js'

const COLUMNS = [{title: ''}, {title: '', align: 'right'}, {title: ''}] as const

function line({at, elapsedSeconds, text, count}: TimelineEntry, style: Style): readonly string[] {
  const repeated = count === 1 ? '' : style.dim(` (seen ${String(count)} times)`)
  return [style.dim(style.times.moment(at)), style.dim(`+${seconds(elapsedSeconds)}`), `${text}${repeated}`]
}

function actionLines({actions}: RunRecord, style: Style): readonly string[] {
  if (actions.length === 0) return []
  const rows = actions.map(({at, command, by, verdict}) => [
    style.dim(style.times.moment(at)),
    style.bold(command),
    by,
    verdict === null ? style.warn('no end recorded') : verdictText(verdict, style),
  ])
  const columns = [{title: ''}, {title: ''}, {title: ''}, {title: ''}]
  return ['', style.dim('Joined by:'), inset(style, (inner) => table(columns, rows, inner))]
}

function fileName(path: string): string {
  return path.split('/').at(-1) ?? path
}

/** A past or running run: the picture of its end, where and by whom, and what happened when. */
export function runRecordText(result: Result<RecordedRun>, style: Style): string {
  const {data} = result
  const {record} = data
  if (record === undefined) return runbookRunText(result, style)
  const {status, verdict, startedAt, by, project, timeline} = record
  const own = verdict ?? (status === 'running' ? 'unknown' : 'interrupted')
  const rows = timeline.map((entry) => line(entry, style))
  return [
    runbookRunText({verdict: own, data}, style),
    style.dim(`Started ${style.times.moment(startedAt)} by ${by} in ${environmentLabel(data)}, project ${project}`),
    ...actionLines(record, style),
    '',
    style.dim('Timeline:'),
    inset(style, (inner) => table(COLUMNS, rows, inner)),
    ...evidenceText(data.runId, data.evidence.map(fileName), style),
  ].join('\n')
}
