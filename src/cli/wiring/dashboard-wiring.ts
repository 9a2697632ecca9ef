import type {DashboardName} from '../../domain/dashboard/dashboard.js'
import {DASHBOARDS} from '../../domain/dashboard/dashboards.js'
import type {ShowDashboardInput} from '../../usecases/dashboard/show-dashboard.js'
import type {App} from '../app/app-ports.js'
import {evaluationTime} from '../flags/evaluation-time.js'
import {presenceInput} from './services-wiring.js'
import {signalScope} from '../flags/signal-scope.js'
import {signalTargets} from './signal-targets.js'

/** What its figures of now are over. */
const WINDOW_SECONDS = 300

/** The dashboard as of now; asked again for each screen. */
export async function dashboardInput(
  app: App,
  name: DashboardName,
  rangeSeconds: number | null,
): Promise<ShowDashboardInput> {
  const {config} = app
  const {service, targets} = config
  const {job, refused} = signalScope(config, WINDOW_SECONDS)
  return {
    dashboard: DASHBOARDS[name]({job, rangeSeconds}),
    service,
    presence: await presenceInput(app, []),
    targets: signalTargets(targets),
    ...(refused === undefined ? {} : {refused}),
    at: evaluationTime(await app.clock()),
  }
}
