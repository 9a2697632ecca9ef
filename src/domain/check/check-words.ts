import type {ListedAlert} from '../alerts/alert-board.js'
import type {SignalTrend} from '../signals/signals-report.js'
import type {ObjectiveReport} from '../slo/objective-report.js'
import type {EndpointHealth} from '../stack/health.js'
import type {ServiceState} from '../stack/service-state.js'

export type CheckName = 'services' | 'health' | 'alerts' | 'trends' | 'budget' | 'dashboards'

/** How a signal is worse: `farWorse` and `farLess` than both a day and a week ago. */
export type SignalProblem = 'noData' | 'missesTarget' | 'farWorse' | 'farLess'

/**
 * All that a check says, in one language. It is given what was found, not sentences. What comes as a sentence all the same, an error's
 * message or a reason, is English: a language that cannot say it leaves it out, and the command behind the arrow shows it.
 */
export interface CheckWords {
  readonly titles: Readonly<Record<CheckName, string>>
  /** The names on an item's line, of which `more` are left out. */
  readonly named: (names: readonly string[], more: number) => string
  readonly moreDetails: (count: number) => string
  readonly notLookedAt: (reason: string) => string
  /** The backends' warnings about an item, a line each. */
  readonly unreliable: (warnings: readonly string[]) => readonly string[]
  readonly allHealthy: (count: number) => string
  readonly noContainers: (project: string) => string
  readonly service: (state: ServiceState) => string
  readonly serviceDetail: (state: ServiceState) => string
  readonly endpoint: (endpoint: EndpointHealth) => string
  readonly endpointDetail: (endpoint: EndpointHealth) => string
  readonly noneFires: (silenced: number) => string
  readonly alertDetail: (alert: ListedAlert) => string
  readonly alertsUnseen: string
  readonly alertsUnseenDetail: (doubts: readonly string[]) => string
  readonly signal: (signal: SignalTrend, problem: SignalProblem) => string
  readonly signalsWell: (count: number) => string
  readonly objective: (objective: ObjectiveReport) => string
  readonly objectiveDetail: (objective: ObjectiveReport) => string
  readonly objectivesMet: (count: number) => string
  readonly panel: (dashboard: string, panel: string) => string
  /** `reason` null: it was asked, and there is no data. */
  readonly panelDetail: (dashboard: string, panel: string, reason: string | null) => string
  readonly panelsWell: (panels: number, dashboards: number) => string
}
