import type {ActionList, ListedAction} from '../../domain/incidents/incident-report.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {INCIDENTS} from '../words/en/incidents.js'

const COLUMNS = [
  {title: 'ITEM', whole: true},
  {title: 'STATE', whole: true},
  {title: 'DUE', spare: 2},
  {title: 'OWNER', spare: 1},
  {title: 'WHAT'},
] as const

function state({state: how, isOverdue}: ListedAction, style: Style): string {
  if (isOverdue) return style.bad('✖ overdue')
  return how === 'open' ? style.warn(`○ ${INCIDENTS.actionState[how]}`) : style.good(`✔ ${INCIDENTS.actionState[how]}`)
}

export function actionRows(actions: readonly ListedAction[], style: Style): string {
  const rows = actions.map((action) => [
    style.bold(`${action.incident}.${String(action.number)}`),
    state(action, style),
    action.dueAt === null ? '' : style.times.minute(action.dueAt),
    action.owner ?? '',
    action.text,
  ])
  return table(COLUMNS, rows, style)
}

export function actionListText({data}: Result<ActionList>, style: Style): string {
  const {actions} = data
  if (actions.length === 0) return `${style.good('✔')} No action item is open`
  const open = actions.find((action) => action.state === 'open')
  const next =
    open === undefined
      ? []
      : [style.dim(`→ ${command`faci incident actions ${open.incident} --done ${String(open.number)}`}`)]
  return [actionRows(actions, style), ...next].join('\n')
}
