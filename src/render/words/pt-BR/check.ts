import type {Delivery} from '../../../domain/alerts/alert-board.js'
import {localNumber, localNumbers} from '../local-numbers.js'
import {worded} from '../worded.js'
import {DOUBT} from './alerts.js'
import {NOTE} from './slo.js'
import {STACK} from './stack.js'
import type {ObjectiveReport, ObjectiveStatus} from '../../../domain/slo/objective-report.js'
import type {EndpointHealth} from '../../../domain/stack/health.js'
import type {CheckFinding, SignalProblem} from '../../../domain/check/finding.js'
import {span} from '../../../domain/time/span.js'
import {checkWords} from '../check-words.js'

const LOCALE = 'pt-BR'

const DELIVERY: Readonly<Record<Delivery, string>> = {
  sent: '',
  notDue: '',
  onItsWay: ' (a caminho do Alertmanager)',
  missing: ' (não chegou ao Alertmanager: ninguém foi avisado)',
  dropped: '',
  untraced: ' (não encontrado no Alertmanager)',
  unknown: ' (não foi possível consultar o Alertmanager)',
  noAlertmanager: '',
}

/** The golden signals by name; one of another name keeps its title. */
const SIGNAL: Readonly<Record<string, string>> = {
  latencyP50: 'latência p50',
  latencyP95: 'latência p95',
  latencyP99: 'latência p99',
  traffic: 'tráfego',
  serverErrors: 'erros 5xx',
  clientErrors: 'erros 4xx',
  errors: 'taxa de erros',
  cpu: 'CPU da réplica mais ocupada',
  memory: 'memória da maior réplica',
  disk: 'disco mais cheio',
}

const PROBLEM: Readonly<Record<SignalProblem, string>> = {
  noData: 'sem dados',
  missesTarget: 'fora da meta',
  farWorse: 'muito pior que há um dia e há uma semana',
  farLess: 'menos da metade de há um dia e de há uma semana',
}

const STATUS: Readonly<Record<ObjectiveStatus, string>> = {
  met: 'cumprido',
  breached: 'violado',
  noTraffic: 'sem tráfego',
  noData: 'sem dados',
  invalid: 'com contagens impossíveis',
  unreliable: 'com dados não confiáveis',
}

function answerText({probes, url}: EndpointHealth): string {
  const reason = probes.find((probe) => probe.reason !== null)?.reason ?? null
  return reason === null ? url : `${STACK.probe(reason)} (${url})`
}

function percent(ratio: number): string {
  return `${localNumber(ratio * 100, LOCALE, 1)} %`
}

function objectiveText({name, status, budget, notes}: ObjectiveReport): string {
  const left = budget.remaining === null ? '' : `, ${percent(budget.remaining)} do orçamento de erros restante`
  const why = notes.length === 0 ? '' : `: ${notes.map((note) => worded(NOTE, note)).join('; ')}`
  return `${name}: ${STATUS[status]}${left}${why}`
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`
}

function signalText({signal: {name, title}, problem}: Extract<CheckFinding, {readonly why: 'signal'}>): string {
  return `${SIGNAL[name] ?? title}: ${PROBLEM[problem]}`
}

/** An error's message, which is English, is left to the command behind the arrow. */
export const CHECK = checkWords({
  titles: {
    services: 'serviços',
    health: 'verificações de saúde',
    alerts: 'alertas ativos',
    trends: 'tendências',
    budget: 'orçamentos de erros',
    dashboards: 'dashboards',
    incidents: 'incidentes',
    oncall: 'plantão',
  },
  named: (names, more) => `${names.join(', ')}${more === 0 ? '' : ` e mais ${String(more)}`}`,
  moreDetails: (count) => `e mais ${String(count)}`,
  summary: {
    allHealthy: ({count}) => `${String(count)} de ${String(count)} saudáveis`,
    noneFires: ({silenced}) =>
      silenced === 0 ? 'nenhum disparado' : `nenhum disparado, ${counted(silenced, 'silenciado', 'silenciados')}`,
    signalsWell: ({count}) => `${counted(count, 'sinal', 'sinais')} dentro da meta`,
    objectivesMet: ({count}) =>
      counted(count, 'objetivo cumprido ou sem tráfego', 'objetivos cumpridos ou sem tráfego'),
    panelsWell: ({panels, dashboards}) => `${String(panels)} painéis de ${String(dashboards)} com dados`,
    nothingOverdue: ({open}) =>
      `${open === 0 ? 'nenhum aberto' : `${String(open)} aberto${open === 1 ? '' : 's'}`}, nada atrasado`,
    onCall: ({person}) => person ?? 'ninguém precisa estar de plantão',
    notLookedAt: 'não foi possível verificar → faci doctor',
  },
  subject: {
    noContainers: ({project}) => `o projeto ${project} não tem contêineres`,
    service: ({state: {service, verdict, containers}}) =>
      containers.length === 0 ? `${service} sem contêiner` : `${service} ${STACK.verdict[verdict]}`,
    endpoint: ({endpoint: {name, verdict}}) => `${name} ${STACK.verdict[verdict]}`,
    alert: ({alert}) => alert.name,
    alertsUnseen: 'não foi possível ver todos',
    signal: signalText,
    objective: ({objective: {name, status}}) => `${name} ${STATUS[status]}`,
    panel: ({dashboard, panel}) => `${dashboard}: ${panel}`,
    updateOverdue: ({handle}) => `${handle}: atualização atrasada`,
    actionOverdue: ({item}) => `${item} atrasada`,
    nobodyOnCall: ({inSeconds}) => (inSeconds === 0 ? 'ninguém agora' : `ninguém daqui a ${span(inSeconds)}`),
    unreliable: 'dados não confiáveis',
  },
  detail: {
    noContainers: ({project}) => `o projeto ${project} não tem contêineres`,
    service: ({state}) => `${state.service} ${STACK.verdict[state.verdict]}: ${STACK.service(state)}`,
    endpoint: ({endpoint}) => `${endpoint.name} ${STACK.verdict[endpoint.verdict]}: ${answerText(endpoint)}`,
    alert: ({alert: {name, summary, delivery}}) =>
      `${name}: ${summary === null ? 'disparado' : localNumbers(summary, LOCALE)}${DELIVERY[delivery]}`,
    alertsUnseen: ({doubts}) =>
      `pode haver outros alertas disparados: ${doubts.map((doubt) => worded(DOUBT, doubt)).join('; ')} → faci alerts list`,
    signal: signalText,
    objective: ({objective}) => objectiveText(objective),
    panel: ({dashboard, panel, reason}) =>
      `${dashboard}: ${panel}: ${reason === null ? 'sem dados' : 'não foi possível consultar'}`,
    updateOverdue: ({handle, title, overdueSeconds}) =>
      `${handle} ${title}: uma atualização era esperada há ${span(overdueSeconds)}`,
    actionOverdue: ({item, text, owner, overdueSeconds}) =>
      `${item} ${text}: o prazo terminou há ${span(overdueSeconds)}${owner === null ? '' : ` (${owner})`}`,
    nobodyOnCall: ({inSeconds}) =>
      inSeconds === 0 ? 'ninguém está de plantão agora' : `ninguém estará de plantão daqui a ${span(inSeconds)}`,
    unreliable: 'os dados do Prometheus não são confiáveis → faci doctor',
  },
})
