import type {Config} from '../config/config.js'
import {loadConfig} from '../config/load.js'
import {readHeaders} from '../config/secrets.js'
import type {Alerts} from '../ports/alerts.js'
import type {Clock} from '../ports/clock.js'
import type {Http} from '../ports/http.js'
import type {Metrics} from '../ports/metrics.js'
import type {Progress} from '../ports/progress.js'
import type {HealthEndpoint} from '../domain/stack/health.js'
import type {Terminal} from './terminal.js'

/** How long one backend may take, so that a slow one never holds up the others. */
const DEADLINE_SECONDS = 2.5

export interface ContainerOptions {
  readonly configFile: string | undefined
  readonly json: boolean
  readonly terminal: Terminal
}

/** The composition root: ports by name, each adapter loaded when first asked for. A port that is not configured is null. */
export interface Container {
  readonly config: Config
  readonly healthEndpoints: readonly HealthEndpoint[]
  /** Targets in seconds by quantile, as faci.yml has them. */
  readonly latencyTargets: Readonly<Record<string, number>>
  readonly clock: () => Promise<Clock>
  readonly http: () => Promise<Http>
  readonly metrics: (timeoutSeconds?: number) => Promise<Metrics | null>
  readonly alerts: () => Promise<Alerts | null>
  readonly progress: () => Promise<Progress>
  /** Takes every secret faci knows out of a text. */
  readonly mask: (text: string) => string
  readonly close: () => Promise<void>
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** Reads faci.yml and offers the ports; nothing is connected to yet. Throws `configInvalid`. */
export function openContainer(options: ContainerOptions): Container {
  const config = loadConfig({directory: process.cwd(), file: options.configFile, environment: process.env})
  const {prometheus, alertmanager} = config
  const mask = (text: string): string => text
  return {
    config,
    healthEndpoints: Object.entries(config.health).map(([name, probe]) => ({name, ...probe})),
    latencyTargets: {
      '0.5': config.targets.latency.p50,
      '0.95': config.targets.latency.p95,
      '0.99': config.targets.latency.p99,
    },
    clock: once(async () => (await import('../adapters/system/system-clock.js')).systemClock),
    http: once(async () => (await import('../adapters/http/axios-http.js')).createAxiosHttp()),
    metrics: async (timeoutSeconds = DEADLINE_SECONDS) => {
      if (prometheus === null) return null
      const {createPrometheusMetrics} = await import('../adapters/prometheus/prometheus-metrics.js')
      return createPrometheusMetrics({
        ...prometheus,
        headers: readHeaders(prometheus.headers, process.env),
        timeoutSeconds,
      })
    },
    alerts: once(async () => {
      if (alertmanager === null) return null
      const {createAlertmanagerAlerts} = await import('../adapters/alertmanager/alertmanager-alerts.js')
      const headers = readHeaders(alertmanager.headers, process.env)
      return createAlertmanagerAlerts({url: alertmanager.url, headers, timeoutSeconds: DEADLINE_SECONDS})
    }),
    progress: once(async () =>
      (await import('../adapters/progress/create-progress.js')).createProgress({
        json: options.json,
        tty: options.terminal.stderrIsTty,
        mask,
        write: (text) => process.stderr.write(text),
      }),
    ),
    mask,
    close: () => Promise.resolve(),
  }
}
