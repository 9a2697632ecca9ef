import {linesOf} from '../../domain/text/visible.js'
import type {AlertInstance, AlertView} from '../../domain/alerts/alert-view.js'
import {runbookUrl} from '../../domain/alerts/describe-alert.js'
import type {LoadedRule} from '../../domain/alerts/loaded-rule.js'
import type {Silence} from '../../domain/alerts/silence.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import {inset, onScreen} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {percent} from '../text/units.js'
import {verdictIcon} from '../text/verdict.js'
import {command} from '../../domain/text/shell-command.js'

const FACTS = [{title: ''}, {title: ''}] as const

function facts(rows: readonly (readonly [string, string | null])[], style: Style): string {
  const shown = rows.flatMap(([name, text]) => (text === null || text === '' ? [] : [[style.dim(name), text]]))
  return inset(style, (inner) => table(FACTS, shown, inner))
}

function secondsSince(since: string, at: string): number {
  return Math.max(0, (Date.parse(at) - Date.parse(since)) / 1000)
}

function silenceText({id, createdBy, comment, endsAt}: Silence, style: Style): string {
  return `${id} by ${createdBy} until ${style.times.minute(endsAt)}: ${style.times.sentence(comment)}`
}

function wordOf({state, silences, receivers}: AlertInstance): string {
  if (state !== 'suppressed') return state
  if (receivers === null) return 'firing but not sent'
  return silences.length > 0 ? 'silenced' : 'inhibited'
}

function receiversText({state, receivers}: AlertInstance): string {
  if (receivers !== null) return receivers.join(', ')
  return state === 'suppressed' ? "none: Prometheus' relabeling drops it" : 'none: Alertmanager does not have it'
}

function stateText(one: AlertInstance, at: string, style: Style): string {
  const {state, since, firesInSeconds} = one
  const fires = firesInSeconds === null ? '' : `, fires in ${span(Math.max(1, firesInSeconds))}`
  const text = `${wordOf(one)} for ${span(secondsSince(since, at))}${fires}`
  return state === 'firing' ? style.bad(text) : style.warn(text)
}

const DIGITS = 4

/** As many digits as a person compares; per cent where the alert itself says it so: of what unit a rule is, Prometheus does not tell. */
function valueText({value, annotations}: AlertInstance): string | null {
  if (value === null) return null
  const texts = Object.values(annotations).join(' ')
  const told = [...texts.matchAll(/(?<![\d.])(-?\d+(?:\.(\d+))?) ?%/g)]
  const isRatio = told.some(([, number = '', digits = '']) => (value * 100).toFixed(digits.length) === number)
  if (isRatio && value !== 0) return percent(value)
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(DIGITS)))
}

function instance(one: AlertInstance, at: string, style: Style): string {
  const labels = Object.entries(one.labels).filter(([name]) => name !== 'alertname')
  const head = `${stateText(one, at, style)} ${style.dim(labels.map(([name, value]) => `${name}=${value}`).join(' '))}`
  const {silences, inhibitedBy, annotations} = one
  const rows: readonly (readonly [string, string | null])[] = [
    ['value now', valueText(one)],
    ['description', annotations['description'] ?? null],
    ['receivers', receiversText(one)],
    ...silences.map((silence) => ['silence', silenceText(silence, style)] as const),
    ['inhibited by', inhibitedBy.join(', ')],
  ]
  return `${head}\n${facts(rows, style)}`
}

function rule({expression, forSeconds, intervalSeconds, group}: LoadedRule, style: Style): string {
  const waits = forSeconds === 0 ? 'at once' : `for ${span(forSeconds)}`
  const rows = [
    [
      'when',
      linesOf(expression)
        .map((line) => line.trim())
        .join(' '),
    ],
    ['fires', `${waits}, evaluated every ${span(intervalSeconds)} (group ${group})`],
  ] as const
  return facts(rows, style)
}

/** One alert in full: what it is, what it is for, and each place where it is active. */
export function alertViewText({verdict, data}: Result<AlertView>, style: Style): string {
  const {at, name, state, severity, priority, summary, description, runbook, rules, instances, problems} = data
  const annotations = {...rules[0]?.annotations, ...instances[0]?.annotations}
  const grade = [priority, severity].filter((part) => part !== null).join(' ')
  const rows = [
    ['summary', summary],
    ['description', instances.length === 0 ? description : null],
    ['runbook', runbook === null ? runbookUrl(annotations) : style.accent(command`faci runbook ${runbook}`)],
  ] as const
  const parts = [
    [`${verdictIcon(verdict, style)} ${style.bold(name)} ${grade} ${state}`, facts(rows, style)],
    rules.map((one) => rule(one, style)),
    instances.map((one) => instance(one, at, style)),
    problems.map((problem) => style.warn(`? ${problem}`)),
    state === 'inactive'
      ? []
      : [style.accent(`→ ${runbook === null ? 'faci status' : command`faci runbook ${runbook}`}`)],
  ]
  const text = parts
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((part) => part !== '')
    .join('\n\n')
  return onScreen(text, style)
}
