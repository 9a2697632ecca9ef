import type {Priority} from '../priority.js'
import {PRIORITIES} from '../priority.js'
import type {NoticeSeverity} from '../notices/notice.js'

const OF_SEVERITY: ReadonlyMap<string, Priority> = new Map([
  ['critical', 'P0'],
  ['warning', 'P1'],
  ['info', 'P2'],
])

const UNKNOWN: Priority = 'P1'

/** How grave an incident of these alerts is: what the gravest says by its `priority`, else by its `severity`. */
export function priorityOf(
  alerts: readonly {readonly severity: string | null; readonly priority: string | null}[],
): Priority {
  const each = alerts.map(({severity, priority}) => {
    const said = PRIORITIES.find((one) => one === priority?.toUpperCase())
    return said ?? OF_SEVERITY.get(severity?.toLowerCase() ?? '') ?? UNKNOWN
  })
  return PRIORITIES.find((one) => each.includes(one)) ?? UNKNOWN
}

/** The severity of a notice about it. */
export const NOTICE_SEVERITY: Readonly<Record<Priority, NoticeSeverity>> = {P0: 'critical', P1: 'warning', P2: 'info'}
