import {environmentLabel} from '../../domain/environment.js'
import type {ItemReport} from '../../domain/execution/run-report.js'
import type {RecordedRun, RunRecord} from '../../domain/execution/run-record.js'
import type {Result} from '../../domain/result.js'
import {cell, fenced, joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {Style} from '../text/style.js'
import {RUN} from '../words/en/run.js'
import {gateLines, recordFacts, recordSections} from './run-record.js'

const PARAGRAPH = '\n\n'

function itemHead({id, role, outcome, durationSeconds, attempts, reason}: ItemReport): Markdown {
  const spent = durationSeconds > 0 ? `, ${durationSeconds.toFixed(1)} s` : ''
  const tries = attempts > 1 ? `, ${String(attempts)} attempts` : ''
  const why = reason === null ? '' : `: ${RUN.reason(reason)}`
  return markdown`**${literal(id)}** (${literal(role)}) ${sentence(`${outcome}${spent}${tries}${why}`)}`
}

function itemText(item: ItemReport, record: RunRecord | undefined, times: ScreenTimes): Markdown {
  if (item.role === 'task') return markdown`- [${literal(item.outcome === 'done' ? 'x' : ' ')}] ${literal(item.text)}`
  const head = itemHead(item)
  const gate = gateLines(item, record, times)
  if (item.outcome === 'skipped') return joined([head, ...gate], PARAGRAPH)
  const text = item.role === 'notify' ? [] : [fenced(item.text, item.language ?? '')]
  const output = item.output === '' ? [] : [fenced(item.output, 'text')]
  return joined([head, ...gate, ...text, ...output], PARAGRAPH)
}

function stepText(step: string, {items, record}: RecordedRun, times: ScreenTimes): Markdown {
  const own = items.filter((item) => item.step === step)
  const blocks = own.filter(({role}) => role !== 'task').map((item) => itemText(item, record, times))
  const tasks = own.filter(({role}) => role === 'task').map((item) => itemText(item, record, times))
  const list = tasks.length === 0 ? [] : [joined(tasks, '\n')]
  return joined([markdown`## ${literal(step)}`, ...blocks, ...list], PARAGRAPH)
}

/** A run as Markdown, for the ticket: what was run, what it said, and how it ended. */
export function transcript({verdict, data}: Result<RecordedRun>, {times}: Style): string {
  const ended = data.record === undefined ? verdict : (data.record.verdict ?? data.record.status)
  const inputs = Object.entries(data.inputs).map(([name, value]) => `${name}=${value}`)
  const facts: readonly (readonly [string, string])[] = [
    [
      'Outcome',
      `${data.outcome} (${ended})${data.reason.length === 0 ? '' : `: ${data.reason.map(RUN.reason).join('; ')}`}`,
    ],
    ['Summary', RUN.summary(data.deeds, data.reason)],
    ['Run', data.runId],
    ['Runbook', `${data.runbook} ${data.hash.slice(0, 19)}`],
    ['Service', `${data.service}, ${environmentLabel(data)}`],
    ['Operator', data.operator],
    ['Inputs', inputs.join(' ')],
    ['Duration', `${data.durationSeconds.toFixed(1)} s`],
    ['Evidence', data.evidence.join(' ')],
    ...recordFacts(data.record, times),
  ]
  const rows = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => markdown`| ${literal(name)} | ${cell(value)} |`)
  const steps = [...new Set(data.items.map(({step}) => step))].map((step) => stepText(step, data, times))
  const seen = data.conditions.map(
    ({condition, state, detail}) => markdown`- ${literal(state)}: ${literal(condition)} (${sentence(detail)})`,
  )
  const resolved = seen.length === 0 ? [] : [markdown`## Resolved, as last seen\n\n${joined(seen, '\n')}`]
  const table = markdown`| | |\n| --- | --- |\n${joined(rows, '\n')}`
  const parts = [
    markdown`# ${literal(data.title)}`,
    table,
    ...steps,
    ...resolved,
    ...recordSections(data.record, times),
  ]
  return `${joined(parts, PARAGRAPH)}\n`
}
