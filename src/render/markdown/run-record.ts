import type {ItemReport} from '../../domain/execution/run-report.js'
import type {RunRecord} from '../../domain/execution/run-record.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import {inline} from './inline.js'

/** What the journal knows beyond the report, for the table at the top. */
export function recordFacts(
  record: RunRecord | undefined,
  {moment}: ScreenTimes,
): readonly (readonly [string, string])[] {
  if (record === undefined) return []
  const {status, startedAt, endedAt, by, project, directory, mode, force, secretInputs, tornLines} = record
  return [
    ['Started', moment(startedAt)],
    ['Ended', endedAt === null ? (status === 'running' ? 'still running' : 'no end recorded') : moment(endedAt)],
    ['By', by],
    ['Project', `${project}, in ${directory}`],
    ['Mode', `${mode === 'full' ? '' : `${mode} only`}${force ? ' --force' : ''}`.trim()],
    ['Secret inputs', secretInputs.map((name) => `${name}=(secret)`).join(' ')],
    ['Incomplete', tornLines === 0 ? '' : `${String(tornLines)} lines of the journal cannot be read`],
  ]
}

/** The answers at the gate of an item, and how they were given. */
export function gateLines(item: ItemReport, record: RunRecord | undefined, {moment}: ScreenTimes): readonly string[] {
  const answers = (record?.timeline ?? []).filter(({kind, id}) => kind === 'gate.answered' && id === item.id)
  return answers.map(({at, by, text}) => `Gate, ${moment(at)}: ${inline(text)}, by ${inline(by)}`)
}

function actions({actions: joined}: RunRecord, {moment}: ScreenTimes): readonly string[] {
  if (joined.length === 0) return []
  const lines = joined.map(
    ({at, by, command, verdict}) =>
      `- ${moment(at)} \`${inline(command)}\` by ${inline(by)}: ${verdict ?? 'no end recorded'}`,
  )
  return [`## Commands that joined the run\n\n${lines.join('\n')}`]
}

export function recordSections(record: RunRecord | undefined, times: ScreenTimes): readonly string[] {
  if (record === undefined) return []
  const rows = record.timeline.map(
    ({at, elapsedSeconds, text, count}) =>
      `| ${times.moment(at)} | +${elapsedSeconds.toFixed(1)} s | ${inline(text)}${count === 1 ? '' : ` (seen ${String(count)} times)`} |`,
  )
  const timeline = `## Timeline\n\n| when | since the start | what |\n| --- | ---: | --- |\n${rows.join('\n')}`
  return [...actions(record, times), timeline]
}
