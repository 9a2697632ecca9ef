import type {Failure} from '../notices/undelivered.js'
import type {Environment} from '../environment.js'
import type {ChannelSetups} from '../notices/channels.js'
import type {SecretReference} from '../secrets/secret-reference.js'
import type {UsageShares, UsageWarning, UsedKind} from '../retention/store-usage.js'
import type {ProbeReason} from '../stack/reason.js'
import type {ServiceState} from '../stack/service-state.js'
import type {Verdict} from '../verdict.js'

/** `warning` works, but not as meant; `failed` is wrong; `unknown` cannot be seen. */
export type SetupState = 'ok' | 'warning' | 'failed' | 'unknown' | 'notConfigured'

/** What a channel's own service says of it; `secrets`: the references that should hold what it needs. */
export type ChannelFact =
  | {readonly why: 'channelOk'; readonly detail: string}
  | {readonly why: 'channelLacking'; readonly detail: string; readonly next: string}
  | {readonly why: 'channelRejected'; readonly reason: Failure; readonly secrets: readonly string[]}
  | {readonly why: 'channelFailed'; readonly reason: Failure}
  | {
      readonly why: 'channelUntried'
      readonly address: string
      readonly secrets: readonly string[]
      readonly detail: string
    }
  /** `missing` null: nobody knows what it needs. */
  | {readonly why: 'channelUnset'; readonly channel: string; readonly missing: SecretReference | null}

/** What was found, as data. A new one does not compile without its words in `render/words/en/doctor.ts`. */
export type SetupFact =
  | ChannelFact
  /** All of them; what to do is about `worst`. */
  | {readonly why: 'channels'; readonly all: readonly ChannelFact[]; readonly worst: ChannelFact}
  | {readonly why: 'noChannel'; readonly setups: ChannelSetups}
  /** What a backend's adapter said. */
  | {readonly why: 'error'; readonly message: string; readonly next: string | null}
  | {readonly why: 'notSet'; readonly key: string}
  | {readonly why: 'configuration'; readonly file: string; readonly environment: Environment}
  | {readonly why: 'engine'; readonly version: string; readonly endpoint: string}
  | {
      readonly why: 'compose'
      readonly command: string
      readonly version: string
      readonly services: readonly string[]
    }
  /** This Compose takes containers away and then fails on this engine. */
  | {readonly why: 'composeDies'; readonly command: string; readonly version: string; readonly engine: string}
  /** `others`: projects that have containers on this engine. */
  | {
      readonly why: 'noContainers'
      readonly project: string
      readonly others: readonly string[]
      readonly next: string | null
    }
  | {
      readonly why: 'services'
      readonly project: string
      readonly healthy: number
      readonly total: number
      readonly wrong: readonly Pick<ServiceState, 'service' | 'reasons' | 'verdict'>[]
      readonly warnings: readonly string[]
      readonly next: string | null
    }
  | {readonly why: 'endpoint'; readonly url: string}
  | {readonly why: 'endpointIll'; readonly reason: ProbeReason}
  /** `job` null: any. */
  | {readonly why: 'targets'; readonly version: string; readonly up: number; readonly job: string | null}
  | {readonly why: 'alertmanager'; readonly version: string}
  /** Of Alertmanager, whose pages incidents adopt. */
  | {readonly why: 'pagesShared'; readonly receivers: readonly string[]}
  /** `receiver` null: of all that there are. `able`: those whose pages could be shared. */
  | {
      readonly why: 'pagesNotShared'
      readonly fault: 'missing' | 'notPagerDuty' | 'serviceKey' | 'unrouted'
      readonly receiver: string | null
      readonly able: readonly string[]
    }
  | {readonly why: 'noRunbooks' | 'shell' | 'outboxEmpty' | 'runsReadable'}
  | {readonly why: 'runbooks'; readonly names: readonly string[]}
  | {readonly why: 'runbooksInvalid'; readonly first: string; readonly names: readonly string[]}
  /** `person` null: nobody is now. */
  | {readonly why: 'onCall'; readonly person: string | null; readonly isRequired: boolean}
  | {readonly why: 'outbox'; readonly undelivered: number; readonly unreadable: number}
  | {
      readonly why: 'store'
      readonly directory: string
      /** Those that take any. */
      readonly kinds: readonly {readonly kind: UsedKind; readonly bytes: number; readonly files: number}[]
      readonly bytes: number
      /** After so long it was not counted any further; null: all of it was. */
      readonly countedSeconds: number | null
      readonly shares: UsageShares
      /** null: it cannot be asked. */
      readonly freeBytes: number | null
      readonly warning: UsageWarning | null
      /** Whether pruning can be what helps. */
      readonly canPrune: boolean
    }
  /** `first`: the folder of the first of them. */
  | {readonly why: 'runsUnreadable'; readonly first: string; readonly ids: readonly string[]}

export interface SetupFinding {
  readonly state: SetupState
  readonly fact: SetupFact
}

export interface SetupItem extends SetupFinding {
  readonly name: string
}

// Its items are data, or words.
export interface SetupReport<Item extends Pick<SetupItem, 'name' | 'state'> = SetupItem> {
  readonly items: readonly Item[]
}

/** Something wrong outweighs something unseen; a warning alone is not a failure. */
export function setupVerdict(items: readonly SetupItem[]): Verdict {
  if (items.some(({state}) => state === 'failed')) return 'bad'
  return items.some(({state}) => state === 'unknown') ? 'unknown' : 'ok'
}
