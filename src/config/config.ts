import type {Routes} from '../domain/incidents/announcement.js'
import type {UpdateIntervals} from '../domain/incidents/incident.js'
import type {HoldRules} from '../domain/notices/hold.js'
import type {FieldRules} from '../domain/logs/field-rules.js'
import type {SecretReference} from '../domain/secrets/secret-reference.js'
import type {HealthEndpoint} from '../domain/stack/health.js'
import type {Retention} from '../domain/retention/retention.js'
import type {Adjustment, Objective} from '../domain/slo/objective.js'
import type {Trust} from '../files/trust.js'
import type {Channel} from '../ports/channel.js'
import type {ComposeSetting} from '../ports/compose.js'
import type {RotaSource} from './included-rota.js'

export interface PrometheusConfig {
  readonly url: string
  readonly job: string | null
  readonly headers: Readonly<Record<string, string | SecretReference>>
  readonly tenant: string | null
  readonly partialResponse: 'allow' | 'deny'
  /** Rule files and folders of them, as Prometheus loads them; null: nobody says where they are. */
  readonly rules: readonly string[] | null
}

export interface AlertmanagerConfig {
  readonly url: string
  readonly headers: Readonly<Record<string, string | SecretReference>>
}

/** What good looks like. Seconds and ratios 0..1. */
export interface Targets {
  readonly latency: {readonly p50: number; readonly p95: number; readonly p99: number}
  readonly errorRatio: number
  readonly serverErrorRatio: number
  readonly clientErrorRatio: number
  /** The most requests a second that the service can take; null: nobody says. */
  readonly trafficPerSecond: number | null
  readonly cacheHitRatio: number
  readonly cpuRatio: number
  readonly memoryRatio: number
  readonly diskRatio: number
}

export interface IncidentsConfig {
  /** For how long what recovered is watched: if it comes back within that, it is the same incident. */
  readonly watchSeconds: number
  readonly updates: UpdateIntervals
  /** Who is told of what. */
  readonly routes: Routes
}

export interface NoticesConfig {
  /** Where a notice goes too that its own channel has not taken for so long; null: nowhere. */
  readonly fallback: {readonly channel: string; readonly afterSeconds: number} | null
  /** By what notices of P2 incidents are held back. */
  readonly hold: HoldRules
}

/** A loaded faci.yml: durations in seconds, ratios 0..1, paths absolute, every default filled in. */
export interface Config {
  readonly file: string
  readonly directory: string
  readonly service: string
  readonly environment: string
  /** Whether the guards of production are on. */
  readonly production: boolean
  readonly locale: string
  readonly timezone: string
  readonly compose: ComposeSetting
  readonly health: Readonly<Record<string, Omit<HealthEndpoint, 'name'>>>
  readonly prometheus: PrometheusConfig | null
  readonly alertmanager: AlertmanagerConfig | null
  readonly targets: Targets
  /** Where the lines of a service say what, by its name. */
  readonly logs: Readonly<Record<string, FieldRules>>
  readonly slos: readonly Objective[]
  readonly adjustments: readonly Adjustment[]
  /** Those that are set up; the first is the default. */
  readonly channels: readonly Channel[]
  readonly notices: NoticesConfig
  readonly incidents: IncidentsConfig
  /** Who is on call when; null: nobody says. */
  readonly oncall: RotaSource | null
  readonly storeDirectory: string
  /** Who shares the store, by name or id; null: whoever its folder belongs to. */
  readonly storeGroup: string | null
  /** For how long it keeps what ended. */
  readonly retention: Retention
  readonly runbooksDirectory: string
  /** Values of variables that faci.yml puts in and whose names tell that they are secret. */
  readonly secretVariables: readonly string[]
  /** Whether to obey what is found there. */
  readonly trust: Trust
}
