import type {DashboardName} from '../domain/dashboard/dashboard.js'
import {DASHBOARDS} from '../domain/dashboard/dashboards.js'
import type {ShowDashboardInput} from '../usecases/signals/show-dashboard.js'
import type {Container} from './container-ports.js'
import {evaluationTime} from './evaluation-time.js'
import {presenceInput} from './services-wiring.js'
import {signalTargets} from './signal-targets.js'

/** The dashboard as of now; asked again for each screen. */
export async function dashboardInput(
  container: Container,
  name: DashboardName,
  rangeSeconds: number | null,
): Promise<ShowDashboardInput> {
  const {service, prometheus, targets} = container.config
  return {
    dashboard: DASHBOARDS[name]({job: prometheus?.job ?? null, rangeSeconds}),
    service,
    presence: presenceInput(container, []),
    targets: signalTargets(targets),
    at: evaluationTime(await container.clock()),
  }
}
