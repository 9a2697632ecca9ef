import {environmentLabel} from '../../domain/environment.js'
import type {Result} from '../../domain/result.js'
import type {ChangeRecord} from '../../domain/journal/change-record.js'
import {inset} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {verdictText} from '../text/verdict.js'
import {command} from '../../domain/text/shell-command.js'

function ending({status, verdict}: ChangeRecord, style: Style): string {
  if (verdict !== null) return verdictText(verdict, style)
  return status === 'running' ? style.accent('▶ running') : style.warn('■ no end recorded')
}

/** Each file of evidence as the command that prints it. */
export function evidenceText(runId: string, names: readonly string[], style: Style): readonly string[] {
  if (names.length === 0) return []
  const lines = names.map((name) => `  ${style.accent(command`faci runs ${runId} --evidence ${name}`)}`)
  return ['', style.dim('Evidence:'), ...lines]
}

/** A direct change: what it came to, what happened when, and the evidence with the command that shows it. */
export function changeRecordText({data}: Result<ChangeRecord>, style: Style): string {
  const {runId, command, by, project, startedAt, timeline, evidence} = data
  const rows = timeline.map(({at, text}) => [style.dim(style.times.moment(at)), text])
  return [
    `${ending(data, style)}  ${style.bold(command)}`,
    style.dim(`Started ${style.times.moment(startedAt)} by ${by} in ${environmentLabel(data)}, project ${project}`),
    '',
    inset(style, (inner) => table([{title: ''}, {title: ''}], rows, inner)),
    ...evidenceText(runId, evidence, style),
  ].join('\n')
}
