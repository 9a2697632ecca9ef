import type {ItemReport} from '../../domain/execution/run-report.js'
import type {RecordedRun, RunRecord} from '../../domain/execution/run-record.js'
import type {Result} from '../../domain/result.js'
import {cell, fenced, joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {Style} from '../text/style.js'
import type {Words} from '../words/words.js'
import {gateLines, recordFacts, recordSections} from './run-record.js'

const PARAGRAPH = '\n\n'

/** In which words, and at which times. */
interface Telling {
  readonly words: Words
  readonly times: ScreenTimes
}

function itemHead(
  {id, role, outcome, durationSeconds, attempts, reason}: ItemReport,
  {run, transcript: words}: Words,
): Markdown {
  const spent = durationSeconds > 0 ? `, ${words.seconds(durationSeconds)}` : ''
  const tries = attempts > 1 ? `, ${words.attempts(attempts)}` : ''
  const why = reason === null ? '' : `: ${run.reason(reason)}`
  return markdown`**${literal(id)}** (${literal(words.role(role))}) ${sentence(`${words.item(outcome)}${spent}${tries}${why}`)}`
}

/** A query that was answered, and nothing was found. */
function hasNoData({language, output, attempts, reason}: ItemReport): boolean {
  return language === 'promql' && output === '' && attempts > 0 && reason === null
}

function itemText(item: ItemReport, record: RunRecord | undefined, {words, times}: Telling): Markdown {
  if (item.role === 'task') return markdown`- [${literal(item.outcome === 'done' ? 'x' : ' ')}] ${literal(item.text)}`
  const head = itemHead(item, words)
  const gate = gateLines(item, record, times, words.transcript)
  if (item.outcome === 'skipped') return joined([head, ...gate], PARAGRAPH)
  const text = item.role === 'notify' ? [] : [fenced(item.text, item.language ?? '')]
  const said = hasNoData(item) ? words.transcript.noData : item.output
  const output = said === '' ? [] : [fenced(said, 'text')]
  return joined([head, ...gate, ...text, ...output], PARAGRAPH)
}

function stepText(step: string, {items, record}: RecordedRun, telling: Telling): Markdown {
  const own = items.filter((item) => item.step === step)
  const blocks = own.filter(({role}) => role !== 'task').map((item) => itemText(item, record, telling))
  const tasks = own.filter(({role}) => role === 'task').map((item) => itemText(item, record, telling))
  const list = tasks.length === 0 ? [] : [joined(tasks, '\n')]
  return joined([markdown`## ${literal(step)}`, ...blocks, ...list], PARAGRAPH)
}

function outcomeText({verdict, data}: Result<RecordedRun>, {run, transcript: words}: Words): string {
  const ended = data.record === undefined ? verdict : (data.record.verdict ?? data.record.status)
  const why = data.reason.length === 0 ? '' : `: ${data.reason.map(run.reason).join('; ')}`
  return `${words.outcome(data.outcome)} (${words.ended(ended)})${why}`
}

function factRows(result: Result<RecordedRun>, {words, times}: Telling): readonly Markdown[] {
  const {data} = result
  const {facts: names, seconds} = words.transcript
  const inputs = Object.entries(data.inputs).map(([name, value]) => `${name}=${value}`)
  const facts: readonly (readonly [string, string])[] = [
    [names.outcome, outcomeText(result, words)],
    [names.summary, words.run.summary(data.deeds, data.reason)],
    [names.run, data.runId],
    [names.runbook, `${data.runbook} ${data.hash.slice(0, 19)}`],
    [names.service, `${data.service}, ${words.transcript.environment(data)}`],
    [names.operator, data.operator],
    [names.inputs, inputs.join(' ')],
    [names.duration, seconds(data.durationSeconds)],
    [names.evidence, data.evidence.join(' ')],
    ...recordFacts(data.record, times, words.transcript),
  ]
  return facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => markdown`| ${literal(name)} | ${cell(value)} |`)
}

function resolvedText({conditions}: RecordedRun, {run, transcript: words}: Words): readonly Markdown[] {
  const seen = conditions.map(
    ({condition, state, detail}) =>
      markdown`- ${literal(words.state(state))}: ${literal(condition)} (${sentence(run.reason(detail))})`,
  )
  return seen.length === 0 ? [] : [markdown`## ${literal(words.resolved)}\n\n${joined(seen, '\n')}`]
}

/** A run as Markdown, for the ticket: what was run, what it said, and how it ended; in the language of those who read the ticket. */
export function transcriptIn(words: Words): (result: Result<RecordedRun>, style: Style) => string {
  return (result, {times}) => {
    const {data} = result
    const telling = {words, times}
    const steps = [...new Set(data.items.map(({step}) => step))].map((step) => stepText(step, data, telling))
    const parts = [
      markdown`# ${literal(data.title)}`,
      markdown`| | |\n| --- | --- |\n${joined(factRows(result, telling), '\n')}`,
      ...steps,
      ...resolvedText(data, words),
      ...recordSections(data.record, times, words.transcript),
    ]
    return `${joined(parts, PARAGRAPH)}\n`
  }
}
