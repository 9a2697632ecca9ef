import type {Figure, PanelContent, Trend} from './dashboard-report.js'

function hasNone({reading}: Figure): boolean {
  return reading.kind === 'noData'
}

function isBlank(trend: Trend): boolean {
  return hasNone(trend) && trend.points.every(({value}) => value === null)
}

/** A panel that was asked, and of which nothing at all is known: one figure of several is something. */
export function lacksData(content: PanelContent): boolean {
  switch (content.kind) {
    case 'figures':
    case 'gauges':
      return content.figures.length > 0 && content.figures.every(hasNone)
    case 'series':
      return content.trends.length > 0 && content.trends.every(isBlank)
    case 'noData':
      return true
    case 'table':
    case 'histogram':
    case 'noTraffic':
    case 'unknown':
      return false
  }
}
