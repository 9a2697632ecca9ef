import type {BusinessSignalName, GoldenSignalName, SignalUnit} from '../signals/signal.js'
import type {IsoTime} from '../time/iso-time.js'
import type {DetectionReplay} from './detection-replay.js'

/** How figures are measured, with what asks for them: another number is another way, and its figures are not those of this one. */
export const METHOD = 'faci.impact/1'

/** Why there is no figure. `notAnswered`: the backend could not say, and `detail` has its words. */
export type MissingWhy = 'noSeries' | 'noTraffic' | 'noJob' | 'impossible' | 'notAnswered'

/** What every figure says of itself. */
export interface Asked {
  /** The PromQL that it comes from; empty where nothing could be asked. */
  readonly query: string
  /** Share 0..1 of its window for which there is data; null: none, or nobody knows. */
  readonly coverage: number | null
  /** null where there is a figure. */
  readonly missing: MissingWhy | null
  readonly detail: string
}

export interface Downtime extends Asked {
  /** In which no target of the job was up. */
  readonly seconds: number | null
}

/** Requests, or whatever an indicator counts. */
export interface FailedRequests extends Asked {
  readonly failed: number | null
  readonly total: number | null
}

export interface SpentBudget extends Asked {
  readonly objective: string
  /** 0..1. */
  readonly target: number
  readonly bad: number | null
  readonly total: number | null
  /** Of the budget of a whole window that ends with the incident; 1 is all of it. */
  readonly spent: number | null
  readonly budgetSeconds: number
  /** Share 0..1 of that whole window for which there is data. */
  readonly budgetCoverage: number | null
}

export interface ComparedSignal extends Asked {
  readonly signal: BusinessSignalName
  readonly unit: SignalUnit
  readonly value: number | null
  readonly weekAgo: number | null
  readonly weekAgoCoverage: number | null
}

/** Nothing in `signals`: the service has no such. */
export interface BusinessFigures extends Pick<Asked, 'missing' | 'detail'> {
  readonly signals: readonly ComparedSignal[]
}

export interface ChartSeries {
  readonly signal: GoldenSignalName
  /** One for each step; null: there was none. */
  readonly values: readonly (number | null)[]
}

/** Signals before, in and after the incident, over one grid of at most `MOST_POINTS` moments. */
export interface Charts extends Asked {
  readonly start: IsoTime
  readonly stepSeconds: number
  readonly points: number
  /** What came later had not happened yet when it was asked. */
  readonly askedUntil: IsoTime
  readonly series: readonly ChartSeries[]
}

/** What an incident did, as far as the metrics tell, for the times that it had when they were asked. */
export interface Measurement {
  readonly method: string
  readonly takenAt: IsoTime
  readonly start: IsoTime
  readonly end: IsoTime
  readonly downtime: Downtime
  readonly requests: FailedRequests
  readonly budgets: readonly SpentBudget[]
  readonly business: BusinessFigures
  readonly charts: Charts
  readonly detection: DetectionReplay
  /** Of the backend: with any, no figure can be relied on. */
  readonly warnings: readonly string[]
}

/** Whether anything at all was measured. */
export function hasFigures({downtime, requests, budgets, business, charts}: Measurement): boolean {
  return [downtime, requests, charts, ...budgets, ...business.signals].some(({missing}) => missing === null)
}
