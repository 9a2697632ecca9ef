import {business} from './business.js'
import type {Dashboard, DashboardName, DashboardScope} from './dashboard.js'
import {overview} from './overview.js'
import {performance} from './performance.js'

/** The three of the guide, by name. */
export const DASHBOARDS: Readonly<Record<DashboardName, (scope: DashboardScope) => Dashboard>> = {
  overview,
  business,
  performance,
}

export const DASHBOARD_NAMES: readonly DashboardName[] = ['overview', 'business', 'performance']
