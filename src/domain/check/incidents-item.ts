import type {ListedAction} from '../incidents/incident-report.js'
import {type Incident, isUpdateOverdue} from '../incidents/incident.js'
import {command} from '../text/shell-command.js'
import type {CheckItem} from './check-report.js'
import {item, wrong} from './daily-items.js'

function secondsSince(at: string | null, now: Date): number {
  return at === null ? 0 : (now.getTime() - Date.parse(at)) / 1000
}

/** What people were promised in incidents, and did not get: updates, and what somebody was to do. */
export function incidentsItem(open: readonly Incident[], actions: readonly ListedAction[], now: Date): CheckItem {
  const updates = open
    .filter((incident) => isUpdateOverdue(incident, now))
    .map(({handle, title, nextUpdateDueAt}) => {
      const overdueSeconds = secondsSince(nextUpdateDueAt, now)
      const next = command`faci incident update ${handle} --message '…'`
      return wrong({why: 'updateOverdue', handle, title, overdueSeconds}, `${handle} update`, {next})
    })
  const todo = actions
    .filter(({isOverdue}) => isOverdue)
    .map(({incident, number, text, owner, dueAt}) => {
      const name = `${incident}.${String(number)}`
      const next = command`faci incident actions ${incident} --done ${String(number)}`
      return wrong({why: 'actionOverdue', item: name, text, owner, overdueSeconds: secondsSince(dueAt, now)}, name, {
        next,
      })
    })
  return item('incidents', {why: 'nothingOverdue', open: open.length}, [...updates, ...todo])
}
