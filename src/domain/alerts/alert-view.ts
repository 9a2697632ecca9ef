import {compareText} from '../text/compare-text.js'
import type {Expressions} from '../text/expressions.js'
import type {IsoTime} from '../time/iso-time.js'
import type {Labels} from '../promql/sample.js'
import type {StateVerdict} from '../verdict.js'
import type {Alert} from './alert.js'
import {type AlertDescription, describeAlert} from './describe-alert.js'
import type {LoadedAlert, LoadedRule} from './loaded-rule.js'
import {relabeled, type Relabeling} from './relabel.js'
import {foundOf} from './same-alert.js'
import {isAlwaysFiring} from './severity.js'
import type {Silence} from './silence.js'

/** One set of labels of an alert: what Prometheus finds, and what Alertmanager does with it. */
export interface AlertInstance {
  readonly labels: Labels
  readonly annotations: Labels
  readonly state: Alert['state']
  readonly since: IsoTime
  /** Of the rule's expression now, in its own unit; null when it is not known. */
  readonly value: number | null
  /** When a pending one fires if it lasts; null for any other. */
  readonly firesInSeconds: number | null
  readonly silences: readonly Silence[]
  /** The alerts that keep it from being notified. */
  readonly inhibitedBy: readonly string[]
  /** null when Alertmanager does not have it; suppressed then: Prometheus' relabeling drops it. */
  readonly receivers: readonly string[] | null
}

export interface AlertView extends AlertDescription {
  readonly at: IsoTime
  readonly name: string
  readonly state: 'inactive' | Alert['state']
  readonly rules: readonly LoadedRule[]
  readonly instances: readonly AlertInstance[]
  /** What could not be seen, and why. */
  readonly problems: readonly string[]
}

/** What was read of the alerts, of all names. */
export interface AlertFindings {
  readonly rules: readonly LoadedRule[]
  readonly relabeling: Relabeling | null
  readonly active: readonly Alert[]
  readonly silences: readonly Silence[]
}

const ORDER = ['firing', 'suppressed', 'pending', 'inactive'] as const

function inhibitors({inhibitedBy}: Alert, active: readonly Alert[]): readonly string[] {
  return inhibitedBy.map((id) => active.find(({fingerprint}) => fingerprint === id)?.name ?? id)
}

function sent(alert: Alert, found: LoadedAlert | undefined, {active, silences}: AlertFindings): AlertInstance {
  const {labels, annotations, state, since, silencedBy, receivers} = alert
  const own = silences.filter(({id}) => silencedBy.includes(id))
  const value = found?.value ?? null
  return {
    labels,
    annotations,
    state,
    since,
    value,
    firesInSeconds: null,
    silences: own,
    inhibitedBy: inhibitors(alert, active),
    receivers,
  }
}

interface FoundAlert {
  readonly rule: LoadedRule
  readonly alert: LoadedAlert
  readonly isDropped: boolean
}

/** One that Prometheus keeps from being sent is told to nobody, on purpose. */
function unsent({rule, alert, isDropped}: FoundAlert): AlertInstance {
  const {labels, annotations, state, since, value, activeSeconds} = alert
  const told = isDropped && state === 'firing' ? 'suppressed' : state
  const firesInSeconds = state === 'pending' ? Math.max(0, rule.forSeconds - activeSeconds) : null
  return {
    labels,
    annotations,
    state: told,
    since,
    value,
    firesInSeconds,
    silences: [],
    inhibitedBy: [],
    receivers: null,
  }
}

/** Every instance once: those that Alertmanager has, then those that only Prometheus knows. */
function instancesOf(name: string, findings: AlertFindings, expressions: Expressions): readonly AlertInstance[] {
  const {relabeling} = findings
  const rules = findings.rules.filter((rule) => rule.name === name)
  const all = rules.flatMap((rule) => rule.alerts.map((alert) => ({rule, alert})))
  const found = all.map(({rule, alert}) => {
    const after = relabeling === null ? null : relabeled(alert.labels, relabeling, expressions)
    return {
      rule,
      alert,
      labels: after?.kind === 'kept' ? after.labels : alert.labels,
      isDropped: after?.kind === 'dropped',
    }
  })
  const active = findings.active.filter((alert) => alert.name === name)
  const known = new Set(active.flatMap((alert) => foundOf(alert, found)))
  const left = found.filter((one) => !known.has(one))
  const instances = [
    ...active.map((alert) => sent(alert, foundOf(alert, found)[0]?.alert, findings)),
    ...left.map(unsent),
  ]
  return instances.sort(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || compareText(one.since, other.since),
  )
}

/** Every alert that is defined or active, by name. */
export function knownAlerts({rules, active}: AlertFindings): readonly string[] {
  return [...new Set([...rules, ...active].map(({name}) => name))].sort(compareText)
}

/** One alert in full. */
export function viewAlert(
  name: string,
  findings: AlertFindings,
  {at, problems}: {readonly at: IsoTime; readonly problems: readonly string[]},
  expressions: Expressions,
): AlertView {
  const rules = findings.rules.filter((rule) => rule.name === name)
  const instances = instancesOf(name, findings, expressions)
  const [first] = instances
  const labels = {...rules[0]?.labels, ...first?.labels}
  const annotations = {...rules[0]?.annotations, ...first?.annotations}
  const failing = rules.flatMap(({error}) => (error === null ? [] : [`its rule cannot be evaluated: ${error}`]))
  return {
    at,
    name,
    state: first?.state ?? 'inactive',
    ...describeAlert(labels, annotations),
    rules,
    instances,
    problems: [...problems, ...failing],
  }
}

/** What could not be seen may be firing. */
export function verdictOfView({name, state, problems}: AlertView): StateVerdict {
  if (state === 'firing' && !isAlwaysFiring(name)) return 'degraded'
  return problems.length > 0 ? 'unknown' : 'healthy'
}
