import {remindUpdates, undeliveredReminders} from '../../usecases/incidents/remind-updates.js'
import type {RemindedUpdate} from '../../domain/incidents/incident-report.js'
import type {Result} from '../../domain/result.js'
import {undeliveredReminder} from '../../render/incidents/undelivered-reminder.js'
import type {App} from '../app/app-ports.js'
import type {Terminal} from '../process/terminal.js'
import {incidentDeps, incidentPlace, telephone} from './incident-wiring.js'
import {readRota} from './oncall-wiring.js'

/** Posts that updates are overdue, as far as nobody has. */
export async function postReminders(app: App, terminal: Terminal, json: boolean): Promise<readonly RemindedUpdate[]> {
  const [deps, place, reminders, outbox, calls, rota] = await Promise.all([
    incidentDeps(app),
    incidentPlace(app),
    app.reminders(),
    app.outbox(),
    telephone(app, terminal, json),
    readRota(app),
  ])
  return remindUpdates({...deps, reminders, outbox, telephone: calls}, {...place, people: rota?.people ?? []})
}

/** The same result with what is said of reminders that nobody has got yet: they count where nothing worse does. */
export function withReminders<D>(result: Result<D>, reminded: readonly RemindedUpdate[]): Result<D> {
  const undelivered = undeliveredReminders(reminded)
  if (undelivered.length === 0) return result
  const verdict = result.verdict === 'ok' ? 'undelivered' : result.verdict
  return {...result, verdict, warnings: [...(result.warnings ?? []), ...undelivered.map(undeliveredReminder)]}
}
