import {type Dashboard, isInstant, type Panel, panelsOf, type PanelQuery} from '../../domain/dashboard/dashboard.js'
import type {DashboardReport, PanelReport} from '../../domain/dashboard/dashboard-report.js'
import {type PanelAnswer, type PanelContext, readPanel} from '../../domain/dashboard/read-panel.js'
import {type ErrorCode, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import type {SignalTargets} from '../../domain/signals/reading.js'
import {withRefused} from '../../domain/signals/refused.js'
import type {Sample} from '../../domain/promql/sample.js'
import {labelled} from '../../domain/signals/signal.js'
import {worstOfJudged} from '../../domain/verdict.js'
import type {Metrics} from '../../ports/metrics.js'

export interface DashboardInput {
  readonly dashboard: Dashboard
  readonly service: string
  readonly targets: SignalTargets
  /** As a scope's: what is counted with the figures of now. */
  readonly refused?: string
  /** When to evaluate, seconds since the epoch. */
  readonly at: number
}

interface Failure {
  readonly reason: string
  readonly code: ErrorCode
}

type Answer = PanelAnswer | Failure

interface Asked {
  readonly answer: Answer
  readonly warnings: readonly string[]
}

async function asked(work: () => Promise<PanelAnswer & {readonly warnings: readonly string[]}>): Promise<Asked> {
  try {
    const {samples, series, warnings} = await work()
    return {answer: {samples, series}, warnings}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {answer: {reason: error.message, code: error.code}, warnings: []}
  }
}

type Named = Pick<PanelQuery, 'name' | 'expression'>

function instant(metrics: Metrics, queries: readonly Named[], at: number): Promise<Asked> {
  return asked(async () => {
    const {samples, warnings} = await metrics.query(labelled(queries), {at})
    return {samples: withRefused(samples), series: [], warnings}
  })
}

/** The expression is to blame, or what it selects: others may well be answered. */
function isOfQuery(answer: Answer): boolean {
  return 'reason' in answer && (answer.code === 'badAnswer' || answer.code === 'usage')
}

/** Those of one moment in one request; when that fails, one by one, so that the one that is to blame hides no other. */
async function instants(
  metrics: Metrics,
  {dashboard, refused, at}: DashboardInput,
): Promise<(panel: Panel | null) => Asked> {
  const panels = panelsOf(dashboard).filter(isInstant)
  const beside: readonly Named[] = refused === undefined ? [] : [{name: 'refused', expression: refused}]
  const every: readonly Named[] = [dashboard.traffic, ...panels.flatMap(({queries}) => queries), ...beside]
  const unique = [...new Map(every.map((query) => [query.name, query])).values()]
  const together = await instant(metrics, unique, at)
  if (!isOfQuery(together.answer)) return () => together
  const parts = [{queries: [dashboard.traffic]}, ...panels]
  const answers = await Promise.all(parts.map(({queries}) => instant(metrics, [...queries, ...beside], at)))
  return (panel) => answers[panel === null ? 0 : panels.indexOf(panel) + 1] ?? together
}

function trend(metrics: Metrics, {queries}: Panel, {start, end, stepSeconds}: PanelContext): Promise<Asked> {
  return asked(async () => {
    const {series, warnings} = await metrics.queryRange(labelled(queries), {start, end, stepSeconds})
    return {samples: [], series, warnings}
  })
}

/** What the traffic is; undefined: nothing is known of it. */
function trafficOf({answer}: Asked, {traffic}: Dashboard): number | undefined {
  const samples: readonly Sample[] = 'reason' in answer ? [] : answer.samples
  return samples.find(({labels}) => labels['signal'] === traffic.name)?.value
}

/** Without traffic nothing else is known either: what was looked for, and where it should come from. */
function remarks({answer}: Asked, {traffic}: Dashboard, value: number | undefined): readonly string[] {
  if ('reason' in answer || value !== undefined) return []
  return [
    `no data for ${traffic.title}: nothing is found by ${traffic.expression} (recorded series come from service/prometheus/rules)`,
  ]
}

function report(panel: Panel, {answer}: Asked, context: PanelContext): PanelReport {
  const {title, kind, description, runbook} = panel
  const {content, verdict} =
    'reason' in answer
      ? ({content: {kind: 'unknown', reason: answer.reason}, verdict: 'unknown'} as const)
      : readPanel(panel, answer, context)
  return {title, kind, description, runbook, content, verdict}
}

/**
 * A dashboard as of one moment, everything asked at once. A panel whose query fails is unknown, with the reason, and hides nothing.
 */
export async function readDashboard(
  {metrics}: {readonly metrics: Metrics},
  input: DashboardInput,
): Promise<Result<DashboardReport>> {
  const {dashboard, service, targets, at} = input
  const {rangeSeconds, points, name, title} = dashboard
  const stepSeconds = Math.max(1, Math.ceil(rangeSeconds / points))
  const range = {targets, start: at - rangeSeconds, end: at, stepSeconds, isIdle: false}
  const trends = panelsOf(dashboard).filter((panel) => !isInstant(panel))
  const [ofNow, ...overTime] = await Promise.all([
    instants(metrics, input),
    ...trends.map((panel) => trend(metrics, panel, range)),
  ])
  const answerTo = (panel: Panel): Asked => overTime[trends.indexOf(panel)] ?? ofNow(panel)
  const traffic = trafficOf(ofNow(null), dashboard)
  const context = {...range, isIdle: traffic === 0}
  const sections = dashboard.sections.map((section) => ({
    title: section.title,
    panels: section.panels.map((panel) => report(panel, answerTo(panel), context)),
  }))
  const answers = panelsOf(dashboard).map(answerTo)
  const warnings = [...new Set(answers.flatMap((answer) => answer.warnings))].map((text) => `Prometheus: ${text}`)
  const verdicts = sections.flatMap(({panels}) => panels.map(({verdict}) => verdict))
  return {
    verdict: worstOfJudged(warnings.length > 0 ? [...verdicts, 'unknown'] : verdicts),
    data: {
      name,
      title,
      service,
      at: new Date(at * 1000).toISOString(),
      rangeSeconds,
      stepSeconds,
      causes: [],
      sections,
    },
    warnings: [...warnings, ...remarks(ofNow(null), dashboard, traffic)],
  }
}
