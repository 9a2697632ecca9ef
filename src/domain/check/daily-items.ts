import {type AlertBoard, type Delivery, firingOn, type ListedAlert} from '../alert/alert-board.js'
import type {DashboardReport, PanelReport} from '../dashboard/dashboard-report.js'
import {type SignalTrend, valueOf} from '../signals/signals-report.js'
import type {ObjectiveReport} from '../slo/objective-report.js'
import {verdictOfStatus} from '../slo/slo-report.js'
import type {Absence} from '../stack/compose-project.js'
import type {EndpointHealth} from '../stack/health.js'
import type {ServiceState} from '../stack/service-state.js'
import type {CheckItem, ItemVerdict} from './check-report.js'

interface Wrong {
  readonly subject: string
  readonly detail: string
  readonly verdict: Exclude<ItemVerdict, 'ok'>
}

/** The line is for a glance; the details have all of them. */
const NAMED = 3

function named(subjects: readonly string[]): string {
  const more = subjects.length - NAMED
  if (more < 2) return subjects.join(', ')
  return `${subjects.slice(0, NAMED).join(', ')} and ${more} more`
}

function item(name: string, title: string, ok: string, wrong: readonly Wrong[]): CheckItem {
  const bad = wrong.filter(({verdict}) => verdict === 'bad')
  const shown = bad.length > 0 ? bad : wrong
  return {
    name,
    title,
    verdict: bad.length > 0 ? 'bad' : wrong.length > 0 ? 'unknown' : 'ok',
    summary: shown.length === 0 ? ok : named(shown.map(({subject}) => subject)),
    details: wrong.map(({detail}) => detail),
    subjects: shown.map(({subject}) => subject),
  }
}

/** An item that could not be looked at, for one reason. */
export function unknownItem(name: string, title: string, reason: string): CheckItem {
  return {name, title, verdict: 'unknown', summary: reason, details: [], subjects: ['cannot be checked']}
}

export const TITLES = {
  services: 'services',
  health: 'health checks',
  alerts: 'active alerts',
  trends: 'trends',
  budget: 'error budgets',
  dashboards: 'dashboards',
} as const

/** As `status` judges them; one that is only starting is neither good nor bad yet. */
export function servicesItem(states: readonly ServiceState[], absent: Absence | null): CheckItem {
  if (absent !== null) {
    const what = `project ${absent.project} has no containers`
    const detail = `${what} → ${absent.next}`
    return item('services', TITLES.services, '', [{subject: what, detail, verdict: 'bad'}])
  }
  const wrong = states
    .filter(({verdict}) => verdict !== 'healthy')
    .map(({service, verdict, containers, reason, next}): Wrong => {
      const subject = containers.length === 0 ? `${service} has no container` : `${service} is ${verdict}`
      const detail = `${service} ${verdict}: ${reason ?? 'not healthy'}${next === null ? '' : ` → ${next}`}`
      return {subject, detail, verdict: verdict === 'unknown' ? 'unknown' : 'bad'}
    })
  return item('services', TITLES.services, `${states.length} of ${states.length} healthy`, wrong)
}

export function healthItem(endpoints: readonly EndpointHealth[]): CheckItem {
  const wrong = endpoints
    .filter(({verdict}) => verdict !== 'healthy')
    .map(({name, verdict, url, probes}): Wrong => {
      const reason = probes.find((probe) => probe.reason !== null)?.reason ?? 'not asked'
      return {subject: `${name} is ${verdict}`, detail: `${name} ${verdict}: ${reason} (${url})`, verdict: 'bad'}
    })
  return item('health', TITLES.health, `${endpoints.length} of ${endpoints.length} healthy`, wrong)
}

const LOST: Readonly<Record<Delivery, string>> = {
  sent: '',
  notDue: '',
  onItsWay: ', and is on its way to Alertmanager',
  missing: ', and is not at Alertmanager: nobody is told',
  unknown: ', and Alertmanager cannot be asked',
}

function wrongAlert({name, runbook, summary, delivery}: ListedAlert): Wrong {
  const next = runbook === null ? '' : ` → faci runbook ${runbook}`
  const detail = `${name}: ${summary ?? 'fires'}${LOST[delivery]}${next}`
  return {subject: name, detail, verdict: delivery === 'onItsWay' ? 'unknown' : 'bad'}
}

/** Silenced and inhibited ones have been seen by somebody; the watchdog must fire. What cannot be seen is unknown. */
export function alertsItem(board: AlertBoard): CheckItem {
  const doubts: readonly Wrong[] =
    board.doubts.length === 0
      ? []
      : [{subject: 'cannot all be seen', detail: board.doubts.join('; '), verdict: 'unknown'}]
  const silenced = board.alerts.filter(({state}) => state === 'suppressed').length
  const quiet = silenced === 0 ? 'none fires' : `none fires, ${silenced} silenced or inhibited`
  return item('alerts', TITLES.alerts, quiet, [...firingOn(board).map(wrongAlert), ...doubts])
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

/** A signal over its target, or far worse than a day and a week ago. */
export function trendsItem(signals: readonly SignalTrend[]): CheckItem {
  const wrong = signals.flatMap((signal): readonly Wrong[] => {
    const {title, verdict, reading} = signal
    if (reading.kind === 'noData')
      return [{subject: `${title}: no data`, detail: `${title}: no data`, verdict: 'unknown'}]
    if (verdict === 'degraded') {
      return [
        {subject: `${title} misses its target`, detail: `${title} misses its target → faci signals`, verdict: 'bad'},
      ]
    }
    if (!isWorse(signal)) return []
    const what = signal.name === 'traffic' ? 'fell to less than half' : 'is far worse'
    const detail = `${title} ${what} of a day and a week ago → faci signals`.replace(
      'is far worse of',
      'is far worse than',
    )
    return [{subject: `${title} ${what}`, detail, verdict: 'bad'}]
  })
  return item(
    'trends',
    TITLES.trends,
    `${signals.length} signals within their targets, none far worse than before`,
    wrong,
  )
}

export function budgetItem(objectives: readonly ObjectiveReport[]): CheckItem {
  const wrong = objectives.flatMap((one): readonly Wrong[] => {
    const verdict = verdictOfStatus(one.status)
    if (verdict === 'healthy') return []
    const left =
      one.budget.remaining === null ? '' : `, ${(one.budget.remaining * 100).toFixed(1)} % of its budget left`
    const why = one.notes.length === 0 ? '' : `: ${one.notes.join('; ')}`
    return [
      {
        subject: `${one.name} ${one.status}`,
        detail: `${one.name} is ${one.status}${left}${why} → faci slo burn ${one.name}`,
        verdict: verdict === 'unknown' ? 'unknown' : 'bad',
      },
    ]
  })
  return item('budget', TITLES.budget, `${objectives.length} objectives met or without traffic`, wrong)
}

function whyEmpty({content}: PanelReport): string | null {
  if (content.kind === 'unknown') return content.reason
  return content.kind === 'noData' ? 'no data' : null
}

function missing(dashboard: string, panel: PanelReport): readonly Wrong[] {
  const why = whyEmpty(panel)
  if (why === null) return []
  const subject = `${dashboard}: ${panel.title}`
  const verdict = panel.content.kind === 'unknown' ? 'unknown' : 'bad'
  return [{subject, detail: `${subject}: ${why} → faci dashboard ${dashboard}`, verdict}]
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
  if (reason !== null) return unknownItem('dashboards', TITLES.dashboards, reason)
  const wrong = panels.flatMap(({name, panel}) => missing(name, panel))
  return item('dashboards', TITLES.dashboards, `${panels.length} panels of ${dashboards.length} return data`, wrong)
}
