import {usedFileText} from '../../domain/execution/consent-ground.js'
import {ENGINE_UNKNOWN} from '../../domain/execution/consent-hash.js'
import {environmentLabel} from '../../domain/environment.js'
import type {PlannedItem} from '../../domain/execution/run-report.js'
import type {RunbookPlan} from '../../domain/execution/runbook-plan.js'
import type {Result} from '../../domain/result.js'
import {cell, codeSpan, fenced, joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import {gateText, pastText} from '../words/en/plan.js'
import {RUN} from '../words/en/run.js'
import {span} from '../../domain/time/span.js'

const PARAGRAPH = '\n\n'

function gateLine({id, gate, hash}: PlannedItem): readonly Markdown[] {
  if (gate === null) return []
  if (hash === null)
    return [markdown`Gate: ${literal(gateText(gate))}; cannot be approved beforehand: ${literal(ENGINE_UNKNOWN)}.`]
  return [markdown`Gate: ${literal(gateText(gate))}; approve with ${codeSpan(`--approve ${id}@${hash}`)}.`]
}

function itemText(item: PlannedItem): Markdown {
  const {id, role, text, skipped, past, timeoutSeconds, attributes} = item
  if (skipped !== null)
    return markdown`**${literal(role === 'task' ? text : id)}** (${literal(role)}) ${sentence(`skipped, ${RUN.reason(skipped)}`)}`
  if (role === 'task') return markdown`- [ ] ${literal(text)}`
  const limit = timeoutSeconds === null ? [] : [markdown`Timeout ${literal(span(timeoutSeconds))}.`]
  const braces = attributes === null || attributes === '' ? [] : [codeSpan(`{${attributes}}`)]
  return joined(
    [
      joined([markdown`**${literal(id)}** (${literal(role)})`, ...braces], ' '),
      ...(past === null ? [] : [markdown`Before: ${literal(pastText(past))}.`]),
      ...limit,
      ...gateLine(item),
      fenced(text, role === 'notify' ? 'text' : (item.language ?? '')),
    ],
    PARAGRAPH,
  )
}

function outcome({nothing, refusal}: RunbookPlan): readonly Markdown[] {
  if (nothing !== null) return [markdown`Nothing would be changed: ${literal(RUN.reason(nothing))}.`]
  if (refusal === null) return []
  const {reason, accept} = refusal
  const next =
    accept === null
      ? markdown`It cannot be approved beforehand: ${literal(ENGINE_UNKNOWN)}.`
      : markdown`To approve, run: ${codeSpan(accept)}`
  return [markdown`It would be refused: ${literal(RUN.reason(reason))}.`, next]
}

function facts(data: RunbookPlan): Markdown {
  const inputs = Object.entries(data.inputs).map(([name, value]) => shellCommand([`${name}=${value}`]))
  const rows: readonly (readonly [string, string])[] = [
    ['Environment', environmentLabel(data)],
    ['Project', data.project],
    ['Inputs', [...inputs, ...data.secretInputs.map((name) => `${name}=(secret)`)].join(' ')],
    ...data.uses.map((used): readonly [string, string] => ['Uses', usedFileText(used)]),
  ]
  const filled = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => markdown`| ${literal(name)} | ${cell(value)} |`)
  return markdown`| | |\n| --- | --- |\n${joined(filled, '\n')}`
}

/** What a run would do, as Markdown, for whoever is asked to approve it. */
export function runbookPlanMarkdown({data}: Result<RunbookPlan>): string {
  const steps = [...new Set(data.items.map(({step}) => step))].map((step) => {
    const items = data.items.filter((item) => item.step === step).map(itemText)
    return joined([markdown`## ${literal(step)}`, ...items], PARAGRAPH)
  })
  const seen = data.conditions.map(
    ({condition, state, detail}) =>
      markdown`- ${literal(state)}: ${literal(condition)} (${sentence(RUN.reason(detail))})`,
  )
  const parts = [
    markdown`# ${literal(data.title)}: what ${codeSpan(data.command)} would do`,
    ...outcome(data),
    facts(data),
    ...(seen.length === 0 ? [] : [markdown`## Resolved, as it is now\n\n${joined(seen, '\n')}`]),
    ...steps,
    markdown`
Dry run: nothing was changed.
    `,
  ]
  return `${joined(parts, PARAGRAPH)}\n`
}
