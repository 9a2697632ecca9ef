import {ENGINE_UNKNOWN} from '../../domain/execution/consent-hash.js'
import {usedFileText} from '../../domain/execution/consent-ground.js'
import {everyLineOf} from '../../domain/text/visible.js'
import type {PlannedItem} from '../../domain/execution/run-report.js'
import type {RunbookPlan} from '../../domain/execution/runbook-plan.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import {RUN} from '../words/en/run.js'
import {gateText, pastText} from '../words/en/plan.js'
import {conditionLines} from './conditions.js'
import {environmentText} from '../text/environment.js'
import type {Style} from '../text/style.js'
import {verdictIcon} from '../text/verdict.js'

function gateLine({id, gate, hash}: PlannedItem, style: Style): readonly string[] {
  if (gate === null) return []
  if (hash === null)
    return [`    gate: ${gateText(gate)} ${style.dim(`· cannot be approved beforehand: ${ENGINE_UNKNOWN}`)}`]
  return [`    gate: ${gateText(gate)} ${style.dim('· approve with')} ${style.accent(`--approve ${id}@${hash}`)}`]
}

/** As the gate numbers them; where a line is broken is the terminal's doing. */
function numbered(text: string): readonly string[] {
  const lines = everyLineOf(text)
  const digits = String(lines.length).length
  const count = lines.length === 1 ? '1 line' : `${String(lines.length)} lines`
  return [`    ${count}:`, ...lines.map((line, at) => `    ${String(at + 1).padStart(digits)} │ ${line}`)]
}

function itemLines(item: PlannedItem, style: Style): readonly string[] {
  if (item.skipped !== null)
    return [
      `  ${style.dim(`↷ ${item.role} ${item.role === 'task' ? item.text : item.id}: skipped, ${RUN.reason(item.skipped)}`)}`,
    ]
  if (item.role === 'task') return [`  ☐ ${item.text}`]
  const limit = item.timeoutSeconds === null ? '' : ` · timeout ${span(item.timeoutSeconds)}`
  return [
    `  ${style.accent(item.role)} ${style.bold(item.id)} ${style.dim(`${item.language ?? ''}${limit}`)}`,
    ...(item.past === null ? [] : [`    ${style.warn('before:')} ${pastText(item.past)}`]),
    ...gateLine(item, style),
    ...(item.attributes === null || item.attributes === '' ? [] : [`    {${item.attributes}}`]),
    ...numbered(item.text),
  ]
}

/** What comes of the command as a whole, where that is known before. */
function outcomeLines({nothing, refusal}: RunbookPlan, style: Style): readonly string[] {
  if (nothing !== null) return [style.bold(`Nothing would be changed: ${RUN.reason(nothing)}`)]
  if (refusal === null) return []
  return [
    `${verdictIcon('refused', style)} It would be refused: ${RUN.reason(refusal.reason)}`,
    refusal.accept === null
      ? `  It cannot be approved beforehand: ${ENGINE_UNKNOWN}`
      : `  To approve, run: ${style.accent(refusal.accept)}`,
  ]
}

/** What a run would do: where, with which inputs, and the exact text of everything. */
export function runbookPlanText({data}: Result<RunbookPlan>, style: Style): string {
  const inputs = [
    ...Object.entries(data.inputs).map(([name, value]) => shellCommand([`${name}=${value}`])),
    ...data.secretInputs.map((name) => `${name}=(secret)`),
  ]
  const head = [
    style.bold(`${data.title}: what ${data.command} would do`),
    ...outcomeLines(data, style),
    `${style.dim('Environment')} ${environmentText(data, style)} · ${style.dim('project')} ${data.project}`,
    ...(inputs.length === 0 ? [] : [`${style.dim('Inputs')}      ${inputs.join(' ')}`]),
    ...data.uses.map((used) => `${style.dim('Uses')}        ${usedFileText(used)}`),
    ...(data.conditions.length === 0 ? [] : [style.dim('Resolved, as it is now:')]),
    ...conditionLines(data.conditions, style),
  ]
  const steps = [...new Set(data.items.map(({step}) => step))].map((step) => {
    const items = data.items.filter((item) => item.step === step).flatMap((item) => itemLines(item, style))
    return [style.bold(step), ...items].join('\n')
  })
  return [head.join('\n'), ...steps, style.dim('Dry run: nothing was changed.')].join('\n\n')
}
