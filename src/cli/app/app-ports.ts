import type {Config} from '../../config/config.js'
import type {ChannelSetups} from '../../domain/notices/channels.js'
import type {Notice} from '../../domain/notices/notice.js'
import type {ChannelPreview} from '../../domain/notices/preview.js'
import type {UnsharedStore} from '../../domain/doctor/unshared-store.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {AlertRules} from '../../ports/alert-rules.js'
import type {AlertRouting} from '../../ports/alert-routing.js'
import type {Alerts} from '../../ports/alerts.js'
import type {LastNotifiedFindings} from '../../ports/last-notified-findings.js'
import type {Clock} from '../../ports/clock.js'
import type {DocumentFiles} from '../../ports/document-files.js'
import type {Compose, ComposePlace, StackModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {ExportFiles} from '../../ports/export-file.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {Http} from '../../ports/http.js'
import type {ImageTags} from '../../ports/image-tags.js'
import type {Ids} from '../../ports/ids.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {Journal} from '../../ports/journal.js'
import type {Leases} from '../../ports/lease.js'
import type {Library} from '../../ports/library.js'
import type {LoadedRules} from '../../ports/loaded-rules.js'
import type {ReadThreshold} from '../../ports/read-threshold.js'
import type {RuleChecker} from '../../ports/rule-checker.js'
import type {LogSource} from '../../ports/log-source.js'
import type {Metrics} from '../../ports/metrics.js'
import type {Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'
import type {Overrides} from '../../ports/overrides.js'
import type {Progress} from '../../ports/progress.js'
import type {PageClaims} from '../../ports/page-claims.js'
import type {PageTests} from '../../ports/page-tests.js'
import type {Patterns} from '../../ports/patterns.js'
import type {Prompt} from '../../ports/prompt.js'
import type {RunSilences} from '../../ports/run-silences.js'
import type {Shell} from '../../ports/shell.js'
import type {StoreKeeper} from '../../ports/store-keeper.js'
import type {Terminal} from '../process/terminal.js'

export interface AppOptions {
  readonly configFile: string | undefined
  readonly json: boolean
  /** Times in UTC whatever faci.yml says. */
  readonly utc: boolean
  readonly terminal: Terminal
  /** How long the engine may take for one answer, in seconds. */
  readonly engineSeconds: number
}

/** What can be read of the service. A port that is not configured is null. */
export interface BackendPorts {
  readonly http: () => Promise<Http>
  readonly metrics: (timeoutSeconds?: number) => Promise<Metrics | null>
  /** The rules that Prometheus has loaded; `alertRules` are those on disk. */
  readonly loadedRules: () => Promise<LoadedRules | null>
  readonly readThreshold: () => Promise<ReadThreshold>
  readonly alerts: () => Promise<Alerts | null>
  readonly alertRouting: () => Promise<AlertRouting | null>
  readonly runSilences: () => Promise<RunSilences | null>
  readonly alertRules: () => Promise<AlertRules | null>
  readonly ruleChecker: () => Promise<RuleChecker>
}

/** The containers: read through the Docker Engine API, changed through the Compose CLI. */
export interface DockerPorts {
  readonly engine: () => Promise<Engine>
  readonly logs: () => Promise<LogSource>
  /** How the entries of `health:` are asked: some of them within containers. */
  readonly prober: () => Promise<HealthProber>
  readonly images: () => Promise<ImageTags>
  /** The Compose project, found when first needed. */
  readonly place: () => Promise<ComposePlace>
  readonly compose: () => Promise<Compose>
  /** What the Compose file says should be there, remembered while nothing of it changes. */
  readonly stackModel: () => Promise<StackModel>
}

/** What faci itself keeps, below `store.path`. */
export interface StorePorts {
  readonly journal: <E extends {readonly kind: string}>() => Promise<Journal<E>>
  readonly incidents: () => Promise<IncidentStore>
  readonly leases: () => Promise<Leases>
  readonly outbox: () => Promise<Outbox>
  /** Decided after the rota was written. */
  readonly overrides: () => Promise<Overrides>
  /** Which steps of escalations were taken. */
  /** Who was given Alertmanager's pages. */
  readonly adoptions: () => Promise<PageClaims>
  readonly pageClaims: () => Promise<PageClaims>
  /** Which reminders of overdue updates were posted. */
  readonly reminders: () => Promise<PageClaims>
  readonly pageTests: () => Promise<PageTests>
  readonly lastNotifiedFindings: () => Promise<LastNotifiedFindings>
  /** All of it, for whoever makes room. */
  readonly storeKeeper: () => Promise<StoreKeeper>
  /** Why the group that faci.yml names does not share the store. */
  readonly unsharedStore: () => Promise<UnsharedStore | null>
}

export interface NoticePorts {
  readonly channelSetups: ChannelSetups
  /** What a channel would send of a notice; every one when it is null. */
  readonly previews: (notice: Notice, channel: string | null) => Promise<readonly ChannelPreview[]>
  /** The channels of `notices:`, the default one first, and the terminal. Without a token a new notice is only shown; `unattended`: it waits. */
  readonly notifiers: (show: (notice: Notice) => Promise<void>, unattended?: boolean) => Promise<readonly Notifier[]>
}

/** Runbooks, and what their scripts run in. */
export interface RunbookPorts {
  readonly library: () => Promise<Library>
  readonly patterns: () => Promise<Patterns>
  readonly shell: () => Promise<Shell>
}

export interface PersonPorts {
  readonly progress: () => Promise<Progress>
  readonly prompt: () => Promise<Prompt>
  /** Who is acting: `name` and `host`; not verified where a variable says it. */
  readonly operator: () => Promise<{readonly name: string; readonly host: string; readonly isVerified: boolean}>
}

export interface SystemPorts {
  readonly clock: () => Promise<Clock>
  readonly ids: () => Promise<Ids>
  readonly exports: () => Promise<ExportFiles>
  /** Files that people write in too. */
  readonly documents: () => Promise<DocumentFiles>
}

/** The composition root: ports by name, each adapter loaded when it is first asked for. */
export interface App
  extends BackendPorts, DockerPorts, StorePorts, NoticePorts, RunbookPorts, PersonPorts, SystemPorts {
  readonly config: Config
  readonly healthEndpoints: readonly HealthEndpoint[]
  /** Targets in seconds by quantile, as faci.yml has them. */
  readonly latencyTargets: Readonly<Record<string, number>>
  /** Hides every secret that faci knows, on every sink. */
  readonly masker: Masker
  /** Times in the zone of every screen of this command. */
  readonly times: ScreenTimes
  /** That zone, an IANA name: also of times that are typed without one. */
  readonly timezone: string
}
