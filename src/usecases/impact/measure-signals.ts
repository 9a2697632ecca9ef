import {businessQuery, comparedSignals, WEEK_SECONDS} from '../../domain/impact/business-query.js'
import {chartGrid, onGrid} from '../../domain/impact/charts-grid.js'
import type {BusinessFigures, Charts} from '../../domain/impact/measurement.js'
import {SERVICE_SIGNALS} from '../../domain/signals/golden-signals.js'
import {union} from '../../domain/signals/signal.js'
import {answered} from './answered.js'
import {type ImpactDeps, type ImpactQuestion, windowOf} from './impact-question.js'

const FIVE_MINUTES = 300

export interface MeasuredBusiness {
  readonly business: BusinessFigures
  readonly warnings: readonly string[]
}

/** Business signals over the incident, and over the same time a week before: two queries. */
export async function measureBusiness({metrics}: ImpactDeps, question: ImpactQuestion): Promise<MeasuredBusiness> {
  const asked = {job: question.job, windowSeconds: windowOf(question)}
  const query = businessQuery(asked)
  const [now, before] = await Promise.all(
    [question.end, question.end - WEEK_SECONDS].map((at) =>
      answered(async () => {
        const {samples, warnings} = await metrics.query(query, {at})
        return {value: samples, warnings}
      }),
    ),
  )
  if (now?.ok !== true)
    return {business: {missing: 'notAnswered', detail: now?.detail ?? '', signals: []}, warnings: []}
  const earlier = before?.ok === true ? before.value : []
  const warnings = [...now.warnings, ...(before?.warnings ?? [])]
  const signals = comparedSignals(asked, now.value, earlier)
  return {business: {missing: signals.length === 0 ? 'noSeries' : null, detail: '', signals}, warnings}
}

export interface MeasuredCharts {
  readonly charts: Charts
  readonly warnings: readonly string[]
}

/** The golden signals before, in and after the incident: one range query of at most 200 steps. */
export async function measureCharts(
  {metrics, clock}: Pick<ImpactDeps, 'metrics' | 'clock'>,
  {job, start, end}: Pick<ImpactQuestion, 'job' | 'start' | 'end'>,
): Promise<MeasuredCharts> {
  const grid = chartGrid(start, end)
  const last = grid.start + (grid.points - 1) * grid.stepSeconds
  const now = clock.now().getTime() / 1000
  const query = union(SERVICE_SIGNALS, {job, windowSeconds: Math.max(FIVE_MINUTES, grid.stepSeconds)})
  const until = Math.min(last, Math.floor(now / grid.stepSeconds) * grid.stepSeconds)
  const answer = await answered(async () => {
    const range = {start: grid.start, end: until, stepSeconds: grid.stepSeconds}
    const {series, warnings} = await metrics.queryRange(query, range)
    return {value: series, warnings}
  })
  const series = SERVICE_SIGNALS.flatMap(({name}) => {
    const own = answer.ok ? answer.value.find(({labels}) => labels['signal'] === name) : undefined
    return own === undefined ? [] : [onGrid(name, own, grid)]
  })
  const asked = Math.max(1, Math.round((until - grid.start) / grid.stepSeconds) + 1)
  const known = new Set(series.flatMap(({values}) => values.flatMap((value, index) => (value === null ? [] : [index]))))
  const charts: Charts = {
    ...{query, stepSeconds: grid.stepSeconds, points: grid.points, series},
    start: new Date(grid.start * 1000).toISOString(),
    askedUntil: new Date(until * 1000).toISOString(),
    coverage: known.size === 0 ? null : Math.min(1, known.size / asked),
    missing: answer.ok ? (known.size === 0 ? 'noSeries' : null) : 'notAnswered',
    detail: answer.ok ? '' : answer.detail,
  }
  return {charts, warnings: answer.warnings}
}
