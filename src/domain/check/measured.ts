import type {DashboardReport, PanelReport} from '../dashboard/dashboard-report.js'
import {lacksData} from '../dashboard/lacks-data.js'
import type {SignalTrend} from '../signals/signals-report.js'

/** A signal that has figures neither now nor an hour, a day and a week ago: the service does not have it. */
function isMeasured({reading, hourAgo, dayAgo, weekAgo}: SignalTrend): boolean {
  return reading.kind !== 'noData' || [hourAgo, dayAgo, weekAgo].some((value) => value !== null)
}

export function measuredSignals(signals: readonly SignalTrend[]): readonly SignalTrend[] {
  return signals.filter(isMeasured)
}

function panelsOf({sections}: DashboardReport): readonly PanelReport[] {
  return sections.flatMap(({panels}) => panels)
}

export function lacksPanelData(dashboards: readonly DashboardReport[]): boolean {
  return dashboards.flatMap(panelsOf).some(({content}) => lacksData(content))
}

/** Without the panels that have no data now and had none before, as far as is known; `before`: the same dashboards, at other times. */
export function measuredPanels(dashboard: DashboardReport, before: readonly DashboardReport[]): DashboardReport {
  const others = before.filter(({name}) => name === dashboard.name).map(panelsOf)
  const own = panelsOf(dashboard)
  const isShown = (panel: PanelReport): boolean => {
    const place = own.indexOf(panel)
    const had = others.some((panels) => {
      const before = panels[place]
      return before !== undefined && !lacksData(before.content)
    })
    return had || !lacksData(panel.content)
  }
  const sections = dashboard.sections.map((section) => ({...section, panels: section.panels.filter(isShown)}))
  return {...dashboard, sections: sections.filter(({panels}) => panels.length > 0)}
}
