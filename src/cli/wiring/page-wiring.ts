import {findPage} from '../../usecases/incidents/find-page.js'
import type {OpenDeps} from '../../usecases/incidents/open-incident.js'
import type {App} from '../app/app-ports.js'
import type {Terminal} from '../process/terminal.js'
import {tellDeps} from './incident-wiring.js'

function pageOf(app: App): OpenDeps['pageOf'] {
  const shared = app.config.channels.find(({sharesPages}) => sharesPages !== undefined)?.sharesPages
  if (shared === undefined) return null
  return async (alerts) => {
    const routing = await app.alertRouting()
    if (routing === null) return {by: 'faci', why: 'unanswered'}
    return findPage({routing, patterns: app.patterns}, {alerts, ...shared})
  }
}

/** What opens an incident. */
export async function openDeps(
  app: App,
  terminal: Terminal,
  flags: {readonly json: boolean; readonly quiet: boolean},
): Promise<OpenDeps> {
  return {...(await tellDeps(app, terminal, flags)), pageOf: pageOf(app)}
}
