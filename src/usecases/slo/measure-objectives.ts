import {adjustedSpans, type Span} from '../../domain/slo/adjustments.js'
import type {EventQueries} from '../../domain/signals/counted-events.js'
import {eventQueries, type Place} from '../../domain/slo/event-queries.js'
import {
  clipped,
  countedIn,
  crossing,
  exhaustionGrids,
  fineGrid,
  type Grid,
  LEAST_SHARE,
  momentWithin,
  type Step,
} from '../../domain/slo/exhausted-at.js'
import {type Figures, figuresQuery, type FigureQuestion, readFigures} from '../../domain/slo/figures.js'
import {recordedFigures, recordedQuery} from '../../domain/slo/recorded-figures.js'
import {type Adjustment, LEAST_COVERAGE, type Objective} from '../../domain/slo/objective.js'
import type {ObjectiveDoubt} from '../../domain/slo/slo-note.js'
import {type ObjectiveReport, reportObjective} from '../../domain/slo/objective-report.js'
import {firstSeen, memoryFor, seenSince} from '../../domain/signals/up-slots.js'
import {promDuration} from '../../domain/promql/promql.js'
import type {Clock} from '../../ports/clock.js'
import type {Metrics} from '../../ports/metrics.js'

export interface SloDeps {
  readonly metrics: Metrics
  readonly clock: Clock
}

export interface SloInput {
  readonly service: string
  readonly job: string | null
  readonly timezone: string
  readonly objectives: readonly Objective[]
  readonly adjustments: readonly Adjustment[]
  /** When everything is evaluated, seconds since the epoch: the end of every window. */
  readonly at: number
  /** `2026-10` and where it begins, seconds since the epoch; null: each objective's own rolling window. */
  readonly month: {readonly name: string; readonly start: number; readonly end: number} | null
  /** Instead of each objective's own. */
  readonly windowSeconds: number | null
  /** Take the figures that the rules of `faci slo rules` have recorded, where they have. */
  readonly prefersRecorded: boolean
}

export interface Measured {
  readonly objective: Objective
  readonly figures: Figures
  readonly report: ObjectiveReport
}

interface Question extends FigureQuestion {
  readonly expression: string
}

interface Answered extends Question {
  readonly figures: Figures
  readonly warnings: readonly string[]
}

function windowOf({at, month, windowSeconds}: SloInput, objective: Objective): Span {
  if (month !== null) return {start: month.start, end: at}
  return {start: at - (windowSeconds ?? objective.windowSeconds), end: at}
}

function isOfUp({indicator}: Objective): boolean {
  return indicator.kind === 'up'
}

/** Since when the job is known is asked once: it takes as long as a window does, of which there are many. */
async function placeOf({metrics}: SloDeps, input: SloInput): Promise<Place> {
  const {job, at, objectives} = input
  const windows = objectives.filter(isOfUp).map((objective) => at - windowOf(input, objective).start)
  if (job === null || windows.length === 0) return {job}
  const {samples} = await metrics.query(firstSeen(job, memoryFor(Math.max(...windows))), {at})
  return {job, ...seenSince(samples[0]?.value ?? null, at)}
}

function questionOf(input: SloInput, objective: Objective, place: Place): Question {
  const window = windowOf(input, objective)
  const windowSeconds = window.end - window.start
  const question = {
    queries: eventQueries(objective.indicator, place),
    windowSeconds,
    adjustments: adjustedSpans(input.adjustments, objective.name, window),
  }
  return {...question, expression: figuresQuery(question)}
}

async function ask({metrics}: SloDeps, {at}: SloInput, question: Question): Promise<Answered> {
  const {samples, warnings} = await metrics.query(question.expression, {at})
  return {...question, figures: readFigures(question, samples), warnings}
}

function badOf({side, part, total}: EventQueries, range: string): string {
  return side === 'bad' ? part(range) : `${total(range)} - (${part(range)} or 0 * ${total(range)})`
}

/** The bad events of each step, without those of maintenance. */
async function badSteps(
  {metrics}: SloDeps,
  {queries, adjustments}: Question,
  grid: Grid | null,
): Promise<readonly Step[]> {
  if (grid === null) return []
  const {series} = await metrics.queryRange(badOf(queries, `[${promDuration(grid.stepSeconds)}]`), grid)
  const points = series[0]?.points ?? []
  return points
    .filter(({at}) => !adjustments.some(({start, end}) => at > start && at <= end))
    .map(({at, value}) => ({start: at - grid.stepSeconds, end: at, bad: value}))
}

/** When so many bad events had happened as the budget allows, seconds since the epoch; null when too little of them can be seen. */
async function exhaustedAt(
  deps: SloDeps,
  question: Question,
  {start, end}: Span,
  {allowed, bad}: {readonly allowed: number; readonly bad: number},
): Promise<number | null> {
  const [coarse, tail] = await Promise.all(exhaustionGrids(start, end).map((grid) => badSteps(deps, question, grid)))
  const steps = [...(coarse ?? []).map((step) => clipped(step, start)), ...(tail ?? [])]
  const found = crossing(steps, allowed)
  // They are counted one by one, each to a scrape: together they may fall short of the whole by a little.
  if (found === null) return countedIn(steps) >= LEAST_SHARE * bad ? end : null
  const fine = await badSteps(deps, question, fineGrid(found.step))
  return momentWithin(found.step, fine, allowed - found.before)
}

async function withExhaustion(
  deps: SloDeps,
  input: SloInput,
  questions: Questions,
  {objective, report}: Omit<Measured, 'figures'>,
): Promise<ObjectiveReport> {
  const {budget, total} = report
  if (budget.consumed === null || budget.consumed <= 1 || total === null) return report
  const question = (await questions()).get(objective)
  if (question === undefined) return report
  const allowed = budget.totalRatio * total
  const at = await exhaustedAt(deps, question, windowOf(input, objective), {allowed, bad: allowed * budget.consumed})
  return {...report, exhaustedAt: at === null ? null : new Date(at * 1000).toISOString()}
}

/** Why a window is not all there: what began before the samples that are kept. */
function retentionDoubts(retention: number | null, window: Span, now: number): readonly ObjectiveDoubt[] {
  if (retention === null || now - window.start <= retention) return []
  const coveredSeconds = Math.max(0, retention - (now - window.end))
  return [{why: 'notKept', keptSeconds: retention, windowSeconds: window.end - window.start, coveredSeconds}]
}

export interface Measurements {
  readonly measured: readonly Measured[]
  /** Whether recording rules had counted, or samples were. */
  readonly source: 'recordingRules' | 'samples'
  readonly warnings: readonly string[]
}

interface Answers {
  readonly source: Measurements['source']
  readonly figuresOf: (objective: Objective) => Figures | undefined
  readonly warnings: readonly string[]
  readonly retention: number | null
}

/** The question of each objective; what it takes to put them is asked once, and only if they are put. */
type Questions = () => Promise<ReadonlyMap<Objective, Question>>

function askedLater(deps: SloDeps, input: SloInput): Questions {
  let placing: Promise<Place> | undefined
  return async () => {
    placing ??= placeOf(deps, input)
    const place = await placing
    return new Map(input.objectives.map((objective) => [objective, questionOf(input, objective, place)]))
  }
}

/** All figures as recorded, by one request; null when some are not, or the windows asked for are not those of the rules. */
async function recorded({metrics}: SloDeps, input: SloInput): Promise<Answers | null> {
  const {at, job, month, windowSeconds, objectives, adjustments} = input
  if (!input.prefersRecorded || month !== null || windowSeconds !== null) return null
  if (objectives.some((one) => adjustedSpans(adjustments, one.name, windowOf(input, one)).length > 0)) return null
  const {samples, warnings} = await metrics.query(recordedQuery(objectives, job), {at})
  const found = new Map(objectives.map((objective) => [objective, recordedFigures(objective, job, samples)]))
  if ([...found.values()].includes(null)) return null
  // What is older than the retention was recorded too, or is missing from the coverage.
  return {source: 'recordingRules', figuresOf: (one) => found.get(one) ?? undefined, warnings, retention: null}
}

/** One query for each indicator, all at once. */
async function counted(deps: SloDeps, input: SloInput, questions: Questions): Promise<Answers> {
  const asked = await questions()
  const distinct = new Map([...asked.values()].map((question) => [question.expression, question]))
  const [retention, ...answers] = await Promise.all([
    deps.metrics.retention(),
    ...[...distinct.values()].map((question) => ask(deps, input, question)),
  ])
  const figures = new Map(answers.map((answer) => [answer.expression, answer.figures]))
  return {
    source: 'samples',
    figuresOf: (objective) => figures.get(asked.get(objective)?.expression ?? ''),
    warnings: [...new Set(answers.flatMap((answer) => answer.warnings))],
    retention,
  }
}

/** The rules may be younger than the samples, or than this definition: then there is more in the samples. */
const MORE_COVERAGE = 0.05

/** What rules have recorded, unless that is of a part of the window and the samples tell of more of it. */
async function answered(deps: SloDeps, input: SloInput, questions: Questions): Promise<Answers> {
  const fromRules = await recorded(deps, input)
  if (fromRules === null) return counted(deps, input, questions)
  const coverages = ({figuresOf}: Answers): readonly number[] =>
    input.objectives.map((objective) => figuresOf(objective)?.coverage ?? 0)
  const ofRules = coverages(fromRules)
  if (ofRules.every((share) => share >= LEAST_COVERAGE)) return fromRules
  const fromSamples = await counted(deps, input, questions)
  const hasMore = coverages(fromSamples).some((share, index) => share > (ofRules[index] ?? 0) + MORE_COVERAGE)
  return hasMore ? fromSamples : fromRules
}

/**
 * Every objective at one time: a single request where rules have recorded the figures, else one for each indicator, one for since when
 * the job is known, and one more for each budget that is spent. Throws `configInvalid` for an indicator with several series.
 */
export async function measureObjectives(deps: SloDeps, input: SloInput): Promise<Measurements> {
  const questions = askedLater(deps, input)
  const answers = await answered(deps, input, questions)
  const warned = answers.warnings.map((text): ObjectiveDoubt => ({why: 'warned', text}))
  const now = deps.clock.now().getTime() / 1000
  const isOpen = input.month === null || input.at < input.month.end
  const measured = input.objectives.map(async (objective) => {
    const figures = answers.figuresOf(objective)
    if (figures === undefined) return []
    const window = windowOf(input, objective)
    const doubts = [...warned, ...retentionDoubts(answers.retention, window, now)]
    const report = reportObjective(objective, {figures, window, isOpen, doubts})
    return [{objective, figures, report: await withExhaustion(deps, input, questions, {objective, report})}]
  })
  return {
    measured: (await Promise.all(measured)).flat(),
    source: answers.source,
    warnings: answers.warnings.map((text) => `Prometheus: ${text}`),
  }
}
