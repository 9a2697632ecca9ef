import {eventQueries} from '../../../src/domain/slo/event-queries.js'
import {figuresQuery} from '../../../src/domain/slo/figures.js'
import {BURN_ALERTS} from '../../../src/domain/slo/burn-report.js'
import {BURN_WINDOWS} from '../../../src/domain/slo/burn-tiers.js'
import type {Adjustment, Objective} from '../../../src/domain/slo/objective.js'
import {seenSince} from '../../../src/domain/signals/up-slots.js'
import type {Sample} from '../../../src/domain/promql/sample.js'
import type {Metrics} from '../../../src/ports/metrics.js'
import type {SloBurnDocument, SloReportDocument, SloRulesDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {wordedBurn, wordedSlos} from '../../../src/render/slo/worded-slos.js'
import {ruleNoteText} from '../../../src/render/words/en/slo.js'
import type {SloInput} from '../../../src/usecases/slo/measure-objectives.js'
import {reportBurnRates} from '../../../src/usecases/slo/report-burn.js'
import {reportSlos} from '../../../src/usecases/slo/report-slos.js'
import {patterns} from '../patterns.js'
import {writeSloRules} from '../../../src/usecases/slo/write-slo-rules.js'
import {fakeClock} from '../fakes/clock.js'
import {fakeMetrics} from '../fakes/metrics.js'

const NOW = new Date('2026-11-23T06:30:00.000Z')
const AT = NOW.getTime() / 1000
const MAINTENANCE: Adjustment = {
  ...{start: AT - 7200, end: AT - 3600},
  ...{reason: 'migration', approver: 'ana', objectives: []},
}

export const UPTIME: Objective = {
  ...{name: 'uptime', objective: 0.995, windowSeconds: 604_800},
  ...{indicator: {kind: 'up'}, runbook: 'api-down'},
}

export const SLO_INPUT: SloInput = {
  ...{service: 'faciliauto', job: 'faciliauto-api', timezone: 'America/Sao_Paulo', objectives: [UPTIME]},
  ...{adjustments: [], at: AT, month: null, windowSeconds: null, prefersRecorded: false},
}

/** The samples of `uptime` when so many of a thousand scrapes were answered, in every range. */
export function uptimeSamples(answered: number): readonly Sample[] {
  const names = ['period', 'adjusted0', ...BURN_WINDOWS.map(String)]
  const sample = (figure: string, value: number): Sample => ({labels: {faci_figure: figure}, value})
  const slots = sample('slots', UPTIME.windowSeconds / 300)
  return [...names.flatMap((name) => [sample(`${name}:part`, answered), sample(`${name}:total`, 1000)]), slots]
}

export function uptimeQuery(adjustments: readonly {start: number; end: number}[] = []): string {
  const queries = eventQueries(UPTIME.indicator, {job: SLO_INPUT.job, ...seenSince(null, AT)})
  return figuresQuery({queries, windowSeconds: UPTIME.windowSeconds, adjustments})
}

const deps = (metrics: Metrics) => ({metrics, clock: fakeClock(NOW.toISOString())})

function spent(answered: number, warnings: readonly string[] = []): Metrics {
  const points = [{at: AT - 3600, value: 1000}]
  const answers = {
    [uptimeQuery()]: uptimeSamples(answered),
    [uptimeQuery([MAINTENANCE])]: uptimeSamples(answered),
    [BURN_ALERTS]: [{labels: {slo: 'uptime', long_window: '1h', alertstate: 'firing'}, value: 1}],
  }
  return {
    ...fakeMetrics(answers, {}, warnings),
    queryRange: () => Promise.resolve({series: [{labels: {}, points}], warnings: [], notes: []}),
  }
}

const REQUESTS = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const

export const AVAILABILITY = {
  ...UPTIME,
  name: 'availability',
  indicator: {kind: 'errors', errors: {...REQUESTS, matchers: ['status=~"5.."']}, total: REQUESTS},
} satisfies Objective

/** Met, about to be spent, spent, with maintenance, without anything, warned, of what reaches the service alone. */
export async function sloReportDocuments(): Promise<readonly SloReportDocument[]> {
  const month = {name: '2026-11', start: AT - UPTIME.windowSeconds, end: AT + 1}
  const results = await Promise.all([
    reportSlos(deps(spent(998)), SLO_INPUT),
    reportSlos(deps(spent(996)), SLO_INPUT),
    reportSlos(deps(spent(900, ['a store is away'])), {...SLO_INPUT, month}),
    reportSlos(deps(spent(998)), {...SLO_INPUT, adjustments: [MAINTENANCE]}),
    reportSlos(deps(fakeMetrics({})), {...SLO_INPUT, adjustments: [MAINTENANCE]}),
    reportSlos(deps(fakeMetrics({})), {...SLO_INPUT, objectives: [AVAILABILITY]}),
  ])
  return results.map((result) => envelope('slo-report', wordedSlos(result), NOW))
}

export async function sloBurnDocuments(): Promise<readonly SloBurnDocument[]> {
  const worlds = [spent(996), spent(900, ['a store is away']), fakeMetrics({})]
  const results = await Promise.all(worlds.map((metrics) => reportBurnRates(deps(metrics), SLO_INPUT)))
  return results.map((result) => envelope('slo-burn', wordedBurn(result), NOW))
}

/** Rules with everything in them, without a job and a runbook, and what no tests can be made up for. */
export async function sloRulesDocuments(): Promise<readonly SloRulesDocument[]> {
  const texts = {rulesText: () => 'groups: []', testsText: () => 'tests: []', noteText: ruleNoteText}
  const done = (): Promise<void> => Promise.resolve()
  const exports = {
    makeFolder: () => Promise.resolve(),
    open: () => Promise.resolve({write: done, commit: done, discard: done}),
  }
  const free: Objective = {
    ...{name: 'own', objective: 0.9, windowSeconds: 604_800, runbook: null},
    indicator: {
      kind: 'errors',
      errors: {kind: 'expression', text: 'sum(increase(e[WINDOW]))'},
      total: {kind: 'expression', text: 'sum(increase(t[WINDOW]))'},
    },
  }
  const sets = [
    {objectives: [UPTIME], job: 'shop'},
    {objectives: [free], job: null},
  ]
  const results = sets.map((set) =>
    writeSloRules({exports, patterns, ...texts}, {...set, fewestBadEvents: 2, directory: set.job}),
  )
  return (await Promise.all(results)).map((result) => envelope('slo-rules', result, NOW))
}
