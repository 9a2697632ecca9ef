import {budgetRatio, type Objective} from '../slo/objective.js'
import type {Figures} from '../slo/figures.js'
import {readCount} from '../slo/objective-report.js'
import type {Asked, Downtime, FailedRequests, MissingWhy, SpentBudget} from './measurement.js'

interface Events {
  readonly bad: number
  readonly total: number
}

type Read = ({readonly missing: null} & Events) | {readonly missing: MissingWhy}

function eventsOf({period, side}: Figures): Read {
  const reading = readCount(period, side)
  if (reading.kind !== 'events') return {missing: reading.kind === 'none' ? 'noSeries' : 'impossible'}
  const {bad, total} = reading.events
  return total > 0 ? {missing: null, bad, total} : {missing: 'noTraffic'}
}

function askedOf(query: string, {coverage}: Figures, {missing}: Read): Asked {
  return {query, coverage, missing, detail: ''}
}

/** Of an indicator of `up` over the time of the incident, which counts seconds. */
export function downtimeOf(query: string, figures: Figures, windowSeconds: number): Downtime {
  const read = eventsOf(figures)
  // Seconds in which nothing was scraped are neither up nor down.
  const coverage = read.missing === null ? Math.min(1, read.total / windowSeconds) : null
  const missing = read.missing === 'noTraffic' ? 'noSeries' : read.missing
  return {
    ...askedOf(query, {...figures, coverage}, {...read, missing} as Read),
    seconds: read.missing === null ? read.bad : null,
  }
}

export function failedRequestsOf(query: string, figures: Figures): FailedRequests {
  const read = eventsOf(figures)
  const {bad, total} = read.missing === null ? read : {bad: null, total: null}
  return {...askedOf(query, figures, read), failed: bad, total}
}

export interface BudgetFigures {
  /** Over the time of the incident. */
  readonly incident: Figures
  /** Over the objective's own window, up to its end; null for `up`, whose window is known without. */
  readonly whole: Figures | null
  readonly incidentSeconds: number
}

/** How many bad events the budget of a whole window allows; null: nobody knows. */
function allowedIn(objective: Objective, {whole}: BudgetFigures): number | null {
  const budget = budgetRatio(objective)
  // Events of `up` are seconds: a window has so many of them.
  if (objective.indicator.kind === 'up') return budget * objective.windowSeconds
  const read = whole === null ? null : eventsOf(whole)
  return read?.missing === null ? budget * read.total : null
}

/** Without a request nothing of the budget is spent, and that is known; `up` has seconds, or nothing. */
function spentOf(objective: Objective, read: Read, figures: BudgetFigures): number | null {
  if (read.missing === 'noTraffic') return objective.indicator.kind === 'up' ? null : 0
  const allowed = allowedIn(objective, figures)
  return read.missing !== null || allowed === null || allowed <= 0 ? null : read.bad / allowed
}

/**
 * What of an objective's error budget went in the incident: `bad / ((1 - objective) · total)`, `total` over a whole window that ends with it
 * (SRE workbook, ch. 5). A window of which little is known makes the budget look smaller than it is: `budgetCoverage` says so.
 */
export function spentBudgetOf(objective: Objective, query: string, figures: BudgetFigures): SpentBudget {
  const read = eventsOf(figures.incident)
  const isUp = objective.indicator.kind === 'up'
  const {bad, total} = read.missing === null ? read : {bad: null, total: null}
  const spent = spentOf(objective, read, figures)
  const coverage = isUp && total !== null ? Math.min(1, total / figures.incidentSeconds) : figures.incident.coverage
  return {
    ...askedOf(query, {...figures.incident, coverage}, read),
    ...{objective: objective.name, target: objective.objective, bad, total, spent},
    budgetSeconds: objective.windowSeconds,
    budgetCoverage: isUp ? 1 : (figures.whole?.coverage ?? null),
  }
}
