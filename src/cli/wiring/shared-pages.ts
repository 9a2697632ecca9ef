import {findPageEnd} from '../../usecases/incidents/find-page.js'
import type {SharedPages} from '../../usecases/incidents/adopt-page.js'
import type {App} from '../app/app-ports.js'

/** null: no channel shares Alertmanager's pages. */
export function sharedPages(app: App): SharedPages | null {
  if (!app.config.channels.some(({sharesPages}) => sharesPages !== undefined)) return null
  return {
    adoptions: app.adoptions,
    end: async ({key, receiver}, alerts) => {
      const routing = await app.alertRouting()
      return routing === null ? 'unknown' : findPageEnd({routing, patterns: app.patterns}, {key, receiver, alerts})
    },
  }
}
