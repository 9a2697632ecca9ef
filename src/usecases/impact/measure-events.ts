import type {Downtime, FailedRequests, SpentBudget} from '../../domain/impact/measurement.js'
import {downtimeOf, failedRequestsOf, spentBudgetOf} from '../../domain/impact/spent-budget.js'
import {eventQueries, type Place} from '../../domain/slo/event-queries.js'
import {type Figures, figuresQuery, readFigures} from '../../domain/slo/figures.js'
import type {Indicator, Objective} from '../../domain/slo/objective.js'
import {firstSeen, memoryFor, seenSince} from '../../domain/signals/up-slots.js'
import type {Metrics} from '../../ports/metrics.js'
import {type Answered, answered} from './answered.js'
import {type ImpactDeps, type ImpactQuestion, windowOf} from './impact-question.js'

const UP: Indicator = {kind: 'up'}
const NOT_ASKED = {query: '', coverage: null, detail: ''} as const

/** Where no objective says what a failed request is. */
function requestsOf({objectives, refused}: ImpactQuestion): Indicator {
  const own = objectives.find(({indicator}) => indicator.kind === 'errors')
  if (own !== undefined) return own.indicator
  const metric = 'http_requests_total'
  return {
    kind: 'errors',
    errors: {kind: 'selector', metric, matchers: ['status=~"5.."']},
    total: {kind: 'selector', metric, matchers: []},
    ...(refused === null ? {} : {refused}),
  }
}

interface Counted {
  readonly query: string
  readonly answer: Answered<Figures>
}

/** Counts what an indicator counts, each question once. */
type Count = (indicator: Indicator, windowSeconds: number) => Promise<Counted>

function counter(metrics: Metrics, at: number, place: Place): Count {
  const asked = new Map<string, Promise<Counted>>()
  return (indicator, windowSeconds) => {
    const question = {queries: eventQueries(indicator, place), windowSeconds, adjustments: [], burnWindows: []}
    const query = figuresQuery(question)
    const ask = async (): Promise<Counted> => {
      const answer = await answered(async () => {
        const {samples, warnings} = await metrics.query(query, {at})
        return {value: readFigures(question, samples), warnings}
      })
      return {query, answer}
    }
    const found = asked.get(query) ?? ask()
    asked.set(query, found)
    return found
  }
}

/** Since when the job is known: what never was is not down. */
async function placeOf({metrics}: ImpactDeps, {job, start, end}: ImpactQuestion): Promise<Place> {
  if (job === null) return {job}
  const first = await answered(async () => {
    const {samples, warnings} = await metrics.query(firstSeen(job, memoryFor(end - start)), {at: end})
    return {value: samples[0]?.value ?? null, warnings}
  })
  return first.ok ? {job, ...seenSince(first.value, end)} : {job}
}

async function downtime(count: Count, question: ImpactQuestion): Promise<Downtime> {
  if (question.job === null) return {...NOT_ASKED, missing: 'noJob', seconds: null}
  const seconds = windowOf(question)
  const {query, answer} = await count(UP, seconds)
  if (answer.ok) return downtimeOf(query, answer.value, seconds)
  return {query, coverage: null, missing: 'notAnswered', detail: answer.detail, seconds: null}
}

async function requests(count: Count, question: ImpactQuestion): Promise<FailedRequests> {
  const {query, answer} = await count(requestsOf(question), windowOf(question))
  if (answer.ok) return failedRequestsOf(query, answer.value)
  return {query, coverage: null, missing: 'notAnswered', detail: answer.detail, failed: null, total: null}
}

async function budget(count: Count, question: ImpactQuestion, objective: Objective): Promise<SpentBudget> {
  const {indicator, windowSeconds, name, objective: target} = objective
  const none = {bad: null, total: null, spent: null, budgetCoverage: null}
  const own = {...none, objective: name, target, budgetSeconds: windowSeconds}
  // Without a job its indicator counts scrapes, which no budget of time is made of.
  if (indicator.kind === 'up' && question.job === null) return {...NOT_ASKED, ...own, missing: 'noJob'}
  const seconds = windowOf(question)
  const [{query, answer}, whole] = await Promise.all([
    count(indicator, seconds),
    indicator.kind === 'up' ? null : count(indicator, windowSeconds),
  ])
  if (answer.ok) {
    const figures = whole?.answer.ok === true ? whole.answer.value : null
    return spentBudgetOf(objective, query, {incident: answer.value, whole: figures, incidentSeconds: seconds})
  }
  return {...own, query, coverage: null, missing: 'notAnswered', detail: answer.detail}
}

export interface MeasuredEvents {
  readonly downtime: Downtime
  readonly requests: FailedRequests
  readonly budgets: readonly SpentBudget[]
  readonly warnings: readonly string[]
}

/** Minutes down, requests failed and budgets spent: one query for each indicator, and one for its whole window. */
export async function measureEvents(deps: ImpactDeps, question: ImpactQuestion): Promise<MeasuredEvents> {
  const warnings = new Set<string>()
  const count = counter(deps.metrics, question.end, await placeOf(deps, question))
  const noted: Count = async (indicator, seconds) => {
    const counted = await count(indicator, seconds)
    for (const warning of counted.answer.warnings) warnings.add(warning)
    return counted
  }
  const [down, failed, ...budgets] = await Promise.all([
    downtime(noted, question),
    requests(noted, question),
    ...question.objectives.map((objective) => budget(noted, question, objective)),
  ])
  return {downtime: down, requests: failed, budgets, warnings: [...warnings]}
}
