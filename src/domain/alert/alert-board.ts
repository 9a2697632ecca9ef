import type {StateVerdict} from '../verdict.js'
import type {Alert} from './alert.js'
import {describeAlert} from './describe-alert.js'
import type {LoadedAlert, LoadedRule} from './loaded-rule.js'
import {foundOf} from './same-alert.js'
import {bySeverity, isAlwaysFiring, isWatchdog} from './severity.js'
import {coveredAlerts, type Silence} from './silence.js'

/**
 * What has become of an alert that Prometheus found: `notDue` while it is pending; `onItsWay` when it fires for too short a time to be missed
 * at Alertmanager; `missing` when it should be there and is not, so that nobody is told; `unknown` when Alertmanager cannot be asked.
 */
export type Delivery = 'sent' | 'notDue' | 'onItsWay' | 'missing' | 'unknown'

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
  readonly doubts: readonly string[]
}

export interface AlertReadings {
  /** What Alertmanager has; null when it cannot be asked. */
  readonly sent: {readonly active: readonly Alert[]; readonly silences: readonly Silence[]} | null
  /** What Prometheus has loaded; null when it is not configured, or cannot be asked. */
  readonly rules: readonly LoadedRule[] | null
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

function deliveryOf(rule: LoadedRule, found: LoadedAlert, canAsk: boolean): Delivery {
  if (found.state === 'pending') return 'notDue'
  if (!canAsk) return 'unknown'
  return isMissed(rule, found) ? 'missing' : 'onItsWay'
}

function unsent(rule: LoadedRule, found: LoadedAlert, {sent}: AlertReadings): ListedAlert {
  const {labels, annotations, state, since} = found
  const silences = sent?.silences.filter((one) => one.state === 'active') ?? []
  const alert: Alert = {
    ...{fingerprint: '', name: rule.name, state, ...describeAlert(labels, annotations), since, labels, annotations},
    ...{silencedBy: [], inhibitedBy: [], receivers: []},
  }
  const silencedBy = silences.filter(({matchers}) => coveredAlerts(matchers, [alert]).length > 0).map(({id}) => id)
  const isPending = state === 'pending'
  return {
    ...alert,
    state: silencedBy.length > 0 && !isPending ? 'suppressed' : state,
    silencedBy,
    delivery: deliveryOf(rule, found, sent !== null),
    firesInSeconds: isPending ? Math.max(0, rule.forSeconds - found.activeSeconds) : null,
  }
}

function named(rules: readonly LoadedRule[]): string {
  const [first, ...rest] = rules.map(({name}) => name)
  return `${first ?? ''}${rest.length === 0 ? '' : ` and ${String(rest.length)} more`}`
}

/** A rule that is not evaluated finds nothing, whatever happens. */
function ruleDoubts(rules: readonly LoadedRule[], sent: AlertReadings['sent']): readonly string[] {
  if (rules.length === 0 && (sent?.active.length ?? 0) === 0)
    return ['Prometheus has no alert rules loaded: nothing can fire']
  const broken = rules.filter(({error}) => error !== null)
  const unread = rules.filter(({evaluationAgeSeconds, error}) => evaluationAgeSeconds === null && error === null)
  const stale = rules.filter((rule) => (rule.evaluationAgeSeconds ?? 0) > patience(rule))
  const age = Math.max(...stale.map(({evaluationAgeSeconds}) => evaluationAgeSeconds ?? 0))
  return [
    ...(broken.length === 0 ? [] : [`Prometheus cannot evaluate ${named(broken)}: ${broken[0]?.error ?? ''}`]),
    ...(unread.length === 0 ? [] : [`Prometheus has not evaluated ${named(unread)} yet`]),
    ...(stale.length === 0 ? [] : [`Prometheus has not evaluated ${named(stale)} for ${String(Math.round(age))} s`]),
  ]
}

/** Everything that is active, each once: what Alertmanager has, then what only Prometheus has found. */
export function alertBoard(readings: AlertReadings): AlertBoard {
  const {sent, failures} = readings
  const rules = readings.rules ?? []
  const found = rules.flatMap((rule) => rule.alerts.map((alert) => ({rule, alert, labels: alert.labels})))
  const active = sent?.active ?? []
  const known = new Set(active.flatMap((alert) => foundOf(alert, found)))
  const own = found.filter((one) => !known.has(one)).map(({rule, alert}) => unsent(rule, alert, readings))
  const listed = active.map((alert): ListedAlert => ({...alert, delivery: 'sent', firesInSeconds: null}))
  const firing = [...listed, ...own.filter(({state}) => state !== 'pending')].sort(bySeverity)
  return {
    alerts: [...firing, ...own.filter(({state}) => state === 'pending').sort(bySeverity)],
    silences: sent?.silences.filter(({state}) => state === 'active') ?? [],
    doubts: [...failures, ...(readings.rules === null ? [] : ruleDoubts(rules, sent))],
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

/** Blind is never healthy, and what has fired for a moment only is not judged yet; silenced, inhibited and pending ones do not count. */
export function verdictOfBoard(board: AlertBoard): StateVerdict {
  const firing = firingOn(board)
  if (firing.some(({delivery}) => delivery !== 'onItsWay')) return 'degraded'
  return firing.length > 0 || board.doubts.length > 0 ? 'unknown' : 'healthy'
}
