import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {ForeseenReminder, RemindedUpdate} from '../../domain/incidents/incident-report.js'
import type {Result} from '../../domain/result.js'
import {REMINDERS} from '../../render/words/en/reminders.js'
import type {RemindDeps, RemindInput} from '../../usecases/incidents/late-updates.js'
import {
  foreseeReminders,
  type Reminders,
  remindUpdates,
  undeliveredReminders,
} from '../../usecases/incidents/remind-updates.js'
import {flushOutbox} from '../../usecases/notices/flush-outbox.js'
import type {App} from '../app/app-ports.js'
import type {Terminal} from '../process/terminal.js'
import {incidentDeps, incidentPlace, telephone} from './incident-wiring.js'
import {noticeDeps, onStderr} from './notice-wiring.js'
import {peopleOfRota} from './oncall-wiring.js'

interface Reminding {
  readonly deps: RemindDeps
  readonly input: RemindInput
}

async function reminding(app: App, terminal: Terminal, json: boolean): Promise<Reminding> {
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
  return {deps: {...deps, claims, outbox, telephone: calls, flush}, input: {...place, people}}
}

/** Posts that updates are overdue, as far as nobody has. What keeps it from that is said, and hides nothing else. */
export async function postReminders(app: App, terminal: Terminal, json: boolean): Promise<Reminders> {
  try {
    const {deps, input} = await reminding(app, terminal, json)
    return await remindUpdates(deps, input)
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {reminded: [], left: 0, problems: [error.message], isBusy: false, covered: []}
  }
}

/** What a result says of reminders. */
interface WithReminders {
  readonly reminded: readonly RemindedUpdate[]
  readonly isReminding: boolean
}

/** The same result with the reminders, which count where nothing worse does; `words`: of those who read notices. */
export function withReminders<D extends WithReminders>(
  result: Result<D>,
  {reminded, isBusy: isReminding, ...reminders}: Reminders,
): Result<D> {
  const own =
    reminders.problems.length > 0 ? 'unknown' : undeliveredReminders(reminded).length > 0 ? 'undelivered' : 'ok'
  const verdict = result.verdict === 'ok' ? own : result.verdict
  const said = reminderWarnings(reminders)
  const warnings = said.length === 0 ? {} : {warnings: [...(result.warnings ?? []), ...said]}
  return {...result, verdict, data: {...result.data, reminded, isReminding}, ...warnings}
}

function reminderWarnings({left, problems}: Pick<Reminders, 'left' | 'problems'>): readonly string[] {
  return [...problems.map(REMINDERS.failed), ...(left === 0 ? [] : [REMINDERS.left(left)])]
}

/** What a dry run says of them. */
export async function withForeseenReminders<D extends {readonly foreseen: readonly ForeseenReminder[]}>(
  app: App,
  terminal: Terminal,
  json: boolean,
  result: Result<D>,
): Promise<Result<D>> {
  const {deps, input} = await reminding(app, terminal, json)
  const {foreseen, isBusy: isReminding} = await foreseeReminders(deps, input)
  return {...result, data: {...result.data, foreseen, isReminding}}
}
