import {promDuration} from '../promql/promql.js'
import type {Sample} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'
import type {StateVerdict} from '../verdict.js'
import {burnFactor, fewestEvents, type Tier, tierProblem, TIERS} from './burn-tiers.js'
import type {Figures} from './figures.js'
import {budgetRatio, type Objective} from './objective.js'
import {measuredSeconds, type ObjectiveReport, type ObjectiveStatus} from './objective-report.js'
import type {BurnNote, TierProblem} from './slo-note.js'
import {verdictOfStatus} from './slo-report.js'

export interface TierReport<Problem = TierProblem> {
  readonly severity: Tier['severity']
  /** `1h`, and the shorter window beside it, `5m`. */
  readonly long: string
  readonly short: string
  /** Both windows must burn faster than this. */
  readonly factor: number
  readonly longBurn: number | null
  readonly shortBurn: number | null
  /** True while both do: the alert fires, or will once it has held long enough. */
  readonly isBurning: boolean
  /** What Prometheus says of the alert of `faci slo rules`; null: it has none for this tier, or it is quiet. */
  readonly alert: 'pending' | 'firing' | null
  /** A single bad event trips the tier when the long window holds fewer. */
  readonly fewestEvents: number
  /** Why the tier is of no use here; null when it is of use. */
  readonly problem: Problem | null
}

export interface ObjectiveBurn<Note = BurnNote, Problem = TierProblem> {
  readonly name: string
  readonly objective: number
  readonly status: ObjectiveStatus
  readonly remaining: number | null
  readonly burnRates: Readonly<Record<string, number | null>>
  /** For how much of the objective's window there is a measurement: a burn rate over longer rests on no more. */
  readonly measuredSeconds: number | null
  readonly tiers: readonly TierReport<Problem>[]
  readonly exhaustedAt: IsoTime | null
  readonly exhaustsAt: IsoTime | null
  readonly notes: readonly Note[]
}

export interface BurnReport<Burn = ObjectiveBurn> {
  readonly service: string
  readonly at: IsoTime
  readonly objectives: readonly Burn[]
}

/** Asks what Prometheus makes of the alerts that `faci slo rules` gives. */
export const BURN_ALERTS = 'ALERTS{slo!="",long_window!=""}'

function alertOf(objective: string, long: string, alerts: readonly Sample[]): TierReport['alert'] {
  const states = alerts
    .filter(({labels}) => labels['slo'] === objective && labels['long_window'] === long)
    .map(({labels}) => labels['alertstate'])
  return states.includes('firing') ? 'firing' : states.includes('pending') ? 'pending' : null
}

function thinness(tier: Tier, figures: Figures, fewest: number): readonly BurnNote[] {
  const total = figures.burn.get(tier.longSeconds)?.total ?? null
  if (total === null || total === 0 || total >= fewest) return []
  return [{why: 'fewEvents', tierSeconds: tier.longSeconds, events: Math.round(total), fewest}]
}

function reportTier(objective: Objective, report: ObjectiveReport, alerts: readonly Sample[]): readonly TierReport[] {
  const budget = budgetRatio(objective)
  return TIERS.map((tier) => {
    const [long, short] = [promDuration(tier.longSeconds), promDuration(tier.shortSeconds)]
    const factor = burnFactor(tier, objective.windowSeconds)
    const problem = tierProblem(tier, objective.windowSeconds, budget)
    const [longBurn = null, shortBurn = null] = [report.burnRates[long], report.burnRates[short]]
    const isOver = longBurn !== null && shortBurn !== null && longBurn > factor && shortBurn > factor
    return {
      severity: tier.severity,
      ...{long, short, factor, longBurn, shortBurn, problem},
      isBurning: problem === null && isOver,
      alert: alertOf(objective.name, long, alerts),
      fewestEvents: fewestEvents(tier, objective.windowSeconds, budget),
    }
  })
}

/** How fast one objective burns, and which alerts that makes or would make. */
export function reportBurn(
  objective: Objective,
  figures: Figures,
  report: ObjectiveReport,
  alerts: readonly Sample[],
): ObjectiveBurn {
  const tiers = reportTier(objective, report, alerts)
  const useful = TIERS.filter((_, index) => tiers[index]?.problem === null)
  const thin = useful.flatMap((tier) =>
    thinness(tier, figures, fewestEvents(tier, objective.windowSeconds, budgetRatio(objective))),
  )
  return {
    name: objective.name,
    objective: objective.objective,
    status: report.status,
    remaining: report.budget.remaining,
    burnRates: report.burnRates,
    measuredSeconds: measuredSeconds(report),
    tiers,
    exhaustedAt: report.exhaustedAt,
    exhaustsAt: report.exhaustsAt,
    notes: [...report.notes, ...tiers.flatMap(({problem}) => problem ?? []), ...thin],
  }
}

/** As the report judges it, which says nothing of what cannot be relied on; and a burning tier is degraded. */
export function verdictOfBurn({
  tiers,
  status,
}: Pick<ObjectiveBurn<unknown, unknown>, 'status' | 'tiers'>): StateVerdict {
  const burns = tiers.some(({isBurning, alert}) => isBurning || alert === 'firing')
  const own = verdictOfStatus(status)
  return burns && own === 'healthy' ? 'degraded' : own
}
