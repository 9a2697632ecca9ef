import {
  alertPages,
  type IncidentPage,
  type OwnPageReason,
  type PageEnd,
  pageEnd,
  type PageSearch,
} from '../../domain/alerts/alert-page.js'
import {FaciError} from '../../domain/errors.js'
import {sha256} from '../../domain/text/digest.js'
import type {AlertRouting} from '../../ports/alert-routing.js'
import {type ExpressionDeps, withExpressions} from '../patterns/with-expressions.js'

export interface FindPageDeps extends ExpressionDeps {
  readonly routing: Pick<AlertRouting, 'routing' | 'groups'>
}

async function found({routing, ...deps}: FindPageDeps, search: PageSearch): Promise<IncidentPage> {
  const [loaded, groups] = await Promise.all([routing.routing(), routing.groups()])
  const pages = await withExpressions(deps, (expressions) => alertPages(loaded, groups, search, expressions))
  if (pages.kind === 'none') return {by: 'faci', why: pages.why}
  const [first, ...others] = pages.pages
  if (first === undefined) return {by: 'faci', why: 'notFiring'}
  const {key, receiver, alert} = first
  return {by: 'alertmanager', key: sha256(key), receiver, alert, others: others.length}
}

const AWAY = new Set(['unreachable', 'timedOut'])

/** Whose page an incident becomes where Alertmanager pages by the same routing key. An Alertmanager that does not answer holds up no incident. */
export async function findPage(deps: FindPageDeps, search: PageSearch): Promise<IncidentPage> {
  if (search.alerts.length === 0) return {by: 'faci', why: 'noAlert'}
  try {
    return await found(deps, search)
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    const why: OwnPageReason = AWAY.has(error.code) ? 'unanswered' : 'unreadable'
    return {by: 'faci', why}
  }
}

/** Whether Alertmanager's page ends with the incident that is on it. */
export async function findPageEnd(
  {routing, ...deps}: FindPageDeps,
  page: {readonly key: string; readonly receiver: string; readonly alerts: readonly string[]},
): Promise<PageEnd> {
  try {
    const [loaded, groups] = await Promise.all([routing.routing(), routing.groups()])
    return await withExpressions(deps, (expressions) => pageEnd(loaded, groups, page, expressions))
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return 'unknown'
  }
}
