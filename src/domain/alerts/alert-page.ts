import type {Labels} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Expressions} from '../text/expressions.js'
import {compareText} from '../text/compare-text.js'
import type {AlertGroup} from './alert-group.js'
import {groupKey, groupLabels, labelOrders} from './group-key.js'
import {type LoadedRouting, pathsFor, type Receiver, type RoutePath} from './routing.js'

/** Why an incident has a page of faci's own, though Alertmanager pages by the same routing key. */
export type OwnPageReason =
  | 'noAlert'
  /** Alertmanager has none of its alerts. */
  | 'notFiring'
  /** No receiver of theirs is PagerDuty's. */
  | 'notPaged'
  /** It is, by the older API, whose pages cannot be shared. */
  | 'serviceKey'
  | 'severalReceivers'
  /** A configuration, a group or a version of Alertmanager from which the key cannot be told. */
  | 'unreadable'
  | 'unanswered'

/** Whose page an incident is, as it was when it was opened. */
export type IncidentPage =
  | {
      readonly by: 'alertmanager'
      /** SHA-256 of the group's key, in hex: what Alertmanager gives PagerDuty. */
      readonly key: string
      readonly receiver: string
      readonly alert: string
      /** How many other pages Alertmanager has of the incident's alerts. */
      readonly others: number
    }
  | {readonly by: 'faci'; readonly why: OwnPageReason}

/** A page that Alertmanager makes, by the key before it is hashed. */
export interface AlertPage {
  readonly key: string
  readonly receiver: string
  readonly alert: string
  readonly startsAt: IsoTime
}

export type AlertPages =
  {readonly kind: 'pages'; readonly pages: readonly AlertPage[]} | {readonly kind: 'none'; readonly why: OwnPageReason}

interface Grouped {
  readonly group: AlertGroup
  readonly labels: Labels
  readonly startsAt: IsoTime
}

function sameLabels(one: Labels, other: Labels): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

/** The routes by which an alert came into its group: an empty `group_by` cannot be told from none in some versions, so a single route counts. */
function pathsOf({root}: LoadedRouting, {group, labels}: Grouped, expressions: Expressions): readonly RoutePath[] {
  const paths = pathsFor(root, labels, expressions).filter(({route}) => route.receiver === group.receiver)
  const same = paths.filter(({route}) => sameLabels(groupLabels(route, labels), group.labels))
  return same.length > 0 || paths.length > 1 ? same : paths
}

function pagesOf(routing: LoadedRouting, one: Grouped, expressions: Expressions): readonly AlertPage[] | null {
  const {group, labels, startsAt} = one
  const orders = labelOrders(routing.version)
  const keys = pathsOf(routing, one, expressions).map((path) => groupKey(path, group.labels, orders))
  if (keys.length === 0 || keys.includes(null)) return null
  const alert = labels['alertname'] ?? ''
  return keys.flatMap((key) => (key === null ? [] : [{key, receiver: group.receiver, alert, startsAt}]))
}

function pagersOf({receivers}: LoadedRouting, named: string | null): readonly Receiver[] {
  return receivers.filter(({name, pagerDuty}) => pagerDuty.length > 0 && (named === null || name === named))
}

const none = (why: OwnPageReason): AlertPages => ({kind: 'none', why})

function distinct(pages: readonly AlertPage[]): readonly AlertPage[] {
  const sorted = [...pages].sort(
    (one, other) => compareText(one.startsAt, other.startsAt) || compareText(one.key, other.key),
  )
  return [...new Map(sorted.toReversed().map((page) => [page.key, page])).values()].toReversed()
}

export interface PageSearch {
  /** Names of the incident's alerts. */
  readonly alerts: readonly string[]
  /** The receiver that pages by the same routing key; null: any of PagerDuty's. */
  readonly receiver: string | null
}

/** The pages that Alertmanager makes of an incident's alerts, the oldest first. */
export function alertPages(
  routing: LoadedRouting,
  groups: readonly AlertGroup[],
  {alerts, receiver}: PageSearch,
  expressions: Expressions,
): AlertPages {
  if (alerts.length === 0) return none('noAlert')
  const own = groups.flatMap((group) =>
    group.alerts
      .filter(({labels}) => alerts.includes(labels['alertname'] ?? ''))
      .map(({labels, startsAt}): Grouped => ({group, labels, startsAt})),
  )
  if (own.length === 0) return none('notFiring')
  const pagers = pagersOf(routing, receiver)
  const paged = own.filter(({group}) => pagers.some(({name}) => name === group.receiver))
  if (paged.length === 0) return none('notPaged')
  const byKey = paged.filter(({group}) =>
    pagers.some(({name, pagerDuty}) => name === group.receiver && pagerDuty.includes('routingKey')),
  )
  if (byKey.length === 0) return none('serviceKey')
  if (new Set(byKey.map(({group}) => group.receiver)).size > 1) return none('severalReceivers')
  const pages = byKey.map((one) => pagesOf(routing, one, expressions))
  if (pages.includes(null)) return none('unreadable')
  return {kind: 'pages', pages: distinct(pages.flatMap((some) => some ?? []))}
}
