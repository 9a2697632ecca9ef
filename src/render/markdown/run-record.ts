import type {ItemReport} from '../../domain/execution/run-report.js'
import type {RunRecord} from '../../domain/execution/run-record.js'
import {cell, codeSpan, joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {TranscriptWords} from '../words/transcript-words.js'

function endText({status, endedAt}: RunRecord, {moment}: ScreenTimes, words: TranscriptWords): string {
  if (endedAt !== null) return moment(endedAt)
  return status === 'running' ? words.stillRunning : words.noEnd
}

/** What the journal knows beyond the report, for the table at the top. */
export function recordFacts(
  record: RunRecord | undefined,
  times: ScreenTimes,
  words: TranscriptWords,
): readonly (readonly [string, string])[] {
  if (record === undefined) return []
  const {startedAt, by, project, directory, mode, force, secretInputs, tornLines} = record
  const {facts} = words
  return [
    [facts.started, times.moment(startedAt)],
    [facts.ended, endText(record, times, words)],
    [facts.by, by],
    [facts.project, words.inFolder(project, directory)],
    [facts.mode, words.mode(mode, force)],
    [facts.secretInputs, secretInputs.map((name) => `${name}=${words.secret}`).join(' ')],
    [facts.incomplete, tornLines === 0 ? '' : words.tornLines(tornLines)],
  ]
}

/** The answers at the gate of an item, and how they were given. */
export function gateLines(
  item: ItemReport,
  record: RunRecord | undefined,
  {moment}: ScreenTimes,
  {gate, by: from}: TranscriptWords,
): readonly Markdown[] {
  const answers = (record?.timeline ?? []).filter(({kind, id}) => kind === 'gate.answered' && id === item.id)
  return answers.map(
    ({at, by, text}) =>
      markdown`${literal(gate)}, ${literal(moment(at))}: ${sentence(text)}, ${literal(from)} ${literal(by)}`,
  )
}

function actions(
  {actions: joinedActions}: RunRecord,
  {moment}: ScreenTimes,
  {joined: title, by: from, ended, noEnd}: TranscriptWords,
): readonly Markdown[] {
  if (joinedActions.length === 0) return []
  const lines = joinedActions.map(
    ({at, by, command, verdict}) =>
      markdown`- ${literal(moment(at))} ${codeSpan(command)} ${literal(from)} ${literal(by)}: ${literal(verdict === null ? noEnd : ended(verdict))}`,
  )
  return [markdown`## ${literal(title)}\n\n${joined(lines, '\n')}`]
}

export function recordSections(
  record: RunRecord | undefined,
  times: ScreenTimes,
  words: TranscriptWords,
): readonly Markdown[] {
  if (record === undefined) return []
  const {title, when, since, what} = words.timeline
  const rows = record.timeline.map(({at, elapsedSeconds, text, count}) => {
    const seen = literal(count === 1 ? '' : ` (${words.seen(count)})`)
    const elapsed = literal(words.seconds(elapsedSeconds))
    return markdown`| ${literal(times.moment(at))} | +${elapsed} | ${cell(text)}${seen} |`
  })
  const head = markdown`| ${literal(when)} | ${literal(since)} | ${literal(what)} |\n| --- | ---: | --- |`
  return [...actions(record, times, words), markdown`## ${literal(title)}\n\n${head}\n${joined(rows, '\n')}`]
}
