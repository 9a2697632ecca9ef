import type {Result} from '../../domain/result.js'
import {measuredSeconds, type ObjectiveStatus} from '../../domain/slo/objective-report.js'
import {verdictOfStatus} from '../../domain/slo/slo-report.js'
import {parseDuration} from '../../domain/time/duration.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import {span} from '../../domain/time/span.js'
import {onScreen} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {percent} from '../text/units.js'
import {verdictIcon} from '../text/verdict.js'
import type {WordedObjective, WordedSlos} from './worded-slos.js'

const BAR = 16

const STATUS: Readonly<Record<ObjectiveStatus, string>> = {
  met: 'met',
  breached: 'breached',
  noTraffic: 'no traffic',
  noData: 'no data',
  invalid: 'invalid',
  unreliable: 'unreliable',
}

/** 0.99983 → `99.983 %`: enough digits to tell objectives of four nines apart. */
export function sliText(sli: number | null): string {
  return sli === null ? '–' : `${(Math.floor(sli * 1e7) / 1e5).toFixed(3)} %`
}

/** A fraction of the budget: `-35 %`, never clamped. */
export function budgetText(fraction: number | null): string {
  if (fraction === null) return '–'
  return `${(fraction * 100).toFixed(Math.abs(fraction) < 0.1 ? 2 : 1)} %`
}

export function burnText(rate: number | null | undefined): string {
  return rate == null ? '–' : `${rate.toFixed(rate < 10 ? 2 : 1)}×`
}

/** With a mark where the window, `3d`, is longer than what was measured: the rate says less than it seems to. */
export function markedBurn(rate: number | null | undefined, window: string, measured: number | null): string {
  const isPart = rate != null && (measured === null || parseDuration(window) > measured)
  return `${burnText(rate)}${isPart ? '?' : ''}`
}

/** Only the bar is clamped. */
function bar(remaining: number | null, style: Style): string {
  if (remaining === null) return style.dim('·'.repeat(BAR))
  const full = Math.round(Math.min(1, Math.max(0, remaining)) * BAR)
  const paint = remaining <= 0 ? style.bad : remaining < 0.25 ? style.warn : style.good
  return paint('█'.repeat(full) + '░'.repeat(BAR - full))
}

function minutes(value: number | null): string {
  if (value === null) return '–'
  return `${value < 0 ? '-' : ''}${span(Math.abs(value) * 60)}`
}

export function statusText(status: ObjectiveStatus, style: Style): string {
  const verdict = verdictOfStatus(status)
  const text = STATUS[status]
  return verdict === 'healthy' ? text : verdict === 'unknown' ? style.warn(text) : style.bad(text)
}

function row(one: WordedObjective, style: Style): readonly string[] {
  const {budget, burnRates, status} = one
  return [
    verdictIcon(verdictOfStatus(status), style),
    style.bold(one.name),
    percent(one.objective),
    status === 'breached' ? style.bad(sliText(one.sli)) : sliText(one.sli),
    bar(budget.remaining, style),
    budgetText(budget.remaining),
    minutes(budget.remainingMinutes),
    markedBurn(burnRates['1h'], '1h', measuredSeconds(one)),
    statusText(status, style),
  ]
}

const COLUMNS = [
  {title: ''},
  {title: 'OBJECTIVE'},
  {title: 'TARGET', align: 'right', spare: 1},
  {title: 'SLI', align: 'right'},
  {title: '', spare: 3},
  {title: 'BUDGET LEFT', align: 'right'},
  {title: '', align: 'right', spare: 2},
  {title: 'BURN 1H', align: 'right'},
  {title: 'STATUS'},
] as const

/** What is worth saying beside the row of an objective. */
export function remarks(
  {exhaustedAt, exhaustsAt, raw, notes}: WordedObjective,
  {minute}: ScreenTimes,
): readonly string[] {
  return [
    ...(exhaustedAt === null ? [] : [`budget spent since ${minute(exhaustedAt)}`]),
    ...(exhaustsAt === null ? [] : [`at the burn rate of the last hour the budget is spent on ${minute(exhaustsAt)}`]),
    ...(raw === null ? [] : [`${sliText(raw.sli)} with the maintenance that is not counted`]),
    ...notes,
  ]
}

function remarkLines({objectives, notes}: WordedSlos, style: Style): readonly string[] {
  const lines = [
    ...objectives.flatMap((one) => remarks(one, style.times).map((text) => `${style.bold(one.name)}: ${text}`)),
    ...notes.map((text) => style.dim(text)),
  ]
  return lines.length === 0 ? [] : ['', ...lines]
}

export function windowText({month, timezone, objectives}: WordedSlos, {minute}: ScreenTimes): string {
  const windows = [...new Set(objectives.map(({window}) => `${minute(window.start)} to ${minute(window.end)}`))]
  const kind = month === null ? 'rolling' : `month ${month} of ${timezone}`
  return `${kind}: ${windows.join(', ')}`
}

/** An objective a row, worst remarks below. */
export function sloReportText({data}: Result<WordedSlos>, style: Style): string {
  const body = data.objectives.map((one) => row(one, style))
  const lines = [
    `${style.bold(`SLOs of ${data.service}`)}  ${style.dim(windowText(data, style.times))}${data.source === 'recordingRules' ? style.dim(', as recorded') : ''}`,
    table(COLUMNS, body, style),
    ...remarkLines(data, style),
  ]
  return onScreen(lines.join('\n'), style)
}
