import type {Reading} from '../signals/reading.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Cause} from '../status/cause.js'
import type {JudgedVerdict} from '../verdict.js'
import type {DashboardName, PanelKind, PanelUnit} from './dashboard.js'

export interface Figure {
  readonly name: string
  readonly title: string
  readonly unit: PanelUnit
  readonly reading: Reading
  /** In the figure's unit; null when there is nothing to hold it against. */
  readonly target: number | null
  readonly good: 'below' | 'above'
  /** `notJudged`: it was read, and has no target. */
  readonly verdict: JudgedVerdict
}

export interface TrendPoint {
  readonly at: IsoTime
  /** Null: there was none then. */
  readonly value: number | null
}

export interface Trend extends Figure {
  /** Oldest first, a step apart, over the whole range. The reading is that of the last. */
  readonly points: readonly TrendPoint[]
}

export interface Cell {
  /** Null: it has none in this column. */
  readonly value: number | null
  readonly target: number | null
}

export interface Column {
  readonly title: string
  readonly unit: PanelUnit
  readonly good: 'below' | 'above'
}

export interface Row {
  readonly label: string
  /** One for each column. */
  readonly cells: readonly Cell[]
}

/** How many lie between two values. */
export interface Bucket {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** What a panel shows; `noTraffic`, `noData`: there is nothing for it; `unknown`: it could not be asked, and why. */
export type PanelContent =
  | {readonly kind: 'figures' | 'gauges'; readonly figures: readonly Figure[]}
  | {readonly kind: 'series'; readonly trends: readonly Trend[]}
  | {
      readonly kind: 'table'
      readonly by: string
      readonly columns: readonly Column[]
      readonly rows: readonly Row[]
    }
  | {readonly kind: 'histogram'; readonly unit: PanelUnit; readonly buckets: readonly Bucket[]}
  | {readonly kind: 'noTraffic' | 'noData'}
  | {readonly kind: 'unknown'; readonly reason: string}

export interface PanelReport {
  readonly title: string
  readonly kind: PanelKind
  readonly description: string
  readonly runbook: string
  readonly content: PanelContent
  /** Tables and histograms show where to look: they are not judged. */
  readonly verdict: JudgedVerdict
}

export interface SectionReport {
  readonly title: string
  readonly panels: readonly PanelReport[]
}

/** A dashboard at one moment. */
export interface DashboardReport {
  readonly name: DashboardName
  readonly title: string
  readonly service: string
  /** When everything was evaluated. */
  readonly at: IsoTime
  readonly rangeSeconds: number
  readonly stepSeconds: number
  /** What is wrong with what it shows the state of, the worst first. */
  readonly causes: readonly Cause[]
  readonly sections: readonly SectionReport[]
}
