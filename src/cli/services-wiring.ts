import {dirname} from 'node:path'
import type {SurveyPresenceDeps, SurveyPresenceInput} from '../usecases/stack/survey-presence.js'
import type {SurveyServicesInput} from '../usecases/stack/survey-services.js'
import type {Container} from './container-ports.js'

/** What tells whether the services are there and well. */
export async function presenceDeps(container: Container): Promise<SurveyPresenceDeps> {
  const [engine, stackModel, http, clock] = await Promise.all([
    container.engine(),
    container.stackModel(),
    container.http(),
    container.clock(),
  ])
  return {engine, stackModel, http, clock, runbooks: async () => (await container.library()).list()}
}

/** Which project, and the checkout of its Compose file. */
export function projectPlace({config}: Container): Pick<SurveyServicesInput, 'project' | 'directory'> {
  return {project: config.compose.project, directory: dirname(config.compose.files[0] ?? config.file)}
}

export function presenceInput(container: Container, services: readonly string[]): SurveyPresenceInput {
  return {...projectPlace(container), services, endpoints: container.healthEndpoints}
}
