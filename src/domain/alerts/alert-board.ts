import type {Labels} from '../promql/sample.js'
import type {Expressions} from '../text/expressions.js'
import type {StateVerdict} from '../verdict.js'
import type {Alert} from './alert.js'
import {describeAlert} from './describe-alert.js'
import type {AlertDoubt} from './doubt.js'
import type {LoadedAlert, LoadedRule} from './loaded-rule.js'
import {relabeled, type Relabeling} from './relabel.js'
import {foundOf} from './same-alert.js'
import {bySeverity, isAlwaysFiring, isWatchdog} from './severity.js'
import {coveredAlerts, type Silence} from './silence.js'

/**
 * What has become of an alert that Prometheus found: `notDue` while it is pending; `onItsWay` when it fires for too short a time to be missed
 * at Alertmanager; `missing` when it should be there and is not, so that nobody is told; `dropped` when Prometheus' relabeling keeps it from
 * being sent; `untraced` when it is not found there, and may have been relabeled in a way that is not known; `unknown` when Alertmanager
 * cannot be asked; `noAlertmanager` where faci.yml has none: what Prometheus finds is all there is to see.
 */
export type Delivery =
  'sent' | 'notDue' | 'onItsWay' | 'missing' | 'dropped' | 'untraced' | 'unknown' | 'noAlertmanager'

export interface ListedAlert extends Alert {
  readonly delivery: Delivery
  /** When a pending one fires if it lasts; null for any other. */
  readonly firesInSeconds: number | null
}

/** What fires, as Prometheus and Alertmanager have it together. */
export interface AlertBoard {
  /** Most severe first; pending ones last. */
  readonly alerts: readonly ListedAlert[]
  /** Those that are active now. */
  readonly silences: readonly Silence[]
  /** Why more may be firing than is shown. */
  readonly doubts: readonly AlertDoubt[]
}

export interface AlertReadings {
  /** Whether faci.yml has an Alertmanager. */
  readonly hasAlertmanager: boolean
  /** What Alertmanager has; null when it is not configured, or cannot be asked. */
  readonly sent: {readonly active: readonly Alert[]; readonly silences: readonly Silence[]} | null
  /** What Prometheus has loaded; null when it is not configured, or cannot be asked. */
  readonly rules: readonly LoadedRule[] | null
  /** What Prometheus makes of labels on the way; null when it was not asked, or does not tell. */
  readonly relabeling: Relabeling | null
  /** Why one of them cannot be asked. */
  readonly failures: readonly string[]
}

/** Beside two evaluations, for the way to Alertmanager. */
const WAY_SECONDS = 30

/** Prometheus tells Alertmanager again what still fires. */
const RESEND_SECONDS = 60

/** Longer than this nothing takes that goes well: two evaluations and the way. */
function patience({intervalSeconds}: LoadedRule): number {
  return 2 * intervalSeconds + WAY_SECONDS
}

/** What fires from the first moment on is told before Prometheus knows whom to tell: it has a second try. */
function isMissed(rule: LoadedRule, {activeSeconds}: LoadedAlert): boolean {
  const tries = isAlwaysFiring(rule.name) ? RESEND_SECONDS : 0
  return activeSeconds - rule.forSeconds > patience(rule) + tries
}

/** An alert that Prometheus found, and what it bears when it is sent, as far as that is known. */
interface Found {
  readonly rule: LoadedRule
  readonly alert: LoadedAlert
  readonly labels: Labels
  readonly way: 'kept' | 'dropped' | 'unknown'
}

function foundBy({rules, relabeling}: AlertReadings, expressions: Expressions): readonly Found[] {
  return (rules ?? []).flatMap((rule) =>
    rule.alerts.map((alert) => {
      const {labels} = alert
      if (relabeling === null) return {rule, alert, labels, way: 'unknown'}
      const after = relabeled(labels, relabeling, expressions)
      return {rule, alert, labels: after.kind === 'kept' ? after.labels : labels, way: after.kind}
    }),
  )
}

function knownAt(active: readonly Alert[], found: readonly Found[]): ReadonlySet<Found> {
  return new Set(active.flatMap((alert) => foundOf(alert, found)))
}

/** Whether it must be known what Prometheus makes of labels: something fires that Alertmanager does not have as it was found. */
export function needsRelabeling(readings: AlertReadings, expressions: Expressions): boolean {
  if (!readings.hasAlertmanager) return false
  const found = foundBy(readings, expressions).filter(({alert}) => alert.state === 'firing')
  const known = knownAt(readings.sent?.active ?? [], found)
  return found.some((one) => !known.has(one))
}

function deliveryOf({rule, alert, way}: Found, {hasAlertmanager, sent}: AlertReadings): Delivery {
  if (alert.state === 'pending') return 'notDue'
  if (!hasAlertmanager) return 'noAlertmanager'
  if (way === 'dropped') return 'dropped'
  if (sent === null) return 'unknown'
  if (!isMissed(rule, alert)) return 'onItsWay'
  return way === 'unknown' ? 'untraced' : 'missing'
}

function unsent(one: Found, readings: AlertReadings, expressions: Expressions): ListedAlert {
  const {rule, alert: found} = one
  const {sent} = readings
  const {labels, annotations, state, since} = found
  const silences = sent?.silences.filter((one) => one.state === 'active') ?? []
  const alert: Alert = {
    ...{fingerprint: '', name: rule.name, state, ...describeAlert(labels, annotations), since, labels, annotations},
    ...{silencedBy: [], inhibitedBy: [], receivers: []},
  }
  const covers = ({matchers}: Silence): boolean => coveredAlerts(matchers, [alert], expressions).length > 0
  const silencedBy = silences.filter(covers).map(({id}) => id)
  const isPending = state === 'pending'
  const delivery = deliveryOf(one, readings)
  return {
    ...alert,
    state: (silencedBy.length > 0 || delivery === 'dropped') && !isPending ? 'suppressed' : state,
    silencedBy,
    delivery,
    firesInSeconds: isPending ? Math.max(0, rule.forSeconds - found.activeSeconds) : null,
  }
}

function named(rules: readonly LoadedRule[]): readonly string[] {
  return rules.map(({name}) => name)
}

function ruleDoubts(rules: readonly LoadedRule[], sent: AlertReadings['sent']): readonly AlertDoubt[] {
  if (rules.length === 0 && (sent?.active.length ?? 0) === 0) return [{why: 'noRules'}]
  const broken = rules.filter(({error}) => error !== null)
  const unread = rules.filter(({evaluationAgeSeconds, error}) => evaluationAgeSeconds === null && error === null)
  const stale = rules.filter((rule) => (rule.evaluationAgeSeconds ?? 0) > patience(rule))
  const sinceSeconds = Math.max(...stale.map(({evaluationAgeSeconds}) => evaluationAgeSeconds ?? 0))
  const doubts: readonly (AlertDoubt & {readonly rules: readonly string[]})[] = [
    {why: 'rulesFail', rules: named(broken), error: broken[0]?.error ?? ''},
    {why: 'rulesNotEvaluatedYet', rules: named(unread)},
    {why: 'rulesStale', rules: named(stale), sinceSeconds},
  ]
  return doubts.filter((doubt) => doubt.rules.length > 0)
}

function wayDoubts(own: readonly ListedAlert[]): readonly AlertDoubt[] {
  const alerts = [...new Set(own.filter(({delivery}) => delivery === 'untraced').map(({name}) => name))]
  return alerts.length === 0 ? [] : [{why: 'untraced', alerts}]
}

/** Everything that is active, each once: what Alertmanager has, then what only Prometheus has found. */
export function alertBoard(readings: AlertReadings, expressions: Expressions): AlertBoard {
  const {sent, failures} = readings
  const rules = readings.rules ?? []
  const found = foundBy(readings, expressions)
  const active = sent?.active ?? []
  const known = knownAt(active, found)
  const own = found.filter((one) => !known.has(one)).map((one) => unsent(one, readings, expressions))
  const listed = active.map((alert): ListedAlert => ({...alert, delivery: 'sent', firesInSeconds: null}))
  const firing = [...listed, ...own.filter(({state}) => state !== 'pending')].sort(bySeverity)
  return {
    alerts: [...firing, ...own.filter(({state}) => state === 'pending').sort(bySeverity)],
    silences: sent?.silences.filter(({state}) => state === 'active') ?? [],
    doubts: [
      ...failures.map((message): AlertDoubt => ({why: 'unreachable', message})),
      ...(readings.rules === null ? [] : ruleDoubts(rules, sent)),
      ...wayDoubts(own),
    ],
  }
}

/** What always fires on purpose is nothing wrong, unless it gets lost: then every other alert would. */
function isWrong(alert: ListedAlert): boolean {
  return alert.state === 'firing' && (!isWatchdog(alert) || alert.delivery === 'missing')
}

/** Those that a person should know of. */
export function firingOn({alerts}: AlertBoard): readonly ListedAlert[] {
  return alerts.filter(isWrong)
}

/** Without what always fires on purpose. */
export function shownOf(board: AlertBoard): AlertBoard {
  return {...board, alerts: board.alerts.filter((alert) => !isWatchdog(alert) || isWrong(alert))}
}

/** It fires, but whether that is wrong cannot be said: it may arrive yet, or be told of elsewhere in other words. */
export function isUndecided({delivery}: ListedAlert): boolean {
  return delivery === 'onItsWay' || delivery === 'untraced'
}

/** Blind is never healthy, and what has fired for a moment only is not judged yet; silenced, inhibited and pending ones do not count. */
export function verdictOfBoard(board: AlertBoard): StateVerdict {
  const firing = firingOn(board)
  if (firing.some((alert) => !isUndecided(alert))) return 'degraded'
  return firing.length > 0 || board.doubts.length > 0 ? 'unknown' : 'healthy'
}
