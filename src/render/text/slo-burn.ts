import type {Result} from '../../domain/result.js'
import {type BurnReport, type ObjectiveBurn, type TierReport, verdictOfBurn} from '../../domain/slo/burn-report.js'
import {budgetText, burnText, statusText} from './slo-report.js'
import type {Style} from './style.js'
import {table} from './table.js'
import {percent} from './units.js'
import {verdictIcon} from './verdict.js'

function tierState({isBurning, alert, severity, problem}: TierReport, style: Style): string {
  if (alert === 'firing') return style.bad(`${severity} fires`)
  if (problem !== null) return style.dim('no use here')
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

function tierRow(tier: TierReport, style: Style): readonly string[] {
  const {long, short, factor, longBurn, shortBurn, severity} = tier
  const over = (rate: number | null): string =>
    rate !== null && rate > factor ? style.bad(burnText(rate)) : burnText(rate)
  return [`${severity} ${long}/${short}`, burnText(factor), over(longBurn), over(shortBurn), tierState(tier, style)]
}

function exhaustionText({exhaustedAt, exhaustsAt}: ObjectiveBurn, {times}: Style): string {
  if (exhaustedAt !== null) return `spent since ${times.minute(exhaustedAt)}`
  return exhaustsAt === null
    ? 'not spent within a period at this rate'
    : `spent on ${times.minute(exhaustsAt)} at this rate`
}

function block(one: ObjectiveBurn, style: Style): readonly string[] {
  const rates = Object.entries(one.burnRates).map(([window, rate]) => `${style.dim(window)} ${burnText(rate)}`)
  const body = table(
    TIER_COLUMNS,
    one.tiers.map((tier) => tierRow(tier, style)),
    style,
  )
  return [
    '',
    `${verdictIcon(verdictOfBurn(one), style)} ${style.bold(one.name)}  ${percent(one.objective)}  ${statusText(one.status, style)}  budget left ${budgetText(one.remaining)}, ${exhaustionText(one, style)}`,
    `  burn  ${rates.join('  ')}`,
    ...body.split('\n').map((line) => `  ${line}`),
    ...one.notes.map((note) => `  ${style.warn('!')} ${note}`),
  ]
}

/** Burn rates over every window, and the alert tiers they make or would make. */
export function sloBurnText({data}: Result<BurnReport>, style: Style): string {
  const head = `${style.bold(`Error budgets of ${data.service}`)}  ${style.dim(style.times.minute(data.at))}`
  return [head, ...data.objectives.flatMap((one) => block(one, style))].join('\n')
}
