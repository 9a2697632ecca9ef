import {GOLDEN_SIGNALS} from '../signals/golden-signals.js'
import type {SignalName} from '../signals/signal.js'
import type {Dashboard, DashboardScope, Panel, PanelQuery, PanelUnit} from './dashboard.js'
import {figure, ofSignal, recordedSeries, resources, signalNamed} from './panel-queries.js'

const DAY_SECONDS = 86_400

function responseTimes(job: string | null): readonly Panel[] {
  return (['P50', 'P95', 'P99'] as const).map((title) => ({
    title,
    kind: 'gauges',
    description: `${title.slice(1)} % of the requests take less, over 5 minutes.`,
    runbook: 'high-latency',
    queries: [ofSignal(signalNamed(GOLDEN_SIGNALS, `latency${title}`), job, title.toLowerCase())],
  }))
}

interface TableColumn {
  readonly name: string
  readonly title: string
  readonly unit: PanelUnit
  readonly record: string
  readonly target: SignalName | null
}

const ENDPOINT_COLUMNS: readonly TableColumn[] = [
  {
    name: 'endpointP95',
    title: 'p95',
    unit: 'seconds',
    record: 'job_endpoint:http_request_duration_seconds:p95_rate5m',
    target: 'latencyP95',
  },
  {
    name: 'endpointRate',
    title: 'rps',
    unit: 'perSecond',
    record: 'job_endpoint:http_requests:rate5m',
    target: null,
  },
  {
    name: 'endpointErrors',
    title: 'errors',
    unit: 'ratio',
    record: 'job_endpoint:http_requests_errors:ratio_rate5m',
    target: 'errors',
  },
]

function byEndpoint(job: string | null): Panel {
  const queries = ENDPOINT_COLUMNS.map(({name, title, unit, record, target}): PanelQuery => {
    const one = figure(name, title, unit, recordedSeries(record, job))
    return {...one, target, by: 'endpoint', needsTraffic: true}
  })
  return {
    title: 'By endpoint',
    kind: 'table',
    description:
      'P95, requests a second and share of 5xx of each endpoint, over 5 minutes; without probes and scrapes.',
    runbook: 'high-latency',
    queries,
  }
}

function byStatus(job: string | null): Panel {
  const rate = `${recordedSeries('job_status:http_requests:rate5m', job)} > 0`
  return {
    title: 'By status',
    kind: 'table',
    description: 'Requests a second by the status they were answered with, over 5 minutes.',
    runbook: 'high-error-rate',
    queries: [{...figure('statusRate', 'rps', 'perSecond', rate), by: 'status', needsTraffic: true}],
  }
}

/** The guide's third dashboard: how fast, where, and at what cost. */
export function performance({job, rangeSeconds}: DashboardScope): Dashboard {
  const {cpu, memory, disk} = resources(job)
  const held = ofSignal(signalNamed(GOLDEN_SIGNALS, 'memory'), job, 'biggest replica')
  const series = (title: string, description: string, runbook: string, query: PanelQuery): Panel => ({
    ...{title, kind: 'series', description, runbook, queries: [query]},
  })
  return {
    name: 'performance',
    title: 'Performance',
    description: 'Response times against their targets, by endpoint and by status, and the resources behind them.',
    rangeSeconds: rangeSeconds ?? DAY_SECONDS,
    points: 288,
    traffic: ofSignal(signalNamed(GOLDEN_SIGNALS, 'traffic'), job),
    sections: [
      {title: 'Response times', panels: responseTimes(job)},
      {title: 'By endpoint', panels: [byEndpoint(job)]},
      {title: 'By status', panels: [byStatus(job)]},
      {
        title: 'Resource usage',
        panels: [
          series('CPU', "CPU of the busiest replica as a share of the machine's.", 'high-latency', cpu),
          series('Memory', 'What is used of the memory of the machine.', 'high-memory-usage', memory),
          series('Memory of the API', 'Resident memory of the biggest replica.', 'high-memory-usage', {
            ...held,
            name: 'memoryOfReplica',
            target: null,
          }),
          series('Disk', 'How full the fullest disk is.', 'high-memory-usage', disk),
        ],
      },
    ],
  }
}
