import type {Environment} from '../../domain/environment.js'
import type {FaultText} from '../../domain/findings/finding.js'
import type {RunEvent, Selection} from '../../domain/journal/events.js'
import type {GateCard} from '../../domain/execution/gate-card.js'
import type {RunPlan, RollbackPolicy} from '../../domain/execution/plan.js'
import type {RunWords} from '../../domain/execution/run-words.js'
import type {Notice, NoticeDelivery} from '../../domain/notices/notice.js'
import type {UsedContent} from '../../domain/runbook/lint/used-content.js'
import type {RunbookFault} from '../../domain/runbook/lint/runbook-fault.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import type {Clock} from '../../ports/clock.js'
import type {Engine} from '../../ports/engine.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {Http} from '../../ports/http.js'
import type {Ids} from '../../ports/ids.js'
import type {Journal} from '../../ports/journal.js'
import type {Lease, Leases} from '../../ports/lease.js'
import type {Library} from '../../ports/library.js'
import type {LogSource} from '../../ports/log-source.js'
import type {Metrics} from '../../ports/metrics.js'
import type {Progress} from '../../ports/progress.js'
import type {Prompt} from '../../ports/prompt.js'
import type {EndedSilences, RunSilences} from '../../ports/run-silences.js'
import type {Shell} from '../../ports/shell.js'
import type {Recorder} from './recorder.js'
import type {ReadValueDeps} from './sourced-values.js'

export interface ReadUsedFile extends UsedContent {
  readonly path: string
  /** SHA-256 of its content, in hex. */
  readonly digest: string
}

/** What preparing a run needs: nothing of it changes anything. */
export interface PrepareDeps extends ReadValueDeps {
  readonly library: Library
  readonly shell: Shell
  readonly prompt: Prompt
  readonly masker: Masker
  /** What is wrong with the runbook, in words. */
  readonly faultText: (fault: RunbookFault) => FaultText
  /** Which engine would be changed; null when it does not tell. */
  readonly engineId: () => Promise<string | null>
  /** A file that scripts call; its path is taken from `directory`. Errors: `runbookInvalid` when it cannot be read, `refused` for a stranger's. */
  readonly readUsed: (directory: string, file: string) => Promise<ReadUsedFile>
}

export interface RunDeps extends PrepareDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly http: Http
  readonly prober: HealthProber
  readonly metrics: Metrics | null
  readonly engine: Engine
  readonly logs: LogSource
  readonly journal: Journal<RunEvent>
  readonly leases: Leases
  /** null without an Alertmanager. */
  readonly runSilences: RunSilences | null
  readonly progress: Progress
  /** What the screen says. */
  readonly screen: RunWords
  /** The card as text for the screen that the prompt is on. */
  readonly drawGate: (card: GateCard) => string
  /** Never throws: what could not be delivered waits in the outbox, and the answer says so. */
  readonly notify: (notice: Notice) => Promise<NoticeDelivery>
}

/** The service that a run is for. */
export interface RunPlace extends Environment {
  readonly service: string
  readonly project: string
  readonly configFile: string
  /** Where blocks run. */
  readonly directory: string
  /** Of the people who read notices. */
  readonly words: RunWords
  readonly operator: string
  readonly host: string
  readonly endpoints: readonly HealthEndpoint[]
  /** Of notices, the default one first. */
  readonly channels: readonly string[]
  /** The id of the incident that the run is for; null: of whatever is open meanwhile. */
  readonly incident: string | null
}

export interface PrepareInput {
  readonly name: string
  readonly place: RunPlace
  readonly inputs: Readonly<Record<string, string>>
  readonly environmentNames: ReadonlySet<string>
  readonly diagnose: boolean
  readonly force: boolean
  readonly yes: boolean
  /** `--approve ID@HASH`, as typed. */
  readonly approve: readonly string[]
  /** `--confirm`. */
  readonly confirm: string | null
  readonly selection: Selection
  /** `--step`. */
  readonly step: boolean
  /** `--rollback`; null: nothing was said, so a person is asked. */
  readonly rollback: RollbackPolicy | null
}

/** What ends a run from outside. */
export interface Interrupts {
  /** Now: TERM, HUP, or Ctrl-C where nobody can be asked. */
  readonly signal: AbortSignal
  /** Where a person can be asked, Ctrl-C calls this instead. */
  readonly onCtrlC: (handler: () => void) => void
}

export interface RunInput extends PrepareInput {
  /** Why the lock of a holder that is gone may be taken. */
  readonly takeover: string | null
  /** Set inside a block that may only look. */
  readonly readOnly: boolean
  readonly interrupts: Interrupts
  /** Told of everything that happens, in order. */
  readonly onEvent: (runId: string, event: RunEvent) => void
}

/** A run under way. */
export interface RunContext {
  readonly deps: RunDeps
  readonly input: RunInput
  readonly plan: RunPlan
  readonly runId: string
  readonly recorder: Recorder
  /** Of a run that goes on: how many events its journal had when that was decided; null of a new one. */
  readonly known: number | null
  /** null until the run changes something, and after it was given back. */
  lease: Lease | null
  /** Ends the silences that the run's blocks made; set as long as the lease is held. */
  endSilences: (() => Promise<EndedSilences>) | null
  /** Ends what is being done now; the next action gets a new one. */
  action: AbortController
  /** An open Ctrl-C menu, or an interruption that is being written down: nothing new begins before. */
  pending: Promise<void> | null
  /** Ends an open menu. */
  menu: AbortController | null
  /** The lock was lost to somebody else. */
  lost: boolean
}
