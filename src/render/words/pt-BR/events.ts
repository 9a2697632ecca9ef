import {shortCondition} from '../../../domain/execution/short-condition.js'
import type {EventWords} from '../../../domain/execution/timeline.js'
import type {ConditionState} from '../../../domain/condition-state.js'
import type {Detail} from '../../../domain/journal/detail.js'
import type {BlockResult, ConditionReading, GateAnswer, StepAnswer} from '../../../domain/journal/events.js'
import type {DeliveryStatus} from '../../../domain/notices/notice.js'
import {firstLine, withReason} from '../clause.js'
import {OUTCOME} from './reasons.js'
import {RUN} from './run.js'
import {BLOCK_OUTCOME, localSeconds} from './transcript.js'

const SEEN: Readonly<Record<ConditionState, string>> = {
  true: 'resolvido',
  false: 'não resolvido',
  unknown: 'não foi possível ver',
}

const VERIFIED: Readonly<Record<ConditionState, string>> = {
  true: 'verificado',
  false: 'ainda não atendido',
  unknown: 'não foi possível ver',
}

const GATE: Readonly<Record<GateAnswer, string>> = {
  yes: 'aprovado',
  skip: 'pular',
  quit: 'encerrar',
  refused: 'recusado',
}

const STEP: Readonly<Record<StepAnswer, string>> = {
  run: 'executar',
  skip: 'pular',
  quit: 'encerrar',
  rest: 'executar este e todos os seguintes',
}

const DELIVERED: Readonly<Record<DeliveryStatus, string>> = {
  delivered: 'entregue',
  pending: 'aguarda na fila',
  rejected: 'recusado, aguarda na fila',
  dropped: 'não enviado',
  unconfirmed: 'envio não confirmado',
  lost: 'perdido',
  held: 'retido',
}

function said(detail: Detail | null): string {
  return detail === null ? '' : RUN.reason(detail)
}

function resultText({outcome, detail, durationSeconds}: BlockResult): string {
  const what = `${BLOCK_OUTCOME[outcome]} após ${localSeconds(durationSeconds)}`
  return withReason(what, outcome === 'ok' ? '' : said(detail))
}

function missing(conditions: readonly ConditionReading[]): string {
  const open = conditions.filter(({state}) => state !== 'true')
  return open
    .map(({condition, detail}) => `\`${shortCondition(condition)}\` (${firstLine(RUN.reason(detail))})`)
    .join('; ')
}

function filesText(count: number): string {
  return count === 1 ? '1 arquivo de evidência guardado' : `${String(count)} arquivos de evidência guardados`
}

export const EVENTS: EventWords = {
  'run.started': ({runbook, operator, mode, force}) =>
    `${operator} iniciou ${runbook}${mode === 'full' ? '' : ', só o diagnóstico'}${force ? ', com --force' : ''}`,
  look: ({after, state, conditions}) =>
    withReason(`${after === null ? '' : `após \`${after}\`: `}${SEEN[state]}`, missing(conditions)),
  'lease.taken': ({takenFrom}) => withReason('trava obtida', takenFrom === null ? '' : `de ${RUN.reason(takenFrom)}`),
  'gate.asked': ({id}) => `perguntado se deve executar ${id}`,
  'gate.answered': ({id, answer, how}) => `aprovação de ${id}: ${GATE[answer]} (${firstLine(RUN.reason(how))})`,
  'run.resumed': ({operator, host}) => `${operator} em ${host} continuou a execução`,
  'step.asked': ({id}) => `perguntado se deve executar ${id}`,
  'step.answered': ({id, answer}) => `passo ${id}: ${STEP[answer]}`,
  'rollback.asked': ({ids}) => `perguntado se deve reverter: ${ids.join(', ')}`,
  'rollback.decided': ({answer, how}) =>
    withReason(answer === 'rollback' ? 'reverter' : 'não reverter', RUN.reason(how)),
  'run.aborted': ({reason}) => withReason('encerrado antes do fim', RUN.reason(reason)),
  'evidence.kept': ({id, files, problems}) =>
    withReason(`${filesText(files.length)} antes de ${id}`, problems.map(RUN.reason).join('; ')),
  'block.started': ({id, attempt}) => `${id} iniciado${attempt > 1 ? `, tentativa ${String(attempt)}` : ''}`,
  'block.retried': (event) => `${event.id} ${resultText(event)}; nova tentativa`,
  'verify.polled': ({id, state, detail}) => withReason(`${id}: ${VERIFIED[state]}`, said(detail)),
  'block.finished': (event) => `${event.id} ${resultText(event)}`,
  'block.skipped': ({id, reason}) => `${id} pulado: ${firstLine(RUN.reason(reason))}`,
  'notice.sent': ({id, channel, status}) => `${id} para ${channel}: ${DELIVERED[status]}`,
  'task.asked': ({id}) => `perguntado se ${id} está feito`,
  'task.answered': ({id, done}) => `${id} ${done ? 'feito' : 'não feito'}`,
  'run.interrupted': ({reason}) => withReason('interrompido', reason.why === 'interrupted' ? '' : RUN.reason(reason)),
  'journal.lost': ({reason}) => withReason('não é mais possível gravar o registro', RUN.reason(reason)),
  'run.finished': ({outcome, deeds, reason}) => withReason(`terminou: ${OUTCOME[outcome]}`, RUN.summary(deeds, reason)),
}
