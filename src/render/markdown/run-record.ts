import type {ItemReport} from '../../domain/execution/run-report.js'
import type {RunRecord} from '../../domain/execution/run-record.js'
import {cell, codeSpan, joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'

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
export function gateLines(item: ItemReport, record: RunRecord | undefined, {moment}: ScreenTimes): readonly Markdown[] {
  const answers = (record?.timeline ?? []).filter(({kind, id}) => kind === 'gate.answered' && id === item.id)
  return answers.map(({at, by, text}) => markdown`Gate, ${literal(moment(at))}: ${sentence(text)}, by ${literal(by)}`)
}

function actions({actions: joinedActions}: RunRecord, {moment}: ScreenTimes): readonly Markdown[] {
  if (joinedActions.length === 0) return []
  const lines = joinedActions.map(
    ({at, by, command, verdict}) =>
      markdown`- ${literal(moment(at))} ${codeSpan(command)} by ${literal(by)}: ${literal(verdict ?? 'no end recorded')}`,
  )
  return [markdown`## Commands that joined the run\n\n${joined(lines, '\n')}`]
}

export function recordSections(record: RunRecord | undefined, times: ScreenTimes): readonly Markdown[] {
  if (record === undefined) return []
  const rows = record.timeline.map(({at, elapsedSeconds, text, count}) => {
    const seen = literal(count === 1 ? '' : ` (seen ${String(count)} times)`)
    const elapsed = literal(elapsedSeconds.toFixed(1))
    return markdown`| ${literal(times.moment(at))} | +${elapsed} s | ${cell(text)}${seen} |`
  })
  const timeline = markdown`## Timeline\n\n| when | since the start | what |\n| --- | ---: | --- |\n${joined(rows, '\n')}`
  return [...actions(record, times), timeline]
}
