import type {RunEvent} from '../execution/events.js'
import type {ActVerdict} from '../verdict.js'
import type {ChangeEvent} from './change-event.js'
import {changeCommand} from './change-plan.js'
import type {Change} from './status.js'

/** An event of either kind of journal as it is read back: signed and timed. */
export type JournaledEvent = {readonly at: string; readonly by: string} & (ChangeEvent | RunEvent)

interface Action {
  readonly at: string
  readonly by: string
  readonly what: string
  readonly verdict: ActVerdict | null
}

function applied(action: Action | null, event: JournaledEvent): Action | null {
  switch (event.kind) {
    case 'change.planned':
      return {at: event.at, by: event.by, what: changeCommand(event.plan.change).join(' '), verdict: null}
    case 'run.started':
      return event.mode === 'full'
        ? {at: event.at, by: event.by, what: `faci runbook ${event.runbook}`, verdict: null}
        : null
    case 'change.ended':
    case 'run.finished':
      return action === null ? null : {...action, verdict: event.verdict}
    default:
      return action
  }
}

/** What faci did according to one journal file, for "what changed lately": null when it changed nothing. An action without an end was cut off. */
export function actionOf(events: readonly JournaledEvent[]): Change | null {
  const action = events.reduce(applied, null)
  if (action === null) return null
  return {at: action.at, what: `${action.what} by ${action.by}: ${action.verdict ?? 'no end recorded'}`}
}
