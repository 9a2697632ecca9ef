import type {Labels} from '../promql/sample.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Expressions} from '../text/expressions.js'
import {sha256} from '../text/digest.js'
import {compareText} from '../text/compare-text.js'
import type {AlertGroup, GroupedAlert} from './alert-group.js'
import {groupKey, groupLabels, labelOrders, rendersTwice} from './group-key.js'
import {type LoadedRouting, pathsFor, type Receiver, type RoutePath} from './routing.js'

/** Why an incident has a page of faci's own, though Alertmanager pages by the same routing key. */
export type OwnPageReason =
  | 'noAlert'
  /** Alertmanager has none of its alerts. */
  | 'notFiring'
  /** Those that Alertmanager has are silenced, inhibited or muted by time: it pages for none of them. */
  | 'suppressed'
  /** Its route has times in which it tells nobody; whether it is such a time Alertmanager says too late, or never. */
  | 'timed'
  /** No receiver of theirs is PagerDuty's. */
  | 'notPaged'
  /** One is, but not the one that is named. */
  | 'otherReceiver'
  /** It is, by the older API, whose pages cannot be shared. */
  | 'serviceKey'
  | 'severalReceivers'
  /** A configuration, a group or a version of Alertmanager from which the key cannot be told. */
  | 'unreadable'
  /** Something of its group reads as a template, at which this version's page fails: it pages nobody. */
  | 'unrendered'
  | 'unanswered'
  /** It was given to another incident a moment ago. */
  | 'contended'

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
  /** Alertmanager's is that of another open incident, whose handle this is. */
  | {readonly by: 'faci'; readonly why: 'held'; readonly holder: string}

/** A page that Alertmanager makes, by the key before it is hashed. */
export interface AlertPage {
  readonly key: string
  readonly receiver: string
  readonly alert: string
  readonly startsAt: IsoTime
}

export type AlertPages =
  {readonly kind: 'pages'; readonly pages: readonly AlertPage[]} | {readonly kind: 'none'; readonly why: OwnPageReason}

interface Grouped extends GroupedAlert {
  readonly group: AlertGroup
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

/** By the routes that always page; why none can be told where that is so. */
function pagesOf(
  routing: LoadedRouting,
  one: Grouped,
  expressions: Expressions,
): readonly AlertPage[] | 'unreadable' | 'timed' {
  const {group, labels, startsAt} = one
  const orders = labelOrders(routing.version)
  const paths = pathsOf(routing, one, expressions)
  const untimed = paths.filter(({route}) => !route.timed)
  if (paths.length > 0 && untimed.length === 0) return 'timed'
  const keys = untimed.map((path) => groupKey(path, group.labels, orders))
  if (keys.length === 0 || keys.includes(null)) return 'unreadable'
  const alert = labels['alertname'] ?? ''
  return keys.flatMap((key) => (key === null ? [] : [{key, receiver: group.receiver, alert, startsAt}]))
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

function toldTo(receivers: readonly Receiver[]): (one: Grouped) => boolean {
  return ({group}) => receivers.some(({name}) => name === group.receiver)
}

function isLikeTemplate({group}: Grouped): boolean {
  return group.alerts.some(({likeTemplate}) => likeTemplate)
}

/** Those of the incident's alerts for which Alertmanager pages in a way that can be shared. */
function sharedOf(
  {receivers, version}: LoadedRouting,
  own: readonly Grouped[],
  named: string | null,
): readonly Grouped[] | OwnPageReason {
  const pagers = receivers.filter(({pagerDuty}) => pagerDuty.length > 0)
  const meant = pagers.filter(({name}) => named === null || name === named)
  const paged = own.filter(toldTo(meant))
  if (paged.length === 0) return own.some(toldTo(pagers)) ? 'otherReceiver' : 'notPaged'
  const byKey = paged.filter(toldTo(meant.filter(({pagerDuty}) => pagerDuty.includes('routingKey'))))
  if (byKey.length === 0) return 'serviceKey'
  const active = byKey.filter(({state}) => state === 'active')
  if (active.length === 0) return byKey.some(({state}) => state === 'suppressed') ? 'suppressed' : 'unreadable'
  if (new Set(active.map(({group}) => group.receiver)).size > 1) return 'severalReceivers'
  return rendersTwice(version) && active.some(isLikeTemplate) ? 'unrendered' : active
}

function grouped(groups: readonly AlertGroup[]): readonly Grouped[] {
  return groups.flatMap((group) => group.alerts.map((alert): Grouped => ({group, ...alert})))
}

/** The pages that Alertmanager makes of an incident's alerts, the oldest first. */
export function alertPages(
  routing: LoadedRouting,
  groups: readonly AlertGroup[],
  {alerts, receiver}: PageSearch,
  expressions: Expressions,
): AlertPages {
  if (alerts.length === 0) return none('noAlert')
  const own = grouped(groups).filter(({labels}) => alerts.includes(labels['alertname'] ?? ''))
  if (own.length === 0) return none('notFiring')
  const shared = sharedOf(routing, own, receiver)
  if (typeof shared === 'string') return none(shared)
  const pages = shared.map((one) => pagesOf(routing, one, expressions))
  if (pages.includes('unreadable')) return none('unreadable')
  const told = pages.flatMap((some) => (typeof some === 'string' ? [] : some))
  return told.length === 0 ? none('timed') : {kind: 'pages', pages: distinct(told)}
}

/** `others`: of other alerts than the incident's, which fire still. */
export type PageEnd = 'ends' | 'others' | 'unknown'

/** Whether a page of Alertmanager's is of nothing but these alerts by now. */
export function pageEnd(
  routing: LoadedRouting,
  groups: readonly AlertGroup[],
  {key, receiver, alerts}: {readonly key: string; readonly receiver: string; readonly alerts: readonly string[]},
  expressions: Expressions,
): PageEnd {
  const others = grouped(groups).filter(
    ({group, labels, state}) =>
      group.receiver === receiver && state === 'active' && !alerts.includes(labels['alertname'] ?? ''),
  )
  const pages = others.map((one) => pagesOf(routing, one, expressions))
  const told = pages.flatMap((some) => (typeof some === 'string' ? [] : some))
  if (told.some((page) => sha256(page.key) === key)) return 'others'
  return pages.some((some) => typeof some === 'string') ? 'unknown' : 'ends'
}
