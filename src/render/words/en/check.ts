import type {Delivery} from '../../../domain/alerts/alert-board.js'
import type {SignalProblem} from '../../../domain/check/finding.js'
import {span} from '../../../domain/time/span.js'
import {checkWords} from '../check-words.js'
import {localNumbers} from '../local-numbers.js'
import {doubtText} from './alerts.js'
import {noteText} from './slo.js'
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
  noAlertmanager: '',
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
  return notes.length === 0 ? left : `${left}: ${notes.map(noteText).join('; ')}`
}

export const CHECK = checkWords({
  titles: {
    services: 'services',
    health: 'health checks',
    alerts: 'active alerts',
    trends: 'trends',
    budget: 'error budgets',
    dashboards: 'dashboards',
    incidents: 'incidents',
    oncall: 'on call',
  },
  named: (names, more) => `${names.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`,
  moreDetails: (count) => `and ${String(count)} more`,
  summary: {
    allHealthy: ({count}) => `${String(count)} of ${String(count)} healthy`,
    noneFires: ({silenced}) =>
      silenced === 0 ? 'none fires' : `none fires, ${String(silenced)} silenced or inhibited`,
    signalsWell: ({count}) => `${String(count)} signals within their targets, none far worse than before`,
    objectivesMet: ({count}) => `${String(count)} objectives met or without traffic`,
    panelsWell: ({panels, dashboards}) =>
      `all ${String(panels)} panels on ${String(dashboards)} ${dashboards === 1 ? 'dashboard' : 'dashboards'} have data`,
    nothingOverdue: ({open}) => `${open === 0 ? 'none is open' : `${String(open)} open`}, nothing is overdue`,
    onCall: ({person}) => person ?? 'nobody has to be',
    notLookedAt: ({message}) => message,
  },
  subject: {
    noContainers: ({project}) => `project ${project} has no containers`,
    service: ({state: {service, verdict, containers}}) =>
      containers.length === 0 ? `${service} has no container` : `${service} is ${verdict}`,
    endpoint: ({endpoint: {name, verdict}}) => `${name} is ${verdict}`,
    alert: ({alert}) => alert.name,
    alertsUnseen: 'cannot all be seen',
    signal: ({signal, problem}) => `${signal.title}${PROBLEM[problem]}`,
    objective: ({objective: {name, status}}) => `${name} ${STATUS[status]}`,
    panel: ({dashboard, panel}) => `${dashboard}: ${panel}`,
    updateOverdue: ({handle}) => `${handle}: update overdue`,
    actionOverdue: ({item}) => `${item} overdue`,
    nobodyOnCall: ({inSeconds}) => (inSeconds === 0 ? 'nobody now' : `nobody in ${span(inSeconds)}`),
    unreliable: 'data that cannot be relied on',
  },
  detail: {
    noContainers: ({project}) => `project ${project} has no containers`,
    service: ({state}) => `${state.service} ${state.verdict}: ${STACK.service(state)}`,
    endpoint: ({endpoint}) => `${endpoint.name} ${endpoint.verdict}: ${endpointReason(endpoint)} (${endpoint.url})`,
    alert: ({alert: {name, summary, delivery}}) =>
      `${name}: ${summary === null ? 'fires' : localNumbers(summary, 'en')}${LOST[delivery]}`,
    alertsUnseen: ({doubts}) => doubts.map(doubtText).join('; '),
    signal: ({signal, problem}) => `${signal.title}${PROBLEM[problem]}`,
    objective: ({objective}) => `${objective.name}: ${STATUS[objective.status]}${budgetLeft(objective)}`,
    panel: ({dashboard, panel, reason}) => `${dashboard}: ${panel}: ${reason ?? 'no data'}`,
    updateOverdue: ({handle, title, overdueSeconds}) =>
      `${handle} ${title}: an update was due ${span(overdueSeconds)} ago`,
    actionOverdue: ({item, text, owner, overdueSeconds}) =>
      `${item} ${text}: was due ${span(overdueSeconds)} ago${owner === null ? '' : ` (${owner})`}`,
    nobodyOnCall: ({inSeconds}) =>
      inSeconds === 0 ? 'nobody is on call now' : `nobody will be on call in ${span(inSeconds)}`,
    unreliable: ({warning}) => warning,
  },
})
