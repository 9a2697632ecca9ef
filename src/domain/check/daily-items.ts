import {type AlertBoard, firingOn, isUndecided, type ListedAlert} from '../alerts/alert-board.js'
import type {DashboardReport, PanelReport} from '../dashboard/dashboard-report.js'
import {lacksData} from '../dashboard/lacks-data.js'
import {type SignalTrend, valueOf} from '../signals/signals-report.js'
import type {ObjectiveReport} from '../slo/objective-report.js'
import {verdictOfStatus} from '../slo/slo-report.js'
import type {Absence} from '../stack/compose-project.js'
import type {EndpointHealth} from '../stack/health.js'
import type {ServiceState} from '../stack/service-state.js'
import {command} from '../text/shell-command.js'
import type {CheckDetail, CheckItem, CheckName, ItemVerdict} from './check-report.js'
import type {CheckFinding, CheckSummary, SignalProblem} from './finding.js'

interface Wrong extends CheckDetail {
  readonly identity: string
  readonly verdict: Exclude<ItemVerdict, 'ok'>
}

export function wrong(
  finding: CheckFinding,
  identity: string,
  {verdict = 'bad', next = null}: Partial<Pick<Wrong, 'next' | 'verdict'>> = {},
): Wrong {
  return {finding, identity, verdict, next}
}

export function item(name: CheckName, well: CheckSummary, found: readonly Wrong[]): CheckItem {
  const bad = found.filter(({verdict}) => verdict === 'bad')
  const shown = bad.length > 0 ? bad : found
  return {
    name,
    verdict: bad.length > 0 ? 'bad' : found.length > 0 ? 'unknown' : 'ok',
    summary: shown.length === 0 ? well : {why: 'found', findings: shown.map(({finding}) => finding)},
    details: found.map(({finding, next}) => ({finding, next})),
    identities: shown.map(({identity}) => identity),
  }
}

/** An item that could not be looked at, for one reason. */
export function unknownItem(name: CheckName, message: string): CheckItem {
  return {name, verdict: 'unknown', summary: {why: 'notLookedAt', message}, details: [], identities: ['notLookedAt']}
}

/** What the backend warned of is no ground to call anything well. */
export function doubtedItem(item: CheckItem, warnings: readonly string[]): CheckItem {
  if (warnings.length === 0 || item.verdict !== 'ok') return item
  const details = warnings.map((warning) => ({finding: {why: 'unreliable', warning} as const, next: null}))
  return {...item, verdict: 'unknown', details, identities: ['unreliable']}
}

/** As `status` judges them; one that is only starting is neither good nor bad yet. */
export function servicesItem(states: readonly ServiceState[], absent: Absence | null): CheckItem {
  const well = {why: 'allHealthy', count: states.length} as const
  if (absent !== null) {
    const {project, next} = absent
    return item('services', well, [wrong({why: 'noContainers', project}, project, {next})])
  }
  const found = states
    .filter(({verdict}) => verdict !== 'healthy')
    .map((state) => {
      const {service, verdict, containers, next} = state
      const identity = `${service} ${containers.length === 0 ? 'none' : verdict}`
      return wrong({why: 'service', state}, identity, {verdict: verdict === 'unknown' ? 'unknown' : 'bad', next})
    })
  return item('services', well, found)
}

export function healthItem(endpoints: readonly EndpointHealth[]): CheckItem {
  const found = endpoints
    .filter(({verdict}) => verdict !== 'healthy')
    .map((endpoint) => wrong({why: 'endpoint', endpoint}, `${endpoint.name} ${endpoint.verdict}`))
  return item('health', {why: 'allHealthy', count: endpoints.length}, found)
}

function wrongAlert(alert: ListedAlert): Wrong {
  return wrong({why: 'alert', alert}, alert.name, {
    verdict: isUndecided(alert) ? 'unknown' : 'bad',
    next: alert.runbook === null ? null : command`faci runbook ${alert.runbook}`,
  })
}

/** Silenced and inhibited ones have been seen by somebody; the watchdog must fire. What cannot be seen is unknown. */
export function alertsItem(board: AlertBoard): CheckItem {
  const {doubts} = board
  const unseen = wrong({why: 'alertsUnseen', doubts}, 'alertsUnseen', {verdict: 'unknown'})
  const silenced = board.alerts.filter(({state, delivery}) => state === 'suppressed' && delivery !== 'dropped').length
  const firing = firingOn(board).map(wrongAlert)
  return item('alerts', {why: 'noneFires', silenced}, [...firing, ...(doubts.length === 0 ? [] : [unseen])])
}

/** More than half as much again than both a day and a week ago, and not far from the target. */
const WORSE = 1.5
const NEAR_TARGET = 0.5
const LESS_TRAFFIC = 0.5

function isWorse(signal: SignalTrend): boolean {
  const now = valueOf(signal.reading)
  const before = [signal.dayAgo, signal.weekAgo].filter((value) => value !== null)
  if (now === null || before.length === 0) return false
  if (signal.name === 'traffic') return before.every((value) => now < value * LESS_TRAFFIC)
  const isNear = signal.target !== null && now > signal.target * NEAR_TARGET
  return signal.good === 'below' && isNear && before.every((value) => now > value * WORSE)
}

function problemOf(signal: SignalTrend): SignalProblem | null {
  if (signal.reading.kind === 'noData') return 'noData'
  if (signal.verdict === 'degraded') return 'missesTarget'
  if (!isWorse(signal)) return null
  return signal.name === 'traffic' ? 'farLess' : 'farWorse'
}

/** A signal over its target, or far worse than a day and a week ago. */
export function trendsItem(signals: readonly SignalTrend[]): CheckItem {
  const found = signals.flatMap((signal): readonly Wrong[] => {
    const problem = problemOf(signal)
    if (problem === null) return []
    const finding = {why: 'signal', signal, problem} as const
    const identity = `${signal.name} ${problem}`
    return [
      problem === 'noData'
        ? wrong(finding, identity, {verdict: 'unknown'})
        : wrong(finding, identity, {next: 'faci signals'}),
    ]
  })
  const count = signals.filter(({verdict}) => verdict === 'healthy').length
  return item('trends', {why: 'signalsWell', count}, found)
}

export function budgetItem(objectives: readonly ObjectiveReport[]): CheckItem {
  const found = objectives.flatMap((objective): readonly Wrong[] => {
    const {name, status} = objective
    const verdict = verdictOfStatus(status)
    if (verdict === 'healthy') return []
    const next = command`faci slo burn ${name}`
    return [
      wrong({why: 'objective', objective}, `${name} ${status}`, {
        verdict: verdict === 'unknown' ? 'unknown' : 'bad',
        next,
      }),
    ]
  })
  return item('budget', {why: 'objectivesMet', count: objectives.length}, found)
}

function missing(dashboard: string, {title, content}: PanelReport): readonly Wrong[] {
  if (content.kind !== 'unknown' && !lacksData(content)) return []
  const reason = content.kind === 'unknown' ? content.reason : null
  return [
    wrong({why: 'panel', dashboard, panel: title, reason}, `${dashboard}: ${title}`, {
      verdict: reason === null ? 'bad' : 'unknown',
      next: command`faci dashboard ${dashboard}`,
    }),
  ]
}

/** The reason that none of them is known, where it is one and the same. */
function onlyReason(panels: readonly PanelReport[]): string | null {
  const reasons = panels.map(({content}) => (content.kind === 'unknown' ? content.reason : null))
  const [first = null] = reasons
  return reasons.every((reason) => reason === first) ? first : null
}

/** Every panel of every dashboard has an answer to show. */
export function dashboardsItem(dashboards: readonly DashboardReport[]): CheckItem {
  const panels = dashboards.flatMap(({name, sections}) =>
    sections.flatMap((section) => section.panels.map((panel) => ({name, panel}))),
  )
  const reason = onlyReason(panels.map(({panel}) => panel))
  if (reason !== null) return unknownItem('dashboards', reason)
  const found = panels.flatMap(({name, panel}) => missing(name, panel))
  return item('dashboards', {why: 'panelsWell', panels: panels.length, dashboards: dashboards.length}, found)
}
