import type {Delivery} from '../../../domain/alerts/alert-board.js'
import type {CheckWords, SignalProblem} from '../../../domain/check/check-words.js'
import {localNumbers} from '../local-numbers.js'
import {STACK} from './stack.js'
import type {ObjectiveReport, ObjectiveStatus} from '../../../domain/slo/objective-report.js'
import type {EndpointHealth} from '../../../domain/stack/health.js'

const LOST: Readonly<Record<Delivery, string>> = {
  sent: '',
  notDue: '',
  onItsWay: ', and is on its way to Alertmanager',
  missing: ', and is not at Alertmanager: nobody is told',
  dropped: '',
  untraced: ', and is not found at Alertmanager',
  unknown: ', and Alertmanager cannot be asked',
}

const PROBLEM: Readonly<Record<SignalProblem, string>> = {
  noData: ': no data',
  missesTarget: ' misses its target',
  farWorse: ' is far worse than a day and a week ago',
  farLess: ' fell to less than half of a day and a week ago',
}

const STATUS: Readonly<Record<ObjectiveStatus, string>> = {
  met: 'met',
  breached: 'breached',
  noTraffic: 'no traffic',
  noData: 'no data',
  invalid: 'impossible counts',
  unreliable: 'unreliable',
}

function endpointReason({probes}: EndpointHealth): string {
  const reason = probes.find((probe) => probe.reason !== null)?.reason ?? null
  return reason === null ? 'not asked' : STACK.probe(reason)
}

function budgetLeft({budget, notes}: ObjectiveReport): string {
  const left = budget.remaining === null ? '' : `, ${(budget.remaining * 100).toFixed(1)} % of its budget left`
  return notes.length === 0 ? left : `${left}: ${notes.join('; ')}`
}

export const CHECK: CheckWords = {
  titles: {
    services: 'services',
    health: 'health checks',
    alerts: 'active alerts',
    trends: 'trends',
    budget: 'error budgets',
    dashboards: 'dashboards',
  },
  named: (names, more) => `${names.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`,
  moreDetails: (count) => `and ${String(count)} more`,
  notLookedAt: (reason) => reason,
  unreliable: (warnings) => warnings,
  allHealthy: (count) => `${String(count)} of ${String(count)} healthy`,
  noContainers: (project) => `project ${project} has no containers`,
  service: ({service, verdict, containers}) =>
    containers.length === 0 ? `${service} has no container` : `${service} is ${verdict}`,
  serviceDetail: (state) => `${state.service} ${state.verdict}: ${STACK.service(state)}`,
  endpoint: ({name, verdict}) => `${name} is ${verdict}`,
  endpointDetail: (endpoint) => `${endpoint.name} ${endpoint.verdict}: ${endpointReason(endpoint)} (${endpoint.url})`,
  noneFires: (silenced) => (silenced === 0 ? 'none fires' : `none fires, ${String(silenced)} silenced or inhibited`),
  alertDetail: ({name, summary, delivery}) =>
    `${name}: ${summary === null ? 'fires' : localNumbers(summary, 'en')}${LOST[delivery]}`,
  alertsUnseen: 'cannot all be seen',
  alertsUnseenDetail: (doubts) => doubts.join('; '),
  signal: ({title}, problem) => `${title}${PROBLEM[problem]}`,
  signalsWell: (count) => `${String(count)} signals within their targets, none far worse than before`,
  objective: ({name, status}) => `${name} ${STATUS[status]}`,
  objectiveDetail: (objective) => `${objective.name}: ${STATUS[objective.status]}${budgetLeft(objective)}`,
  objectivesMet: (count) => `${String(count)} objectives met or without traffic`,
  panel: (dashboard, panel) => `${dashboard}: ${panel}`,
  panelDetail: (dashboard, panel, reason) => `${dashboard}: ${panel}: ${reason ?? 'no data'}`,
  panelsWell: (panels, dashboards) =>
    `all ${String(panels)} panels on ${String(dashboards)} ${dashboards === 1 ? 'dashboard' : 'dashboards'} have data`,
}
