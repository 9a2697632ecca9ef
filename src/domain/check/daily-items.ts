import {type AlertBoard, firingOn, isUndecided, type ListedAlert} from '../alerts/alert-board.js'
import type {DashboardReport, PanelReport} from '../dashboard/dashboard-report.js'
import {type SignalTrend, valueOf} from '../signals/signals-report.js'
import type {ObjectiveReport} from '../slo/objective-report.js'
import {verdictOfStatus} from '../slo/slo-report.js'
import type {Absence} from '../stack/compose-project.js'
import type {EndpointHealth} from '../stack/health.js'
import type {ServiceState} from '../stack/service-state.js'
import type {CheckItem, ItemVerdict} from './check-report.js'
import type {CheckName, CheckWords, SignalProblem} from './check-words.js'

interface Wrong {
  readonly subject: string
  readonly detail: string
  readonly verdict: Exclude<ItemVerdict, 'ok'>
}

/** The line is for a glance; the details have all of them. */
const NAMED = 3

function named(subjects: readonly string[], words: CheckWords): string {
  const more = subjects.length - NAMED
  return more < 2 ? words.named(subjects, 0) : words.named(subjects.slice(0, NAMED), more)
}

function item(name: CheckName, words: CheckWords, ok: string, wrong: readonly Wrong[]): CheckItem {
  const bad = wrong.filter(({verdict}) => verdict === 'bad')
  const shown = bad.length > 0 ? bad : wrong
  return {
    name,
    title: words.titles[name],
    verdict: bad.length > 0 ? 'bad' : wrong.length > 0 ? 'unknown' : 'ok',
    summary:
      shown.length === 0
        ? ok
        : named(
            shown.map(({subject}) => subject),
            words,
          ),
    details: wrong.map(({detail}) => detail),
    subjects: shown.map(({subject}) => subject),
  }
}

/** An item that could not be looked at, for one reason. */
export function unknownItem(name: CheckName, reason: string, words: CheckWords): CheckItem {
  const summary = words.notLookedAt(reason)
  // eslint-disable-next-line words/sentence -- nobody reads it: by it the same finding is known again
  return {name, title: words.titles[name], verdict: 'unknown', summary, details: [], subjects: ['cannot be checked']}
}

/** As `status` judges them; one that is only starting is neither good nor bad yet. */
export function servicesItem(states: readonly ServiceState[], absent: Absence | null, words: CheckWords): CheckItem {
  if (absent !== null) {
    const subject = words.noContainers(absent.project)
    return item('services', words, '', [{subject, detail: `${subject} → ${absent.next}`, verdict: 'bad'}])
  }
  const wrong = states
    .filter(({verdict}) => verdict !== 'healthy')
    .map((state): Wrong => {
      const detail = `${words.serviceDetail(state)}${state.next === null ? '' : ` → ${state.next}`}`
      return {subject: words.service(state), detail, verdict: state.verdict === 'unknown' ? 'unknown' : 'bad'}
    })
  return item('services', words, words.allHealthy(states.length), wrong)
}

export function healthItem(endpoints: readonly EndpointHealth[], words: CheckWords): CheckItem {
  const wrong = endpoints
    .filter(({verdict}) => verdict !== 'healthy')
    .map((one): Wrong => ({subject: words.endpoint(one), detail: words.endpointDetail(one), verdict: 'bad'}))
  return item('health', words, words.allHealthy(endpoints.length), wrong)
}

function wrongAlert(alert: ListedAlert, words: CheckWords): Wrong {
  const next = alert.runbook === null ? '' : ` → faci runbook ${alert.runbook}`
  const detail = `${words.alertDetail(alert)}${next}`
  return {subject: alert.name, detail, verdict: isUndecided(alert) ? 'unknown' : 'bad'}
}

/** Silenced and inhibited ones have been seen by somebody; the watchdog must fire. What cannot be seen is unknown. */
export function alertsItem(board: AlertBoard, words: CheckWords): CheckItem {
  const {doubts} = board
  const unseen = {subject: words.alertsUnseen, detail: words.alertsUnseenDetail(doubts), verdict: 'unknown'} as const
  const silenced = board.alerts.filter(({state, delivery}) => state === 'suppressed' && delivery !== 'dropped').length
  const firing = firingOn(board).map((alert) => wrongAlert(alert, words))
  return item('alerts', words, words.noneFires(silenced), [...firing, ...(doubts.length === 0 ? [] : [unseen])])
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
export function trendsItem(signals: readonly SignalTrend[], words: CheckWords): CheckItem {
  const wrong = signals.flatMap((signal): readonly Wrong[] => {
    const problem = problemOf(signal)
    if (problem === null) return []
    const subject = words.signal(signal, problem)
    const isKnown = problem !== 'noData'
    return [{subject, detail: isKnown ? `${subject} → faci signals` : subject, verdict: isKnown ? 'bad' : 'unknown'}]
  })
  return item('trends', words, words.signalsWell(signals.filter(({verdict}) => verdict === 'healthy').length), wrong)
}

export function budgetItem(objectives: readonly ObjectiveReport[], words: CheckWords): CheckItem {
  const wrong = objectives.flatMap((one): readonly Wrong[] => {
    const verdict = verdictOfStatus(one.status)
    if (verdict === 'healthy') return []
    const detail = `${words.objectiveDetail(one)} → faci slo burn ${one.name}`
    return [{subject: words.objective(one), detail, verdict: verdict === 'unknown' ? 'unknown' : 'bad'}]
  })
  return item('budget', words, words.objectivesMet(objectives.length), wrong)
}

function missing(dashboard: string, {title, content}: PanelReport, words: CheckWords): readonly Wrong[] {
  if (content.kind !== 'unknown' && content.kind !== 'noData') return []
  const reason = content.kind === 'unknown' ? content.reason : null
  const detail = `${words.panelDetail(dashboard, title, reason)} → faci dashboard ${dashboard}`
  return [{subject: words.panel(dashboard, title), detail, verdict: reason === null ? 'bad' : 'unknown'}]
}

/** The reason that none of them is known, where it is one and the same. */
function onlyReason(panels: readonly PanelReport[]): string | null {
  const reasons = panels.map(({content}) => (content.kind === 'unknown' ? content.reason : null))
  const [first = null] = reasons
  return reasons.every((reason) => reason === first) ? first : null
}

/** Every panel of every dashboard has an answer to show. */
export function dashboardsItem(dashboards: readonly DashboardReport[], words: CheckWords): CheckItem {
  const panels = dashboards.flatMap(({name, sections}) =>
    sections.flatMap((section) => section.panels.map((panel) => ({name, panel}))),
  )
  const reason = onlyReason(panels.map(({panel}) => panel))
  if (reason !== null) return unknownItem('dashboards', reason, words)
  const wrong = panels.flatMap(({name, panel}) => missing(name, panel, words))
  return item('dashboards', words, words.panelsWell(panels.length, dashboards.length), wrong)
}
