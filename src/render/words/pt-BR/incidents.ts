import type {StatusNow} from '../../../domain/incidents/incident-event.js'
import type {IncidentWords} from '../../../domain/incidents/incident-words.js'
import {TERMINAL} from '../../../domain/notices/channels.js'
import {literal} from '../../../domain/text/markdown.js'
import {changedFacts, type ChangedFactWords} from '../changed-facts.js'
import {changedShifts, type ChangedShiftWords} from '../changed-shifts.js'
import type {ActVerdict} from '../../../domain/verdict.js'
import {figuresText} from '../incident-figures.js'

const ENDED: Readonly<Record<ActVerdict, string>> = {
  ok: 'feito',
  bad: 'falhou',
  unknown: 'não se viu que funcionou',
  refused: 'recusado',
  rolledBack: 'revertido',
  rollbackFailed: 'a reversão falhou',
  undelivered: 'feito, aviso não entregue',
  interrupted: 'interrompido',
}

const TIMES = {
  startedAt: 'início',
  detectedAt: 'detecção',
  acknowledgedAt: 'reconhecimento',
  mitigatedAt: 'mitigação',
  resolvedAt: 'resolução',
} as const

const STEPS = {
  opened: 'abertura',
  acknowledged: 'reconhecimento',
  updated: 'atualização',
  mitigated: 'mitigação',
  resolved: 'resolução',
  reopened: 'reabertura',
  due: 'atualização esperada',
  escalated: 'acionamento',
} as const

const STATUS: Readonly<Record<StatusNow, string>> = {
  delivered: 'entregue',
  pending: 'ainda não entregue',
  rejected: 'recusado',
  dropped: 'descartado',
  unconfirmed: 'talvez entregue',
  lost: 'perdido',
  held: 'retido',
  deliveredLater: 'entregue depois',
  unknown: 'não se sabe se foi entregue',
}

const RESOLUTION = {fixed: 'corrigido', 'false-alarm': 'alarme falso', duplicate: 'duplicado'} as const

const ACTION_STATE = {open: 'aberta', done: 'feita', dropped: 'descartada'} as const

/** `Mitigado: voltamos à v41`. */
function said(what: string, text: string): string {
  return text === '' ? what : `${what}: ${text}`
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nenhum' : names.join(', ')
}

const CHANGED: ChangedFactWords = {
  title: (title) => `Novo título: ${title}`,
  severity: (severity) => `Nova severidade: ${severity}`,
  impact: (impact) => said('Impacto', impact),
  services: (services) => `Serviços: ${list(services)}`,
  alerts: (alerts) => `Alertas: ${list(alerts)}`,
  owner: (owner) => `Responsável: ${owner || 'ninguém'}`,
  commander: (commander) => `Comando: ${commander || 'ninguém'}`,
  scribe: (scribe) => `Registro: ${scribe || 'ninguém'}`,
}

const SHIFTS: ChangedShiftWords = {
  act: {take: 'Plantão assumido', swap: 'Plantões trocados', undo: 'Substituição desfeita'},
  shift: (after, before, from, to) => `${after ?? 'ninguém'} no lugar de ${before ?? 'ninguém'} de ${from} até ${to}`,
  nothing: 'ninguém mudou de plantão com isso',
  more: (count) => `mais ${String(count)}`,
  otherwise: 'mas outra pessoa decidiu diferente ao mesmo tempo',
}

export const INCIDENTS: IncidentWords = {
  state: {
    open: 'aberto',
    acknowledged: 'reconhecido',
    mitigated: 'recuperado, em observação',
    resolved: 'resolvido',
    reopened: 'reaberto',
  },
  resolution: RESOLUTION,
  actionState: ACTION_STATE,
  times: TIMES,
  acknowledgedLate: (owner) => `O reconhecimento de ${owner} veio depois: não mudou nada`,
  events: {
    'incident.opened': ({handle, title, severity}) => `${handle} aberto como ${severity}: ${title}`,
    'incident.acknowledged': ({owner}) => `Reconhecido: ${owner} está cuidando`,
    'incident.noted': ({text}) => text,
    'incident.updated': ({text}) => `Atualização: ${text}`,
    'incident.changed': ({changes}) => changedFacts(changes, CHANGED),
    'incident.mitigated': ({text}) => said('Mitigado', text),
    'incident.resolved': ({as, text}) => said(as === 'fixed' ? 'Resolvido' : `Resolvido como ${RESOLUTION[as]}`, text),
    'incident.reopened': ({why, text}) => said(why === 'relapse' ? 'Reaberto: voltou a acontecer' : 'Reaberto', text),
    'incident.timeCorrected': ({time, to}, {time: spoken}) => `Corrigido: ${TIMES[time]} ${spoken(to)}`,
    'incident.merged': ({into}) => `Incorporado a ${into}`,
    'incident.absorbed': ({handle}) => `${handle} foi incorporado a este`,
    'incident.handedOver': ({to}) => `Passado para ${to}`,
    'incident.announced': ({step, notices}) => {
      const told = notices.filter(({channel}) => channel !== TERMINAL)
      if (told.length === 0) return null
      return `Aviso (${STEPS[step]}): ${told.map(({channel, status}) => `${channel} ${STATUS[status]}`).join(', ')}`
    },
    'incident.escalated': ({step, why, people, notices}) => {
      if (why === 'late') return `Etapa ${String(step)} do acionamento pulada: uma posterior já estava vencida`
      if (why === 'nobody') return `Etapa ${String(step)} do acionamento pulada: ninguém de plantão para ela`
      const told = notices.map(({channel, status}) => `${channel} ${STATUS[status]}`)
      return `Etapa ${String(step)} do acionamento: ${people.length === 0 ? 'ninguém para acionar' : `acionamos ${people.join(', ')}`}${told.length === 0 ? '' : ` (${told.join(', ')})`}`
    },
    'incident.figures': ({figures}) =>
      figures.length === 0 ? null : `Visto então: ${figuresText(figures, {decimalMark: ',', noData: 'sem dados de'})}`,
    'incident.measured': () => null,
    'run.linked': ({runId}) => `A execução ${runId} pertence a este incidente`,
    'alerts.silenced': ({text}) => `Silenciado: ${text}`,
    'alerts.unsilenced': ({text}) => `Silêncio encerrado: ${text}`,
    'oncall.changed': (event, {time}) => changedShifts(event, time, SHIFTS),
    'alert.changed': ({alert, to}) =>
      to === 'firing' ? `O alerta ${alert} disparou` : `O alerta ${alert} parou de disparar`,
    'action.added': ({text, owner, dueAt}, {time}) =>
      `Ação: ${text}${owner === null ? '' : ` (${owner})`}${dueAt === null ? '' : `, até ${time(dueAt)}`}`,
    'action.changed': ({number, state, owner, dueAt}, {time}) =>
      [
        `Ação ${String(number)}${state === undefined ? '' : `: ${ACTION_STATE[state]}`}`,
        owner === undefined ? null : `responsável ${owner}`,
        dueAt === undefined ? null : `até ${time(dueAt)}`,
      ]
        .filter((part) => part !== null)
        .join(', '),
  },
  run: (what, ended, resolvedBy) => {
    if (resolvedBy !== null) return `${what}: resolvido por \`${resolvedBy}\``
    return `${what}: ${ended === null ? 'sem fim registrado' : ENDED[ended]}`
  },
  timeline: {
    columns: {when: 'Quando', by: 'Quem', what: 'O quê'},
    enteredLater: (at) => `registrado depois: ${at}`,
    unverified: 'não verificado',
  },
  facts: {
    severity: 'Severidade',
    state: 'Estado',
    services: 'Serviços',
    alerts: 'Alertas',
    owner: 'Responsável',
    oncall: 'De plantão',
    since: 'Desde',
    lasted: 'Duração',
    impact: 'Impacto',
    nextUpdate: 'Próxima atualização',
    nobody: 'ninguém ainda',
    paged: 'Acionados',
  },
  body: {
    opened: 'Um incidente foi aberto.',
    acknowledged: (owner) => `${owner} está cuidando.`,
    updated: 'O incidente foi atualizado.',
    mitigated: 'O serviço se recuperou. Seguimos observando.',
    resolved: {
      fixed: 'O incidente terminou.',
      'false-alarm': 'Foi um alarme falso.',
      duplicate: 'Faz parte de outro incidente.',
    },
    merged: ({handle, title}) => `Foi incorporado a ${handle} ${literal(title)}. Acompanhe por lá.`,
    reopened: 'O problema voltou.',
    unrecorded:
      '**Não foi possível registrar o incidente: não há como usar o armazenamento.** Ele não tem número, ninguém será acionado de novo e nada mais será publicado aqui. Quem assumir: por favor, avise por aqui.',
    due: (due, handle) =>
      `A atualização deveria ter saído até ${due}. Avise as pessoas sobre a situação: \`faci incident update ${handle} --message '…'\``,
    escalated: ({handle, step, steps, isAnybody, since}) =>
      [
        `Este incidente está há ${since} sem que ninguém o tenha assumido. Esta é a etapa ${String(step)} de ${String(steps)}.`,
        isAnybody
          ? 'Este acionamento é para você.'
          : '**Não há ninguém de plantão para acionar.** Quem ler isto: por favor, assuma.',
        `Para assumir: \`faci incident ack ${handle}\``,
      ].join('\n\n'),
  },
  stakeholders: {
    title: (service, how) =>
      ({open: `Problema em ${service}`, back: `O problema em ${service} voltou`, over: `${service} voltou ao normal`})[
        how
      ],
    body: ({impact, startedAt, detectedAt, timeToResolveSeconds, state, resolution}, how, {time, duration}) => {
      const since = startedAt ?? detectedAt
      if (state === 'resolved' && resolution === 'duplicate')
        return 'Isto faz parte de outro problema, no qual estamos trabalhando.'
      if (state === 'resolved')
        return `O problema terminou.${timeToResolveSeconds === null ? '' : ` Durou ${duration(timeToResolveSeconds)}.`}`
      return [
        how === 'back' ? 'O problema que tínhamos dado por resolvido voltou.' : null,
        impact ?? 'Alguns usuários podem notar erros ou lentidão.',
        since === null
          ? null
          : how === 'back'
            ? `Começou pela primeira vez em ${time(since)}.`
            : `Desde ${time(since)}.`,
        'Estamos trabalhando nisso.',
        'Próxima atualização: quando o problema for resolvido.',
      ]
        .filter((part) => part !== null)
        .join('\n\n')
    },
  },
  handover: {
    title: (service, to) => `Passagem de plantão de ${service}${to === null ? '' : ` para ${to}`}`,
    heads: {
      incidents: 'Incidentes abertos',
      silences: 'Silêncios em vigor',
      undelivered: 'Avisos não entregues',
      budgets: 'Orçamentos de erro',
      actions: 'Ações em aberto',
    },
    none: {
      incidents: 'nenhum incidente aberto',
      silences: 'nenhum silêncio em vigor',
      undelivered: 'todos os avisos foram entregues',
      budgets: 'nenhum objetivo configurado',
      actions: 'nenhuma ação em aberto',
    },
    unknown: 'não foi possível verificar',
    due: (due) => `próxima atualização ${due}`,
    until: (end) => `até ${end}`,
    left: (share) => `restam ${share}`,
    notMeasured: 'não medido',
    overdue: 'atrasada',
  },
}
