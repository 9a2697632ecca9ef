import type {ListedAlert} from '../alerts/alert-board.js'
import type {AlertDoubt} from '../alerts/doubt.js'
import type {SignalTrend} from '../signals/signals-report.js'
import type {ObjectiveReport} from '../slo/objective-report.js'
import type {EndpointHealth} from '../stack/health.js'
import type {ServiceState} from '../stack/service-state.js'

/** How a signal is worse: `farWorse` and `farLess` than both a day and a week ago. */
export type SignalProblem = 'noData' | 'missesTarget' | 'farWorse' | 'farLess'

/** What is wrong, or cannot be told, worded in `render/words`. */
export type CheckFinding =
  | {readonly why: 'noContainers'; readonly project: string}
  | {readonly why: 'service'; readonly state: ServiceState}
  | {readonly why: 'endpoint'; readonly endpoint: EndpointHealth}
  | {readonly why: 'alert'; readonly alert: ListedAlert}
  | {readonly why: 'alertsUnseen'; readonly doubts: readonly AlertDoubt[]}
  | {readonly why: 'signal'; readonly signal: SignalTrend; readonly problem: SignalProblem}
  | {readonly why: 'objective'; readonly objective: ObjectiveReport}
  /** `reason` null: it was asked, and there is no data. */
  | {readonly why: 'panel'; readonly dashboard: string; readonly panel: string; readonly reason: string | null}
  /** People were promised an update of an incident. */
  | {readonly why: 'updateOverdue'; readonly handle: string; readonly title: string; readonly overdueSeconds: number}
  /** `item`: `INC-7.2`; `owner` null: nobody. */
  | {
      readonly why: 'actionOverdue'
      readonly item: string
      readonly text: string
      readonly owner: string | null
      readonly overdueSeconds: number
    }
  /** 0: now. */
  | {readonly why: 'nobodyOnCall'; readonly inSeconds: number}
  /** What the backend warned of. */
  | {readonly why: 'unreliable'; readonly warning: string}

/** What an item came to, in one line. */
export type CheckSummary =
  | {readonly why: 'allHealthy'; readonly count: number}
  | {readonly why: 'noneFires'; readonly silenced: number}
  | {readonly why: 'signalsWell'; readonly count: number}
  | {readonly why: 'objectivesMet'; readonly count: number}
  | {readonly why: 'panelsWell'; readonly panels: number; readonly dashboards: number}
  | {readonly why: 'nothingOverdue'; readonly open: number}
  /** `person` null: nobody, and nobody has to be. */
  | {readonly why: 'onCall'; readonly person: string | null}
  /** One or more. */
  | {readonly why: 'found'; readonly findings: readonly CheckFinding[]}
  /** `message`: an error's, which is English. */
  | {readonly why: 'notLookedAt'; readonly message: string}
