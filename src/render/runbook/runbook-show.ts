import {linesOf} from '../../domain/text/visible.js'
import type {Result} from '../../domain/result.js'
import type {Condition, InputDeclaration, Runbook, StepItem} from '../../domain/runbook/runbook.js'
import {span} from '../../domain/time/span.js'
import type {Style} from '../text/style.js'
import {command} from '../../domain/text/shell-command.js'

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'health':
      return `health ${condition.name}`
    case 'http':
      return `http ${condition.url} is ${condition.expect.text}`
    case 'promql':
      return `${condition.expression.trim()} is ${condition.expect.text}`
  }
}

function inputText({name, default: fallback, oneOf, pattern, fromAlert, secret, source}: InputDeclaration): string {
  const parts = [
    secret ? 'secret' : null,
    oneOf === null ? null : `one of ${oneOf.join(', ')}`,
    pattern === null ? null : `matches ${pattern}`,
    fallback === null ? null : `default ${fallback}`,
    source === null ? null : `from ${source.from}:${source.name}`,
    fromAlert ? 'from the alert' : null,
  ].filter((part) => part !== null)
  return `${name}${parts.length === 0 ? ' (required)' : ` (${parts.join('; ')})`}`
}

function indented(text: string): string {
  return linesOf(text)
    .map((line) => `  │ ${line}`)
    .join('\n')
}

function itemText(item: StepItem, style: Style): string {
  if (item.role === 'task') return `  ☐ ${item.text}`
  const attributes = item.attributes
    .replace(/^\S+\s*/, '')
    .replace(/(?:^|\s)id=\S+/, '')
    .trim()
  const head = `  ${style.accent(item.role)} ${style.bold(item.id)} ${style.dim(`${item.language} ${attributes}`.trim())}`
  return `${head}\n${style.dim(indented(item.body))}`
}

function headLines(runbook: Runbook, style: Style): readonly string[] {
  const {title, severity, alerts, services, inputs, resolved, owner, reviewEverySeconds} = runbook
  const facts: readonly (readonly [string, string])[] = [
    ['Severity', severity],
    ['Alerts', alerts.join(', ')],
    ['Services', services.join(', ')],
    ['Owner', owner ?? ''],
    ['Review', reviewEverySeconds === null ? '' : `every ${span(reviewEverySeconds)}`],
    ['Inputs', inputs.map(inputText).join(' · ')],
  ]
  const over =
    resolved === null
      ? []
      : [style.dim('Over when, together:'), ...resolved.conditions.map((one) => `  ${conditionText(one)}`)]
  const wait =
    resolved === null ? [] : [style.dim(`  within ${span(resolved.withinSeconds)}, for ${span(resolved.holdSeconds)}`)]
  const shown = facts.filter(([, value]) => value !== '').map(([name, value]) => `${style.dim(name.padEnd(9))}${value}`)
  return [style.bold(title), ...shown, ...over, ...wait]
}

/** A runbook for reading: what it is for, when it is over, and its steps. */
export function runbookShowText({data}: Result<Runbook>, style: Style): string {
  const steps = data.steps.map((step, index) => {
    const prose = step.prose === '' ? [] : linesOf(step.prose)
    const items = step.items.map((item) => itemText(item, style))
    return [style.bold(`${String(index + 1)}. ${step.title}`), ...prose, ...items].join('\n')
  })
  const introduction = data.introduction === '' ? [] : [data.introduction]
  const run = `${style.dim('Run it:')} ${style.accent(command`faci runbook ${data.name}`)}`
  return [headLines(data, style).join('\n'), ...introduction, ...steps, run].join('\n\n')
}
