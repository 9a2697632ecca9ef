import type {SignalName, SignalUnit} from '../signals/signal.js'

/** `state`: the share of the replicas that answer, 1 is healthy and 0 is down. `points`: the difference of two ratios. */
export type PanelUnit = SignalUnit | 'count' | 'state' | 'points'

/** One query of a panel: PromQL, and how its figure is read. */
export interface PanelQuery {
  /** Its name among all queries of the dashboard. */
  readonly name: string
  /** Its legend; a query `by` a label has that label's values instead. */
  readonly title: string
  readonly unit: PanelUnit
  readonly expression: string
  /** The name of its target among the signals' targets; null: there is none. */
  readonly target: SignalName | null
  readonly good: 'below' | 'above'
  /** Without traffic it has no value, and that is no fault. */
  readonly needsTraffic: boolean
  /** It looks further back than a young service has lived: absent is "not known yet", and no fault. */
  readonly looksBack: boolean
  /** The label by which it gives many samples; null: one. */
  readonly by: string | null
}

/** `figures` is shown as numbers, `gauges` as numbers against their targets; both, `table` and `histogram` are of one moment. */
export type PanelKind = 'figures' | 'gauges' | 'series' | 'table' | 'histogram'

export interface Panel {
  readonly title: string
  readonly kind: PanelKind
  readonly description: string
  /** What to run when it looks wrong: `faci runbook NAME`. */
  readonly runbook: string
  readonly queries: readonly PanelQuery[]
}

/** Without a title it is the first glance: few words, on one line where there is room. */
export interface Section {
  readonly title: string
  readonly panels: readonly Panel[]
}

export type DashboardName = 'overview' | 'business' | 'performance'

/** What is shown, on whatever screen: the terminal and Grafana draw it, each in its way. */
export interface Dashboard {
  readonly name: DashboardName
  readonly title: string
  readonly description: string
  readonly rangeSeconds: number
  /** Points of a series over the range. */
  readonly points: number
  /** Zero while there is no traffic. */
  readonly traffic: PanelQuery
  readonly sections: readonly Section[]
}

/** Whose series, and how far back. */
export interface DashboardScope {
  readonly job: string | null
  /** Null: as is usual for the dashboard. */
  readonly rangeSeconds: number | null
}

/** Those of one moment can be asked for together. */
export function isInstant({kind}: Panel): boolean {
  return kind !== 'series'
}

export function panelsOf({sections}: Dashboard): readonly Panel[] {
  return sections.flatMap(({panels}) => panels)
}
