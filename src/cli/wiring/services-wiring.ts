import {dirname} from 'node:path'
import type {SurveyPresenceDeps, SurveyPresenceInput} from '../../usecases/status/survey-presence.js'
import type {SurveyServicesInput} from '../../usecases/status/survey-services.js'
import type {App} from '../app/app-ports.js'

/** What tells whether the services are there and well. */
export async function presenceDeps(app: App): Promise<SurveyPresenceDeps> {
  const [engine, stackModel, http, clock] = await Promise.all([app.engine(), app.stackModel(), app.http(), app.clock()])
  return {engine, stackModel, http, clock, runbooks: async () => (await app.library()).list()}
}

/** Which project, and the checkout of its Compose file. */
export function projectPlace({config}: App): Pick<SurveyServicesInput, 'project' | 'directory'> {
  return {project: config.compose.project, directory: dirname(config.compose.files[0] ?? config.file)}
}

export function presenceInput(app: App, services: readonly string[]): SurveyPresenceInput {
  return {...projectPlace(app), services, endpoints: app.healthEndpoints}
}
