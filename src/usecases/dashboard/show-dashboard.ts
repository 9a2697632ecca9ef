import type {DashboardReport} from '../../domain/dashboard/dashboard-report.js'
import {showsState, withPresence} from '../../domain/dashboard/presence.js'
import type {Result} from '../../domain/result.js'
import type {JudgedVerdict} from '../../domain/verdict.js'
import type {Metrics} from '../../ports/metrics.js'
import {surveyPresence, type SurveyPresenceDeps, type SurveyPresenceInput} from '../status/survey-presence.js'
import {type DashboardInput, readDashboard} from './read-dashboard.js'

export interface ShowDashboardDeps extends SurveyPresenceDeps {
  readonly metrics: Metrics
}

export interface ShowDashboardInput extends DashboardInput {
  readonly presence: SurveyPresenceInput
}

/** A dashboard as of one moment; the state on it is that of `status`, not that of the last scrape. */
export async function showDashboard(
  deps: ShowDashboardDeps,
  input: ShowDashboardInput,
): Promise<Result<DashboardReport>> {
  if (!showsState(input.dashboard)) return readDashboard(deps, input)
  const [result, presence] = await Promise.all([readDashboard(deps, input), surveyPresence(deps, input.presence)])
  const {report, verdict} = withPresence(result.data, result.verdict as JudgedVerdict, presence)
  return {verdict, data: report, warnings: [...(result.warnings ?? []), ...presence.warnings]}
}
