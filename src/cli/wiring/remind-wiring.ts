import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {reminderWarnings, undeliveredReminder} from '../../render/incidents/undelivered-reminder.js'
import {type Reminders, remindUpdates, undeliveredReminders} from '../../usecases/incidents/remind-updates.js'
import {flushOutbox} from '../../usecases/notices/flush-outbox.js'
import type {App} from '../app/app-ports.js'
import type {Terminal} from '../process/terminal.js'
import {incidentDeps, incidentPlace, telephone} from './incident-wiring.js'
import {noticeDeps, onStderr} from './notice-wiring.js'
import {peopleOfRota} from './oncall-wiring.js'

async function post(app: App, terminal: Terminal, json: boolean): Promise<Reminders> {
  const [deps, place, claims, outbox, calls, notices, people] = await Promise.all([
    incidentDeps(app),
    incidentPlace(app),
    app.reminders(),
    app.outbox(),
    telephone(app, terminal, json),
    noticeDeps(app, terminal, onStderr(app, json), true),
    peopleOfRota(app),
  ])
  const flush = (): Promise<unknown> => flushOutbox(notices)
  return remindUpdates({...deps, claims, outbox, telephone: calls, flush}, {...place, people})
}

/** Posts that updates are overdue, as far as nobody has. What keeps it from that is said, and hides nothing else. */
export async function postReminders(app: App, terminal: Terminal, json: boolean): Promise<Reminders> {
  try {
    return await post(app, terminal, json)
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {reminded: [], left: 0, problems: [error.message]}
  }
}

/** The same result, judged with the reminders: they count where nothing worse does. */
export function withReminders<D>(result: Result<D>, reminders: Reminders): Result<D> {
  const {reminded, problems} = reminders
  const undelivered = undeliveredReminders(reminded)
  const own = problems.length > 0 ? 'unknown' : undelivered.length > 0 ? 'undelivered' : 'ok'
  const verdict = result.verdict === 'ok' ? own : result.verdict
  const said = reminderWarnings(reminders)
  return said.length === 0
    ? {...result, verdict}
    : {...result, verdict, warnings: [...(result.warnings ?? []), ...said]}
}

/** Likewise, where nothing else says which of them nobody has got yet. */
export function withSaidReminders<D>(result: Result<D>, reminders: Reminders): Result<D> {
  const said = undeliveredReminders(reminders.reminded).map(undeliveredReminder)
  const judged = withReminders(result, reminders)
  return said.length === 0 ? judged : {...judged, warnings: [...(judged.warnings ?? []), ...said]}
}
