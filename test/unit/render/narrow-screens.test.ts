import {stripVTControlCharacters} from 'node:util'
import stringWidth from 'fast-string-width'
import {describe, expect, it} from 'vitest'
import type {Alert} from '../../../src/domain/alerts/alert.js'
import {alertRows} from '../../../src/render/alerts/alerts.js'
import {alertViewText} from '../../../src/render/alerts/alert-view.js'
import {noiseText} from '../../../src/render/alerts/noise.js'
import {allRunsText} from '../../../src/render/runbook/run-list.js'
import {sloBurnText} from '../../../src/render/slo/slo-burn.js'
import {sloReportText} from '../../../src/render/slo/slo-report.js'
import type {SloReportDocument} from '../../../src/render/json/documents.js'
import {statusText} from '../../../src/render/status/status.js'
import {PLAIN, type Style} from '../../../src/render/text/style.js'
import {alertsNoiseDocuments, alertsShowDocuments} from '../../support/documents/alerts.js'
import {runbookRunsDocuments} from '../../support/documents/runs.js'
import {sloBurnDocuments, sloReportDocuments} from '../../support/documents/slo.js'
import {alertsListDocuments, statusDocuments} from '../../support/documents/stack.js'

const WIDTHS = Array.from({length: 61}, (_, index) => index + 60)
const AT = '2026-11-23T06:30:00.000Z'

type Screen = (style: Style) => string

function screens<T>(results: readonly T[], render: (result: T, style: Style) => string): readonly Screen[] {
  return results.map((result) => (style) => render(result, style))
}

const LONG_ALERTS = [
  {name: 'LowCacheHitRate', runbook: 'low-cache-hit-rate', summary: 'Cache hit rate < 80%', severity: 'warning'},
  {name: 'HighLatencyP95', runbook: 'high-latency', summary: 'Latência P95 > 1s', severity: 'critical'},
] as const

function alert(one: (typeof LONG_ALERTS)[number]): Alert {
  return {
    ...{fingerprint: one.name, state: 'pending', priority: 'P2', description: null, since: AT, labels: {}},
    ...{annotations: {}, silencedBy: [], inhibitedBy: [], receivers: [], ...one},
  }
}

const BOARD = {
  alerts: LONG_ALERTS.map((one) => ({...alert(one), delivery: 'notDue', firesInSeconds: 1650}) as const),
  silences: [],
  doubts: [
    {
      why: 'unreachable',
      message: 'Alertmanager at http://localhost:9093 cannot be reached: connection refused, for the third time',
    } as const,
  ],
}

const RATES = {'5m': 154.41, '30m': 156.5, '1h': 163.94, '2h': 156.5, '6h': 156.5, '1d': 156.5, '3d': 156.5}

const SPENT = {burnRates: RATES, sli: 0.21_875, status: 'unreliable'} as const

/** As it is after a bad hour, with the widest figures that there are. */
function worst({data, ...rest}: SloReportDocument): SloReportDocument {
  const names = ['availability', 'latency-p95', 'search']
  const objectives = names.flatMap((name) =>
    data.objectives.slice(0, 1).map((one) => ({
      ...one,
      ...SPENT,
      name,
      budget: {...one.budget, remaining: -155.5, remainingMinutes: -33_999},
    })),
  )
  return {...rest, data: {...data, source: 'recordingRules', objectives}}
}

async function reports(): Promise<readonly Screen[]> {
  const documents = await sloReportDocuments()
  return screens([...documents, ...documents.map(worst)], sloReportText)
}

async function burns(): Promise<readonly Screen[]> {
  const documents = await sloBurnDocuments()
  const worst = documents.map((one) => ({
    ...one,
    data: {...one.data, objectives: one.data.objectives.map((objective) => ({...objective, burnRates: RATES}))},
  }))
  return screens([...documents, ...worst], sloBurnText)
}

const SCREENS: Readonly<Record<string, () => Promise<readonly Screen[]>>> = {
  'slo report': reports,
  'slo burn': burns,
  'alerts list': async () => [
    ...screens(await alertsListDocuments(), ({data}, style) => alertRows(data, Date.parse(AT), style)),
    (style) => alertRows(BOARD, Date.parse(AT), style),
  ],
  'alerts show': async () => screens(await alertsShowDocuments(), alertViewText),
  'alerts noise': async () => screens(await alertsNoiseDocuments(), noiseText),
  runs: async () => screens(await runbookRunsDocuments(), allRunsText),
  status: async () =>
    screens(
      (await statusDocuments()).flatMap((one) => [
        one,
        {
          ...one,
          data: {...one.data, alerts: {kind: 'read' as const, verdict: 'degraded' as const, value: BOARD.alerts}},
        },
      ]),
      statusText,
    ),
}

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}

describe.each(Object.keys(SCREENS))('%s on 60 to 120 columns', (name) => {
  it('has no line that is wider, and breaks no word and no figure', async () => {
    for (const screen of (await SCREENS[name]?.()) ?? []) {
      const whole = new Set(words(screen(PLAIN)))
      for (const width of WIDTHS) {
        const text = stripVTControlCharacters(screen({...PLAIN, width, edge: true}))
        const wide = text.split('\n').filter((line) => stringWidth(line) > width)
        const cut = words(text).filter((word) => !whole.has(word))
        expect({wide, cut}, `${String(width)} columns:\n${text}`).toEqual({wide: [], cut: []})
      }
    }
  })
})

describe('80 columns', () => {
  it('have the figures of an SLO report in a row each, the bars left out', async () => {
    const text = (await reports()).at(-1)?.({...PLAIN, width: 80, edge: true})
    expect(text?.split('\n').slice(0, 5)).toEqual([
      'SLOs of faciliauto  rolling: 2026-11-16 06:30 UTC to 2026-11-23 06:30 UTC, as',
      'recorded',
      '   OBJECTIVE     TARGET       SLI  BUDGET LEFT            BURN 1H  STATUS',
      '?  availability  99.5 %  21.875 %   -15550.0 %  -23d 14h  163.9×?  unreliable',
      '?  latency-p95   99.5 %  21.875 %   -15550.0 %  -23d 14h  163.9×?  unreliable',
    ])
  })

  it('have the burn rates in as many lines as they need, those of more than was measured marked', async () => {
    const [one] = await sloBurnDocuments()
    const [objective] = one?.data.objectives ?? []
    if (one === undefined || objective === undefined) throw new Error('no burn document')
    const young = {...objective, status: 'unreliable' as const, burnRates: RATES, measuredSeconds: 480}
    const text = sloBurnText({...one, data: {...one.data, objectives: [young]}}, {...PLAIN, width: 60, edge: true})
    expect(text.split('\n').slice(3, 7)).toEqual([
      '2026-11-25 00:30 UTC at this rate',
      '  burn  5m 154.4×  30m 156.5×?  1h 163.9×?  2h 156.5×?',
      '  6h 156.5×?  1d 156.5×?  3d 156.5×?',
      '  ? only 8m of this window were measured',
    ])
  })

  it('have a run in a row, what nobody fills in left out', async () => {
    const [list] = await runbookRunsDocuments()
    const [run] = list?.data.runs ?? []
    if (list === undefined || run === undefined) throw new Error('no run')
    const shown = {
      ...run,
      what: 'faci up load',
      startedAt: list.data.at,
      resolvedBy: null,
      operator: 'root@vm',
      outcome: null,
      verdict: 'bad',
      status: 'finished',
    } as const
    const text = allRunsText({...list, data: {...list.data, runs: [shown]}}, {...PLAIN, width: 80, edge: true})
    expect(text.split('\n').slice(0, 2)).toEqual([
      'RUN                           WHEN  WHAT          OUTCOME   TOOK  OPERATOR',
      '01BX5ZZKBKACTAV9WEVGEMMVRZ  0s ago  faci up load  ✖ failed   0 s  root@vm',
    ])
  })

  it('have an alert with its runbook and summary', () => {
    expect(alertRows(BOARD, Date.parse(AT), {...PLAIN, width: 78, edge: true}).split('\n')).toEqual([
      '? no alert seen, but not every source could be read',
      'ALERT            SEVERITY     STATE      AGE  RUNBOOK             SUMMARY',
      'LowCacheHitRate  P2 warning   pending,    0s  faci runbook        Cache hit',
      '                              fires in        low-cache-hit-rate  rate < 80%',
      '                              27m 30s',
      'HighLatencyP95   P2 critical  pending,    0s  faci runbook        Latência P95',
      '                              fires in        high-latency        > 1s',
      '                              27m 30s',
      '? Alertmanager at http://localhost:9093 cannot be reached: connection refused,',
      'for the third time',
    ])
  })
})
