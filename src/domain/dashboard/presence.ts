import type {Cause} from '../status/cause.js'
import {type JudgedVerdict, type StateVerdict, worstOfJudged, worstState} from '../verdict.js'
import {type Dashboard, panelsOf} from './dashboard.js'
import type {DashboardReport, Figure, PanelReport} from './dashboard-report.js'

/** What a figure of a state is when the whole is so: 1 healthy, 0 down, between them degraded. */
const VALUES: Readonly<Record<StateVerdict, number | null>> = {healthy: 1, degraded: 0.5, down: 0, unknown: null}

function judged(verdict: JudgedVerdict, now: StateVerdict): StateVerdict {
  return worstState(verdict === 'notJudged' ? [now] : [verdict, now])
}

function figureWith(figure: Figure, now: StateVerdict): Figure {
  if (figure.unit !== 'state') return figure
  const verdict = judged(figure.verdict, now)
  const value = VALUES[verdict]
  return {...figure, verdict, reading: value === null ? {kind: 'noData'} : {kind: 'value', value}}
}

function panelWith(panel: PanelReport, now: StateVerdict): PanelReport {
  const {content} = panel
  if (content.kind !== 'figures') return panel
  const figures = content.figures.map((figure) => figureWith(figure, now))
  return {
    ...panel,
    content: {...content, figures},
    verdict: worstOfJudged([panel.verdict, ...figures.map((one) => one.verdict)]),
  }
}

/** It shows a state: whether what it is about is there and well. */
export function showsState(dashboard: Dashboard): boolean {
  return panelsOf(dashboard).some(({queries}) => queries.some(({unit}) => unit === 'state'))
}

/**
 * The state that is shown is the present one: Prometheus learns it with the next scrape, and of a target that is gone never. It is that
 * of the whole dashboard: a screen has one verdict.
 */
export function withPresence(
  report: DashboardReport,
  verdict: JudgedVerdict,
  {verdict: now, causes}: {readonly verdict: StateVerdict; readonly causes: readonly Cause[]},
): {readonly report: DashboardReport; readonly verdict: StateVerdict} {
  const whole = judged(verdict, now)
  const sections = report.sections.map((section) => ({
    ...section,
    panels: section.panels.map((panel) => panelWith(panel, whole)),
  }))
  return {report: {...report, sections, causes}, verdict: whole}
}
