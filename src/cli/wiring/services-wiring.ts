import type {SurveyPresenceDeps, SurveyPresenceInput} from '../../usecases/status/survey-presence.js'
import type {SurveyServicesInput} from '../../usecases/status/survey-services.js'
import type {App} from '../app/app-ports.js'

/** What tells whether the services are there and well. */
export async function presenceDeps(app: App): Promise<SurveyPresenceDeps> {
  const [engine, stackModel, prober, clock] = await Promise.all([
    app.engine(),
    app.stackModel(),
    app.prober(),
    app.clock(),
  ])
  return {engine, stackModel, prober, clock, runbooks: async () => (await app.library()).list()}
}

/** Which project, and the checkout of its Compose file. */
export async function projectPlace({place}: App): Promise<Pick<SurveyServicesInput, 'project' | 'directory'>> {
  const {project, directory} = await place()
  return {project, directory}
}

export async function presenceInput(app: App, services: readonly string[]): Promise<SurveyPresenceInput> {
  return {...(await projectPlace(app)), services, endpoints: app.healthEndpoints}
}
