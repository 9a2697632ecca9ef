import {GOLDEN_SIGNALS} from '../signals/golden-signals.js'
import {jobMatchers, promDuration, selector} from '../promql/promql.js'
import type {GoldenSignalName} from '../signals/signal.js'
import type {Dashboard, DashboardScope, Panel, PanelQuery} from './dashboard.js'
import {upShare} from '../signals/up-slots.js'
import {figure, ofSignal, resources, signalNamed} from './panel-queries.js'

const DAY_SECONDS = 86_400

/** Over what was observed, as `slo report` says it: without a job only scrapes can be counted. */
function uptime(job: string | null, rangeSeconds: number): PanelQuery {
  const all = `up[${promDuration(rangeSeconds)}]`
  const scrapes = `sum(sum_over_time(${all})) / sum(count_over_time(${all}))`
  const expression = job === null ? scrapes : upShare(job, rangeSeconds)
  return {...figure('uptime', 'uptime', 'ratio', expression), good: 'above'}
}

function graphs(job: string | null): readonly Panel[] {
  const signal = (name: GoldenSignalName, title: string): PanelQuery =>
    ofSignal(signalNamed(GOLDEN_SIGNALS, name), job, title)
  const {cpu, memory, disk} = resources(job)
  const series = (title: string, description: string, runbook: string, queries: readonly PanelQuery[]): Panel => ({
    ...{title, kind: 'series', description, runbook, queries},
  })
  return [
    series('Request rate', 'Requests of users a second, without probes and scrapes.', 'api-down', [
      signal('traffic', 'requests'),
    ]),
    series('Response time', 'How long half, 95 % and 99 % of the requests take at most.', 'high-latency', [
      signal('latencyP50', 'p50'),
      signal('latencyP95', 'p95'),
      signal('latencyP99', 'p99'),
    ]),
    series('Error rate', 'Share of the requests that end in 5xx, and in 4xx.', 'high-error-rate', [
      signal('errors', '5xx'),
      signal('clientErrors', '4xx'),
    ]),
    series(
      'Resource usage',
      "CPU of the busiest replica as a share of the machine's, and what the machine uses of its memory and fullest disk.",
      'high-memory-usage',
      [cpu, memory, disk],
    ),
  ]
}

/** The guide's first dashboard: is it well, now and over the last day. */
export function overview({job, rangeSeconds: asked}: DashboardScope): Dashboard {
  const rangeSeconds = asked ?? DAY_SECONDS
  const signal = (name: GoldenSignalName): PanelQuery => ofSignal(signalNamed(GOLDEN_SIGNALS, name), job)
  const stat = (title: string, description: string, runbook: string, query: PanelQuery): Panel => ({
    ...{title, kind: 'figures', description, runbook, queries: [query]},
  })
  const up = `avg(up${selector(jobMatchers({job, windowSeconds: 0}))})`
  return {
    name: 'overview',
    title: 'Overview',
    description: 'Status, uptime and the golden signals.',
    rangeSeconds,
    points: 288,
    traffic: signal('traffic'),
    sections: [
      {
        title: '',
        panels: [
          stat('Status', 'Whether every replica answers.', 'api-down', figure('state', 'status', 'state', up)),
          stat('Uptime', 'Share of the time in which a replica answered.', 'api-down', uptime(job, rangeSeconds)),
        ],
      },
      {
        title: 'Current metrics',
        panels: [
          stat('RPS', 'Requests of users a second, over 5 minutes.', 'api-down', signal('traffic')),
          stat(
            'Latency (P95)',
            '95 % of the requests take less, over 5 minutes.',
            'high-latency',
            signal('latencyP95'),
          ),
          stat('Error rate', 'Share of the requests that end in 5xx.', 'high-error-rate', signal('errors')),
          stat(
            'CPU usage',
            "CPU of the busiest replica as a share of the machine's. `faci signals` holds it against the container's limit.",
            'high-latency',
            resources(job).cpu,
          ),
        ],
      },
      {title: 'Graphs', panels: graphs(job)},
    ],
  }
}
