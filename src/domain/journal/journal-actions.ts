import type {RunEvent} from './events.js'
import {ACT_WORDS, type ActVerdict} from '../verdict.js'
import type {ChangeEvent} from '../change/change-event.js'
import {changeCommand} from '../change/change-plan.js'
import type {Activity} from './activity.js'
import {command} from '../text/shell-command.js'

/** An event of either kind of journal as it is read back: signed and timed. */
export type JournaledEvent = {readonly at: string; readonly by: string} & (ChangeEvent | RunEvent)

/** What faci did according to one journal file. */
export interface JournaledAction {
  readonly at: string
  readonly by: string
  readonly what: string
  readonly verdict: ActVerdict | null
  /** The block after which a run saw its incident over. */
  readonly resolvedBy: string | null
}

function begun(event: JournaledEvent): string | null {
  if (event.kind === 'change.planned') return changeCommand(event.plan.change).join(' ')
  return event.kind === 'run.started' && event.mode === 'full' ? command`faci runbook ${event.runbook}` : null
}

function applied(action: JournaledAction | null, event: JournaledEvent): JournaledAction | null {
  const what = begun(event)
  if (what !== null) return {at: event.at, by: event.by, what, verdict: null, resolvedBy: null}
  if (action === null) return null
  if (event.kind === 'change.ended') return {...action, verdict: event.verdict}
  return event.kind === 'run.finished'
    ? {...action, verdict: event.verdict, resolvedBy: event.resolvedBy ?? null}
    : action
}

/** null when it changed nothing. An action without an end was cut off. */
export function journaledAction(events: readonly JournaledEvent[]): JournaledAction | null {
  return events.reduce(applied, null)
}

/** As a line of "what changed lately"; `isWritten`: somebody is at it. */
export function actionOf(events: readonly JournaledEvent[], isWritten: boolean): Activity | null {
  const action = journaledAction(events)
  if (action === null) return null
  const unended = isWritten ? 'still running' : 'no end recorded'
  const what = `${action.what} by ${action.by}: ${action.verdict === null ? unended : ACT_WORDS[action.verdict]}`
  return {at: action.at, what, kind: 'action', services: [], ending: null, restartCount: null}
}
