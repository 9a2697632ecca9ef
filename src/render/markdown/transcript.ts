import {environmentLabel} from '../../domain/environment.js'
import type {ItemReport} from '../../domain/execution/run-report.js'
import type {RecordedRun, RunRecord} from '../../domain/execution/run-record.js'
import type {Result} from '../../domain/result.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {Style} from '../text/style.js'
import {inline} from './inline.js'
import {gateLines, recordFacts, recordSections} from './run-record.js'

/** A fence longer than any in the text, so that nothing in it can end it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`
}

function itemText(item: ItemReport, record: RunRecord | undefined, times: ScreenTimes): string {
  if (item.role === 'task') return `- [${item.outcome === 'done' ? 'x' : ' '}] ${inline(item.text)}`
  const spent = item.durationSeconds > 0 ? `, ${item.durationSeconds.toFixed(1)} s` : ''
  const tries = item.attempts > 1 ? `, ${String(item.attempts)} attempts` : ''
  const why = item.reason === '' ? '' : `: ${inline(item.reason)}`
  const head = `**${item.id}** (${item.role}) ${item.outcome}${spent}${tries}${why}`
  const gate = gateLines(item, record, times)
  if (item.outcome === 'skipped') return [head, ...gate].join('\n\n')
  const text = item.role === 'notify' ? [] : [fenced(item.text, item.language ?? '')]
  const output = item.output === '' ? [] : [fenced(item.output, 'text')]
  return [head, ...gate, ...text, ...output].join('\n\n')
}

function stepText(step: string, {items, record}: RecordedRun, times: ScreenTimes): string {
  const own = items.filter((item) => item.step === step)
  const blocks = own.filter(({role}) => role !== 'task').map((item) => itemText(item, record, times))
  const tasks = own.filter(({role}) => role === 'task').map((item) => itemText(item, record, times))
  return [`## ${step}`, ...blocks, ...(tasks.length === 0 ? [] : [tasks.join('\n')])].join('\n\n')
}

/** A run as Markdown, for the ticket: what was run, what it said, and how it ended. */
export function transcript({verdict, data}: Result<RecordedRun>, {times}: Style): string {
  const ended = data.record === undefined ? verdict : (data.record.verdict ?? data.record.status)
  const inputs = Object.entries(data.inputs).map(([name, value]) => `${name}=${value}`)
  const facts: readonly (readonly [string, string])[] = [
    ['Outcome', `${data.outcome} (${ended})${data.reason === '' ? '' : `: ${data.reason}`}`],
    ['Summary', data.summary],
    ['Run', data.runId],
    ['Runbook', `${data.runbook} ${data.hash.slice(0, 19)}`],
    ['Service', `${data.service}, ${environmentLabel(data)}`],
    ['Operator', data.operator],
    ['Inputs', inputs.join(' ')],
    ['Duration', `${data.durationSeconds.toFixed(1)} s`],
    ['Evidence', data.evidence.join(' ')],
    ...recordFacts(data.record, times),
  ]
  const rows = facts.filter(([, value]) => value !== '').map(([name, value]) => `| ${name} | ${inline(value)} |`)
  const steps = [...new Set(data.items.map(({step}) => step))].map((step) => stepText(step, data, times))
  const seen = data.conditions.map(
    ({condition, state, detail}) => `- ${state}: ${inline(condition)} (${inline(detail)})`,
  )
  const resolved = seen.length === 0 ? [] : [`## Resolved, as last seen\n\n${seen.join('\n')}`]
  return `${[`# ${data.title}`, `| | |\n| --- | --- |\n${rows.join('\n')}`, ...steps, ...resolved, ...recordSections(data.record, times)].join('\n\n')}\n`
}
