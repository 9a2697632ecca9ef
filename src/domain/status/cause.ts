import type {AlertDoubt} from '../alerts/doubt.js'
import type {ProbeReason, ServiceReason} from '../stack/reason.js'
import type {StateVerdict} from '../verdict.js'

type NotHealthy = Exclude<StateVerdict, 'healthy'>

/** What a screen shows and could not be read. */
export type UnseenPart = 'alerts' | 'containers' | 'health' | 'lock' | 'signals' | 'undelivered'

/** What keeps the whole from being healthy, worded in `render/words`. `message` is an error's, which is English. */
export type CauseReason =
  | {
      readonly why: 'alertFires'
      readonly alert: string
      readonly summary: string | null
      /** Alertmanager should have it and has not. */
      readonly isMissing: boolean
    }
  /** More may be firing than is shown. */
  | {readonly why: 'alertsInDoubt'; readonly doubt: AlertDoubt}
  | {
      readonly why: 'endpointFails'
      readonly endpoint: string
      readonly verdict: NotHealthy
      readonly reason: ProbeReason | null
    }
  | {readonly why: 'noContainers'; readonly project: string}
  | {
      readonly why: 'serviceNotHealthy'
      readonly service: string
      readonly verdict: NotHealthy
      readonly reasons: readonly ServiceReason[]
    }
  | {readonly why: 'signalMissesTarget'; readonly signal: string; readonly title: string}
  | {readonly why: 'unseen'; readonly part: UnseenPart; readonly message: string}

/** Something that keeps the whole from being healthy, and what to type about it. */
export interface Cause {
  readonly reason: CauseReason
  readonly verdict: NotHealthy
  /** null when nothing is to be done but to wait. */
  readonly next: string | null
}
