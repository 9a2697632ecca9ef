import type {EscalateDeps} from '../../usecases/escalation/escalate-incidents.js'
import {flushOutbox} from '../../usecases/notices/flush-outbox.js'
import type {App} from '../app/app-ports.js'
import type {Terminal} from '../process/terminal.js'
import {incidentDeps, telephone} from './incident-wiring.js'
import {noticeDeps, onStderr} from './notice-wiring.js'

/** Nobody looks at figures or alerts: whoever is paged does. */
const BLIND = {figures: null, alerts: null} as const

export async function escalateDeps(app: App, terminal: Terminal, json: boolean): Promise<EscalateDeps> {
  const [deps, claims, outbox, calls, notices] = await Promise.all([
    incidentDeps(app),
    app.pageClaims(),
    app.outbox(),
    telephone(app, terminal, json, true),
    noticeDeps(app, terminal, onStderr(app, json), true),
  ])
  return {...deps, eyes: BLIND, claims, outbox, telephone: calls, flush: () => flushOutbox(notices)}
}
