import type {Figure, PanelContent, Trend} from './dashboard-report.js'

function hasNone({reading}: Figure): boolean {
  return reading.kind === 'noData'
}

function isBlank(trend: Trend): boolean {
  return hasNone(trend) && trend.points.every(({value}) => value === null)
}

/** A panel that was asked, and of which nothing at all is known: one figure of several is something. */
export function lacksData(content: PanelContent): boolean {
  if ('figures' in content) return content.figures.length > 0 && content.figures.every(hasNone)
  if ('trends' in content) return content.trends.length > 0 && content.trends.every(isBlank)
  return content.kind === 'noData'
}
