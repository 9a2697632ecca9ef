import {oncallItem} from '../../../../src/domain/check/oncall-item.js'
import {incidentsItem} from '../../../../src/domain/check/incidents-item.js'
import {shownIncident} from '../../../../src/domain/incidents/incident.js'
import {aRecord} from '../../../support/builders/incident.js'
import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import {describe, expect, it} from 'vitest'
import {alertBoard} from '../../../../src/domain/alerts/alert-board.js'
import type {CheckItem} from '../../../../src/domain/check/check-report.js'
import type {CheckFinding, CheckSummary} from '../../../../src/domain/check/finding.js'
import {
  alertsItem,
  budgetItem,
  dashboardsItem,
  doubtedItem,
  healthItem,
  servicesItem,
  trendsItem,
  unknownItem,
} from '../../../../src/domain/check/daily-items.js'
import type {PanelContent} from '../../../../src/domain/dashboard/dashboard-report.js'
import {localNumbers} from '../../../../src/render/words/local-numbers.js'
import {GOLDEN_SIGNALS} from '../../../../src/domain/signals/golden-signals.js'
import type {ObjectiveStatus} from '../../../../src/domain/slo/objective-report.js'
import {judgeAnswer} from '../../../../src/domain/stack/health.js'
import {serviceStates} from '../../../../src/domain/stack/service-state.js'
import {ENGLISH, wordsFor} from '../../../../src/render/words/words.js'
import {aContainer} from '../../../support/builders/container.js'
import {foreignIn} from '../../../support/english-words.js'
import {anAlert} from '../../../support/fakes/alerts.js'
import {aLoadedRule} from '../../../support/fakes/loaded-rules.js'
import {OBJECTIVE_NOTES} from '../../../support/slo-notes.js'

const NOW = new Date('2026-11-23T06:30:00.000Z')
const RAW = 0.9973214053
const STATUSES: readonly ObjectiveStatus[] = ['met', 'breached', 'noTraffic', 'noData', 'invalid', 'unreliable']

/** Every state that a service can be found in. */
const services = serviceStates({
  containers: [
    aContainer({service: 'fell', state: 'exited', exitCode: 137, outOfMemory: true}),
    aContainer({service: 'vanished', state: 'dead'}),
    aContainer({service: 'created', state: 'created'}),
    aContainer({service: 'paused', state: 'paused'}),
    aContainer({service: 'removing', state: 'removing'}),
    aContainer({service: 'again', state: 'restarting', restartCount: 3}),
    aContainer({service: 'looping', restartCount: 4, startedAt: NOW.toISOString()}),
    aContainer({service: 'sick', health: 'unhealthy'}),
    aContainer({service: 'coming', health: 'starting'}),
    aContainer({service: 'unsteady', startedAt: NOW.toISOString()}),
    aContainer({service: 'well', health: 'healthy'}),
  ],
  expected: ['well', 'gone'].map((service) => ({service, replicas: 2, isJob: false})),
  answering: new Set(),
  now: NOW,
})

const endpoints = ([null, {status: 503, body: ''}, {status: 200, body: '{"status":"degraded"}'}] as const).map(
  (answer, index) => ({
    ...{name: `e${String(index)}`, url: 'http://localhost:8000/health', latency: null},
    verdict: index === 2 ? ('degraded' as const) : ('down' as const),
    probes: [
      answer === null
        ? {
            outcome: 'unreachable' as const,
            status: null,
            latencySeconds: null,
            reason: {why: 'noAnswer' as const, message: 'it cannot be reached'},
          }
        : {status: answer.status, latencySeconds: 0.1, ...judgeAnswer({...answer, headers: {}})},
    ],
  }),
)

const summary = `share ${String(RAW)}`
const found = (state: 'firing' | 'pending', activeSeconds: number) => ({
  ...{
    state,
    activeSeconds,
    since: NOW.toISOString(),
    labels: {alertname: 'APIDown'},
    annotations: {summary},
    value: RAW,
  },
})
const AS_FOUND = {externalLabels: {}, rules: []}
const boards = [
  alertBoard(
    {
      hasAlertmanager: true,
      sent: {active: [anAlert({summary: null})], silences: []},
      rules: null,
      relabeling: null,
      failures: ['it cannot be reached'],
    },
    re2jsPatterns,
  ),
  alertBoard(
    {
      hasAlertmanager: true,
      sent: {active: [], silences: []},
      rules: [aLoadedRule({alerts: [found('firing', 3600)]})],
      relabeling: AS_FOUND,
      failures: [],
    },
    re2jsPatterns,
  ),
  alertBoard(
    {
      hasAlertmanager: true,
      sent: {active: [], silences: []},
      rules: [aLoadedRule({alerts: [found('firing', 301)]})],
      relabeling: AS_FOUND,
      failures: [],
    },
    re2jsPatterns,
  ),
  alertBoard(
    {
      hasAlertmanager: true,
      ...{sent: {active: [], silences: []}, rules: [aLoadedRule({alerts: [found('firing', 3600)]})]},
      ...{relabeling: null, failures: []},
    },
    re2jsPatterns,
  ),
  alertBoard(
    {
      hasAlertmanager: true,
      sent: null,
      rules: [aLoadedRule({alerts: [found('firing', 3600)]})],
      relabeling: AS_FOUND,
      failures: ['it is away'],
    },
    re2jsPatterns,
  ),
  alertBoard(
    {
      hasAlertmanager: true,
      sent: {active: [anAlert({state: 'suppressed'})], silences: []},
      rules: null,
      relabeling: null,
      failures: [],
    },
    re2jsPatterns,
  ),
]

const signals = GOLDEN_SIGNALS.flatMap((signal) =>
  (['noData', 'degraded', 'worse'] as const).map((problem) => ({
    ...signal,
    verdict: problem === 'degraded' ? ('degraded' as const) : ('healthy' as const),
    reading: problem === 'noData' ? ({kind: 'noData'} as const) : ({kind: 'value', value: RAW} as const),
    target: 1,
    hourAgo: null,
    dayAgo: signal.name === 'traffic' ? 10 : 0.1,
    weekAgo: signal.name === 'traffic' ? 10 : 0.1,
    parts: [],
    query: '',
  })),
)

const objectives = STATUSES.map((status) => ({
  ...{name: 'p95', indicator: '', objective: 99.5, sli: RAW, good: 1, total: 1, status, burnRates: {}},
  ...{
    exhaustedAt: null,
    exhaustsAt: null,
    coverage: 1,
    raw: null,
    notes: status === 'unreliable' ? OBJECTIVE_NOTES : [],
  },
  budget: {
    ...{totalRatio: 0.005, consumed: RAW, remaining: 1 - RAW, totalMinutes: 1, consumedMinutes: 1},
    remainingMinutes: 0,
  },
  window: {start: NOW.toISOString(), end: NOW.toISOString(), seconds: 1},
}))

const dashboards = (contents: readonly PanelContent[]) => [
  {
    ...{name: 'overview' as const, title: 'Overview', service: 'shop', at: NOW.toISOString(), rangeSeconds: 1},
    ...{stepSeconds: 1, causes: []},
    sections: [
      {
        title: '',
        panels: contents.map((content) => ({
          ...{
            title: 'p95',
            kind: 'figures' as const,
            description: '',
            runbook: '',
            content,
            verdict: 'unknown' as const,
          },
        })),
      },
    ],
  },
]

// What people wrote is of no language of ours.
const DUE = new Date(NOW.getTime() - 3_600_000).toISOString()
const LATE = {
  ...shownIncident(aRecord(), {P0: 1800, P1: 7200, P2: 86_400}),
  nextUpdateDueAt: DUE,
}
const ACTIONS = ['bia', null].map((owner, index) => ({
  ...{incident: 'INC-7', title: 'p95', isOverdue: true, number: index + 1, text: 'p95', owner, dueAt: DUE},
  ...{state: 'open' as const, addedAt: DUE},
}))

const absent = {project: 'shop', projects: [], next: 'faci up'}
const ITEMS: readonly CheckItem[] = [
  ...[servicesItem(services, null), servicesItem([], absent), servicesItem([], null)],
  ...[healthItem(endpoints), healthItem([])],
  ...boards.map((board) => alertsItem(board)),
  ...[trendsItem(signals), trendsItem([]), budgetItem(objectives), budgetItem([])],
  dashboardsItem(dashboards([{kind: 'noData'}, {kind: 'unknown', reason: 'it is away'}])),
  dashboardsItem(dashboards([{kind: 'noTraffic'}])),
  incidentsItem([], [], NOW),
  incidentsItem([LATE], ACTIONS, NOW),
  ...[null, NOW.toISOString(), '2030-01-01T00:00:00.000Z'].map((nextGapAt) =>
    oncallItem({at: NOW.toISOString(), timezone: 'UTC', now: null, next: null, isRequired: false, nextGapAt}),
  ),
  unknownItem('trends', 'Prometheus cannot be reached'),
  doubtedItem(healthItem([]), ['it is slow', 'it is old']),
]
/** A new one does not compile without. */
const FINDINGS: Readonly<Record<CheckFinding['why'], true>> = {
  ...{noContainers: true, service: true, endpoint: true, alert: true, alertsUnseen: true, signal: true},
  ...{objective: true, panel: true, unreliable: true, updateOverdue: true, actionOverdue: true},
  nobodyOnCall: true,
}
const SUMMARIES: Readonly<Record<CheckSummary['why'], true>> = {
  ...{allHealthy: true, noneFires: true, signalsWell: true, objectivesMet: true, panelsWell: true},
  ...{found: true, notLookedAt: true, nothingOverdue: true, onCall: true},
}

const PORTUGUESE = wordsFor('pt-BR').check
const textOf = (item: CheckItem, words = PORTUGUESE) => {
  const {title, summary: line, details} = words.item(item)
  return [title, line, ...details].join('\n')
}

describe('the daily check in Portuguese', () => {
  it('is asked for every finding and every summary there is', () => {
    const details = ITEMS.flatMap((item) => item.details.map(({finding}) => finding.why))
    expect(new Set(details)).toEqual(new Set(Object.keys(FINDINGS)))
    expect(new Set(ITEMS.map((item) => item.summary.why))).toEqual(new Set(Object.keys(SUMMARIES)))
  })

  it.each(ITEMS.map((item) => [textOf(item), item] as const))('%s', (text, item) => {
    expect({text, foreign: foreignIn(text)}).toEqual({text, foreign: []})
    const english = textOf(item, ENGLISH.check)
    if (item.verdict !== 'ok') expect(foreignIn(english)).not.toEqual([])
    for (const said of [text, english]) expect(said).not.toMatch(/undefined|\[object/)
  })

  it('has a subject for every finding, none of it English', () => {
    for (const {finding} of ITEMS.flatMap(({details}) => details)) {
      const text = PORTUGUESE.subject(finding)
      expect({text, foreign: foreignIn(text)}).toEqual({text, foreign: []})
      expect(ENGLISH.check.subject(finding)).not.toMatch(/undefined|\[object/)
    }
  })

  it('leads on where the English one does', () => {
    const arrows = (item: CheckItem, words = PORTUGUESE) => textOf(item, words).split('→').length
    for (const item of ITEMS) expect(arrows(item)).toBeGreaterThanOrEqual(arrows(item, ENGLISH.check))
  })

  it('says once that data cannot be relied on, however many warnings there are; English has each', () => {
    const item = doubtedItem(healthItem([]), ['it is slow', 'it is old'])
    expect(PORTUGUESE.item(item).details).toEqual(['os dados do Prometheus não são confiáveis → faci doctor'])
    expect(ENGLISH.check.item(item).details).toEqual(['it is slow', 'it is old'])
  })

  it('says what is known of a container, a probe, an alert and a budget', () => {
    const text = ITEMS.map((item) => textOf(item)).join('\n')
    for (const said of [
      'fell fora do ar: nº 1 encerrado, código de saída 137, memória esgotada → faci logs fell --tail 50',
      'gone sem contêiner',
      'gone fora do ar: sem contêiner → faci up gone',
      'e2 degradado: responde 200, mas o corpo da resposta diz `degraded` (http://localhost:8000/health)',
      'e0 fora do ar: sem resposta (http://localhost:8000/health)',
      'e1 fora do ar: resposta HTTP 503 (http://localhost:8000/health)',
      'não chegou ao Alertmanager: ninguém foi avisado',
      'p95: violado, 0,3 % do orçamento de erros restante → faci slo burn p95',
      'Prometheus: `a store is away`; o Prometheus guarda 1d: da janela de 7d só pode haver 1d; medido por apenas 1d de 7d',
    ])
      expect(text).toContain(said)
  })
})

describe('numbers in a text', () => {
  it.each([
    [`${summary}.`, 'share 0,9973.'],
    ['-0.000012345 and 1.5e-7', '-0,00001235 and 0,00000015'],
    ['v1.20.34567, 1.20, 10.5 %, sha a1.23456', 'v1.20.34567, 1.20, 10.5 %, sha a1.23456'],
  ])('%s', (text, expected) => {
    expect(localNumbers(text, 'pt-BR')).toBe(expected)
  })

  it('are written with a point in English', () => {
    expect(localNumbers(summary, 'en')).toBe('share 0.9973')
  })
})
