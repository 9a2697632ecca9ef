import type {Result} from '../../domain/result.js'
import {type TierReport, verdictOfBurn} from '../../domain/slo/burn-report.js'
import {span} from '../../domain/time/span.js'
import type {WordedBurn, WordedObjectiveBurn} from './worded-slos.js'
import {budgetText, burnText, markedBurn, statusText} from './slo-report.js'
import {flow, inset, onScreen} from '../text/screen.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {percent} from '../text/units.js'
import {verdictIcon} from '../text/verdict.js'

function tierState({isBurning, alert, severity, problem}: TierReport<string>, style: Style): string {
  if (alert === 'firing') return style.bad(`${severity} fires`)
  if (problem !== null) return style.dim('not usable')
  if (isBurning) return style.bad(alert === 'pending' ? `${severity} is pending` : `would ${severity}`)
  return style.dim('quiet')
}

const TIER_COLUMNS = [
  {title: 'TIER'},
  {title: 'BOTH ABOVE', align: 'right'},
  {title: 'LONG', align: 'right'},
  {title: 'SHORT', align: 'right'},
  {title: ''},
] as const

function tierRow(tier: TierReport<string>, measured: number | null, style: Style): readonly string[] {
  const {long, short, factor, longBurn, shortBurn, severity} = tier
  const over = (rate: number | null, window: string): string => {
    const text = markedBurn(rate, window, measured)
    return rate !== null && rate > factor ? style.bad(text) : text
  }
  const rates = [over(longBurn, long), over(shortBurn, short)]
  return [`${severity} ${long}/${short}`, burnText(factor), ...rates, tierState(tier, style)]
}

/** What the mark at a rate says; nothing where none has it. */
function markLines(measured: number | null, rates: readonly string[], style: Style): readonly string[] {
  if (measured === null || !rates.some((rate) => rate.endsWith('?'))) return []
  return [`  ${style.dim(`? only ${span(measured)} of this window were measured`)}`]
}

function exhaustionText({exhaustedAt, exhaustsAt}: WordedObjectiveBurn, {times}: Style): string {
  if (exhaustedAt !== null) return `spent since ${times.minute(exhaustedAt)}`
  return exhaustsAt === null
    ? 'not spent within the SLO window at this rate'
    : `spent on ${times.minute(exhaustsAt)} at this rate`
}

function block(one: WordedObjectiveBurn, style: Style): readonly string[] {
  const {burnRates, measuredSeconds: measured} = one
  const rates = Object.entries(burnRates).map(
    ([window, rate]) => `${style.dim(window)} ${markedBurn(rate, window, measured)}`,
  )
  const tiers = one.tiers.map((tier) => tierRow(tier, measured, style))
  return [
    '',
    `${verdictIcon(verdictOfBurn(one), style)} ${style.bold(one.name)}  ${percent(one.objective)}  ${statusText(one.status, style)}  budget left ${budgetText(one.remaining)}, ${exhaustionText(one, style)}`,
    inset(style, (inner) => flow(['burn', ...rates], inner)),
    ...markLines(measured, rates, style),
    inset(style, (inner) => table(TIER_COLUMNS, tiers, inner)),
    ...one.notes.map((note) => `  ${style.warn('!')} ${note}`),
  ]
}

/** Burn rates over every window, and the alert tiers they make or would make. */
export function sloBurnText({data}: Result<WordedBurn>, style: Style): string {
  const head = `${style.bold(`Error budgets of ${data.service}`)}  ${style.dim(style.times.minute(data.at))}`
  return onScreen([head, ...data.objectives.flatMap((one) => block(one, style))].join('\n'), style)
}
