import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {createPrometheusMetrics} from '../../src/adapters/prometheus/prometheus-metrics.js'
import type {Objective} from '../../src/domain/slo/objective.js'
import type {ObjectiveReport} from '../../src/domain/slo/objective-report.js'
import type {SloInput} from '../../src/usecases/slo/measure-objectives.js'
import {reportSlos} from '../../src/usecases/slo/report-slos.js'
import {fakeClock} from '../support/fakes/clock.js'
import {type ServedHistory, serveHistory} from '../support/prometheus-history.js'
import {rawCoverage, rawEvents, rawUptime, seriesOf, spread, traffic, type World} from '../support/raw-events.js'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
const END = Date.parse('2026-11-01T12:00:00Z') / 1000
const START = END - 33 * DAY
const WINDOW = 30 * DAY

/** From..to hours after the start. */
function hours(from: number, to: number): readonly [number, number] {
  return [START + from * HOUR, START + to * HOUR]
}

const OUTAGE = hours(20 * 24 + 1, 20 * 24 + 5)
const SLOW = hours(24 * 24 + 8, 24 * 24 + 13)
const RELEASE = hours(29 * 24 + 9, 29 * 24 + 10)
const LAST = hours(33 * 24 - 0.4, 33 * 24)

function within([from, to]: readonly [number, number], at: number): boolean {
  return at > from && at <= to
}

/** Idle nights, a release that fails a third, an outage at the busiest hour, a slow morning, an error now and then. */
const world: World = {
  start: START,
  end: END,
  gaps: [hours(5 * 24 + 10, 5 * 24 + 13)],
  replicas: [
    {
      instance: 'a:8000',
      start: START,
      restarts: [START + 9 * DAY + 11 * HOUR, START + 21 * DAY, START + 31 * DAY + 17 * HOUR],
      unreachable: [hours(12 * 24 + 15, 12 * 24 + 15.5)],
      lazyErrors: false,
    },
    {
      instance: 'b:8000',
      start: START + 10 * DAY,
      restarts: [START + 21 * DAY + HOUR],
      unreachable: [hours(12 * 24 + 15, 12 * 24 + 16)],
      lazyErrors: true,
    },
  ],
  minute: (at, replica) => {
    const total = traffic(at, replica)
    const chance = within(OUTAGE, at) ? 0.6 : within(RELEASE, at) ? 0.33 : within(LAST, at) ? 0.08 : 0.003
    const bad = Math.min(total, Math.floor(total * chance + spread(at * 7 + replica)))
    const slow = Math.min(total, Math.floor(total * (within(SLOW, at) ? 0.4 : 0.01) + spread(at * 13 + replica)))
    // The lazy replica's errors begin with a single one.
    return {total, bad: replica === 1 && at < START + 10 * DAY + 12 * HOUR ? 0 : bad, slow}
  },
}

const errors = {kind: 'selector', metric: 'http_requests_total', matchers: ['status=~"5.."']} as const
const requests = {kind: 'selector', metric: 'http_requests_total', matchers: []} as const
const base = {windowSeconds: WINDOW, runbook: null}
const OBJECTIVES: readonly Objective[] = [
  {...base, name: 'uptime', objective: 0.995, indicator: {kind: 'up'}},
  {...base, name: 'availability', objective: 0.995, indicator: {kind: 'errors', errors, total: requests}},
  {...base, name: 'error-rate', objective: 0.98, indicator: {kind: 'errors', errors, total: requests}},
  {
    ...base,
    name: 'latency',
    objective: 0.95,
    indicator: {
      kind: 'latency',
      histogram: 'http_request_duration_seconds',
      matchers: [],
      thresholdSeconds: 0.5,
      native: false,
    },
  },
]

const INPUT: SloInput = {
  service: 'shop',
  job: 'shop',
  timezone: 'America/Sao_Paulo',
  objectives: OBJECTIVES,
  adjustments: [],
  at: END,
  month: null,
  windowSeconds: null,
  prefersRecorded: false,
}

interface ConditionState {
  readonly bad: number
  readonly total: number
}

/** Good and bad of an objective in a range, from the raw events. */
function truth(name: string, from: number, to: number): ConditionState {
  if (name === 'uptime') {
    const {known, up} = rawUptime(world, from, to)
    return {bad: known - up, total: known}
  }
  const {total, bad, slow} = rawEvents(world, from, to)
  return {bad: name === 'latency' ? slow : bad, total}
}

/** Every figure of one objective, from the raw events alone. */
function expected(
  {name, objective}: Objective,
  {bad, total}: ConditionState,
  from: number,
): Readonly<Record<string, number>> {
  const allowed = 1 - objective
  const consumed = bad / total / allowed
  const minutes = ((END - from) / 60) * allowed
  const burns = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200].map((seconds) => {
    const one = truth(name, END - seconds, END)
    return [`burn ${seconds}`, one.bad / one.total / allowed] as const
  })
  return {
    good: total - bad,
    total,
    sli: 1 - bad / total,
    consumed,
    remaining: 1 - consumed,
    totalMinutes: minutes,
    consumedMinutes: minutes * consumed,
    remainingMinutes: minutes * (1 - consumed),
    coverage: rawCoverage(world, from, END, name !== 'uptime'),
    ...Object.fromEntries(burns),
  }
}

const WINDOWS: Readonly<Record<string, string>> = {
  'burn 300': '5m',
  'burn 1800': '30m',
  'burn 3600': '1h',
  'burn 7200': '2h',
  'burn 21600': '6h',
  'burn 86400': '1d',
  'burn 259200': '3d',
}

function reported(report: ObjectiveReport, figure: string): number | null {
  const {budget, burnRates, good, total, sli, coverage} = report
  const flat: Readonly<Record<string, number | null>> = {...budget, good, total, sli, coverage}
  const window = WINDOWS[figure]
  return (window === undefined ? flat[figure] : burnRates[window]) ?? null
}

/** Within 0.1 %, or by one event, which moves a share by `1 / total` and what is made of it by as much more. */
function isTrue(figure: string, wanted: number, got: number | null, total: number, allowed: number): boolean {
  if (got === null) return false
  const difference = Math.abs(got - wanted)
  const oneEvent: Readonly<Record<string, number>> = {good: 1, total: 1, sli: 1 / total, coverage: 0.001}
  const slack = oneEvent[figure] ?? 1 / total / allowed
  return difference <= Math.abs(wanted) * 0.001 || difference <= slack * (figure.endsWith('Minutes') ? 216 : 1)
}

let history: ServedHistory

async function report(over: Partial<SloInput> = {}): Promise<readonly ObjectiveReport[]> {
  const metrics = createPrometheusMetrics({
    url: history.url,
    headers: {},
    tenant: null,
    partialResponse: 'deny',
    timeoutSeconds: 30,
  })
  const clock = fakeClock(new Date(END * 1000).toISOString())
  return (await reportSlos({metrics, clock}, {...INPUT, ...over})).data.objectives
}

function differences(
  reports: readonly ObjectiveReport[],
  from: number,
  conditionState: typeof truth = truth,
): readonly string[] {
  return OBJECTIVES.flatMap((objective) => {
    const one = reports.find(({name}) => name === objective.name)
    if (one === undefined) return [`${objective.name} is missing`]
    const all = conditionState(objective.name, from, END)
    return Object.entries(expected(objective, all, from)).flatMap(([figure, wanted]) => {
      const got = reported(one, figure)
      const window = /^burn (\d+)$/.exec(figure)?.[1]
      const total = window === undefined ? all.total : truth(objective.name, END - Number(window), END).total
      if (isTrue(figure, wanted, got, total, 1 - objective.objective)) return []
      return [`${objective.name} ${figure}: ${String(got)} reported, ${String(wanted)} true`]
    })
  })
}

beforeAll(async () => {
  history = await serveHistory(seriesOf(world))
}, 120_000)
afterAll(() => {
  history.stop()
})

describe('slo report against thirty days of raw events', () => {
  it('tells every figure of every objective', async () => {
    expect(differences(await report(), END - WINDOW)).toEqual([])
  })

  it('would notice a figure that is wrong', async () => {
    const wrong = (name: string, from: number, to: number): ConditionState => {
      const {bad, total} = truth(name, from, to)
      return {bad: bad + 2 + total * 0.0011 * 0.005, total: total + 2 + total * 0.0011}
    }
    expect(differences(await report(), END - WINDOW, wrong).length).toBeGreaterThan(8)
  })

  it('judges them', async () => {
    const status = Object.fromEntries((await report()).map((one) => [one.name, one.status]))
    expect(status).toEqual({uptime: 'met', availability: 'breached', 'error-rate': 'met', latency: 'met'})
  })

  it('tells when the budget was spent, to two minutes', async () => {
    const {exhaustedAt = null} = (await report()).find(({name}) => name === 'availability') ?? {}
    const allowed = truth('availability', END - WINDOW, END).total * 0.005
    let bad = 0
    let at = END - WINDOW
    while (bad <= allowed) {
      at += MINUTE
      bad += truth('availability', at - MINUTE, at).bad
    }
    const told = Date.parse(exhaustedAt ?? '') / 1000
    expect(Math.abs(told - at)).toBeLessThanOrEqual(2 * MINUTE)
  })

  it('takes maintenance out, once where it overlaps, and shows what it was', async () => {
    const [start, middle, end] = [OUTAGE[0], OUTAGE[0] + HOUR, OUTAGE[1]]
    const one = {reason: 'migration', approver: 'ana', objectives: ['availability', 'error-rate', 'latency']}
    const adjustments = [
      {...one, start, end: middle},
      {...one, start: middle - 600, end},
      {...one, start: START - DAY, end: START},
    ]
    const reports = await report({adjustments})
    const without = (name: string, from: number, to: number): ConditionState => {
      const all = truth(name, from, to)
      const taken = name === 'uptime' ? {bad: 0, total: 0} : truth(name, start, end)
      return {bad: all.bad - taken.bad, total: all.total - taken.total}
    }
    expect(differences(reports, END - WINDOW, without)).toEqual([])
    const [, availability] = reports
    const raw = truth('availability', END - WINDOW, END)
    expect(availability?.raw?.sli).toBeCloseTo(1 - raw.bad / raw.total, 5)
    expect(reports[0]?.raw).toBeNull()
  })

  it('weighs events, not hours: another window, other figures', async () => {
    const from = END - 14 * DAY
    expect(differences(await report({windowSeconds: 14 * DAY}), from)).toEqual([])
  })

  it('says so when the service is younger than the window', async () => {
    const [uptime] = await report({windowSeconds: 40 * DAY})
    expect(uptime).toMatchObject({
      status: 'unreliable',
      notes: [{why: 'measuredTooShort', windowSeconds: 40 * DAY}],
    })
  })

  it('has no data before the service lived', async () => {
    const before = await report({at: START - DAY, windowSeconds: DAY})
    expect(before.map(({status, sli}) => [status, sli])).toEqual(OBJECTIVES.map(() => ['noData', null]))
  })

  it('has no traffic, not a missed objective, in an idle hour', async () => {
    const night = Math.floor(END / DAY) * DAY + 5 * HOUR
    const [, availability] = await report({at: night, windowSeconds: HOUR})
    expect(availability).toMatchObject({status: 'noTraffic', sli: null, budget: {consumed: 0, remaining: 1}})
  })
})
