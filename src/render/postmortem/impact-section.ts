import type {Asked, ComparedSignal, Measurement, SpentBudget} from '../../domain/impact/measurement.js'
import {LEAST_COVERAGE} from '../../domain/slo/objective.js'
import type {PostmortemFigures, PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import {fenced, joined, literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import {span} from '../../domain/time/span.js'
import {worded} from '../words/worded.js'
import {figureText, shareText} from './figure-text.js'
import type {Look} from './look.js'
import {markdownTable, stackedMarkdown} from './markdown-table.js'
import {localNumber} from '../words/local-numbers.js'

type Row = readonly [what: string, figure: string, coverage: string]

function missingText({missing, detail}: Pick<Asked, 'missing' | 'detail'>, {words}: Look): string | null {
  if (missing === null) return null
  return detail === '' ? words.missing[missing] : `${words.missing[missing]}: ${detail}`
}

function coverageText(coverage: number | null, {words}: Look): string {
  return coverage === null ? words.missing.noSeries : shareText(coverage, words.locale)
}

function count(value: number, locale: string): string {
  return localNumber(value, locale, value < 10 ? 1 : 0)
}

function downtimeRow({downtime}: Measurement, look: Look): Row {
  const figure = missingText(downtime, look) ?? span(downtime.seconds ?? 0)
  return [look.words.downtime, figure, coverageText(downtime.coverage, look)]
}

function requestsRow({requests}: Measurement, look: Look): Row {
  const {failed, total} = requests
  const {words} = look
  const figure = (): string => {
    if (failed === null || total === null) return words.unknown
    const share = shareText(failed / total, words.locale)
    return words.failedOf(count(failed, words.locale), count(total, words.locale), share)
  }
  return [words.requests, missingText(requests, look) ?? figure(), coverageText(requests.coverage, look)]
}

function spentText({budgetCoverage}: SpentBudget, spent: number, {words}: Look): string {
  const share = shareText(spent, words.locale)
  return spent > 0 && (budgetCoverage ?? 0) < LEAST_COVERAGE ? words.spentAtMost(share) : words.spent(share)
}

function budgetRow(budget: SpentBudget, look: Look): Row {
  const {words} = look
  const {spent, budgetCoverage, budgetSeconds, objective, target} = budget
  const name = words.budget(objective, `${localNumber(target * 100, words.locale, 4)} %`, span(budgetSeconds))
  const figure = spent === null ? words.spentUnknown : spentText(budget, spent, look)
  const whole = budgetCoverage === null ? words.missing.noSeries : shareText(budgetCoverage, words.locale)
  const coverage = `${coverageText(budget.coverage, look)}; ${words.ofWindow(whole, span(budgetSeconds))}`
  const missing = missingText(budget, look)
  // Without traffic nothing was spent, which is known.
  return [
    name,
    budget.missing === 'noTraffic' && spent !== null ? `${figure} (${missing ?? ''})` : (missing ?? figure),
    coverage,
  ]
}

function changeText(value: number, before: number, locale: string): string | null {
  if (before === 0) return null
  const change = (value - before) / before
  return `${change < 0 ? '−' : '+'}${localNumber(Math.abs(change) * 100, locale, 0)} %`
}

function businessRow(one: ComparedSignal, look: Look): Row {
  const {words} = look
  const {value, weekAgo, unit, signal} = one
  const own = missingText(one, look) ?? figureText(value ?? 0, unit, words.locale)
  // Of a time that was measured in part only a part is counted: that is no less than before.
  const isWhole = [one.coverage, one.weekAgoCoverage].every((coverage) => (coverage ?? 0) >= LEAST_COVERAGE)
  const change = value === null || weekAgo === null || !isWhole ? null : changeText(value, weekAgo, words.locale)
  const before =
    weekAgo === null ? words.noWeekBefore : words.weekBefore(figureText(weekAgo, unit, words.locale), change)
  const then = weekAgo === null ? '' : ` / ${coverageText(one.weekAgoCoverage, look)}`
  return [words.signals[signal], `${own}; ${before}`, `${coverageText(one.coverage, look)}${then}`]
}

function queriesText(measurement: Measurement, {words}: Look): Markdown {
  const {downtime, requests, budgets, business} = measurement
  const all = [
    {name: words.downtime, query: downtime.query},
    {name: words.requests, query: requests.query},
    ...budgets.map(({objective, query}) => ({name: objective, query})),
    ...business.signals.map(({signal, query}) => ({name: words.signals[signal], query})),
  ]
  const byQuery = new Map<string, string[]>()
  for (const {name, query} of all) if (query !== '') byQuery.set(query, [...(byQuery.get(query) ?? []), name])
  const parts = [...byQuery].map(
    ([query, names]) => markdown`${literal(names.join(', '))}:\n\n${fenced(query, 'promql')}`,
  )
  return joined([markdown`### ${literal(words.queries)}`, ...parts], '\n\n')
}

function measuredText({from, measurement, before, notes}: PostmortemFigures, {words, times}: Look): readonly string[] {
  const taken = measurement === null ? '' : times.moment(measurement.takenAt)
  const window =
    measurement === null
      ? []
      : [words.window(times.moment(measurement.start), times.moment(measurement.end), measurement.method)]
  return [
    [words.figuresFrom[from](taken), ...window].join(' '),
    ...(before.length === 0 ? [] : [words.measuredBefore(before.map(times.moment).join(', '))]),
    ...notes.map((note) => times.sentence(worded(words.notes, note))),
  ]
}

export function impactSection({figures}: PostmortemReport, look: Look): Markdown {
  const {words} = look
  const {measurement} = figures
  const head = [
    markdown`## ${literal(words.headings.impact)}`,
    ...measuredText(figures, look).map(sentence),
    ...(measurement?.warnings ?? []).map((warning) => markdown`**${sentence(words.unreliable(warning))}**`),
  ]
  if (measurement === null) return stackedMarkdown(head)
  const {business, budgets} = measurement
  const rows = [
    downtimeRow(measurement, look),
    requestsRow(measurement, look),
    ...budgets.map((budget) => budgetRow(budget, look)),
    ...business.signals.map((one) => businessRow(one, look)),
  ]
  const {what, figure, coverage} = words.columns
  const missing = business.missing === 'notAnswered' ? missingText(business, look) : null
  return stackedMarkdown([
    ...head,
    markdownTable([what, figure, coverage], rows),
    business.signals.length === 0 || missing !== null
      ? sentence(missing === null ? words.noBusiness : `${words.noBusiness} ${missing}`)
      : null,
    queriesText(measurement, look),
  ])
}
