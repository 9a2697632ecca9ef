import type {ConditionState} from '../../../domain/condition-state.js'
import type {ItemReport} from '../../../domain/execution/run-report.js'
import type {BlockOutcome} from '../../../domain/journal/events.js'
import type {RunStatus} from '../../../domain/journal/run-status.js'
import type {Verdict} from '../../../domain/verdict.js'
import type {TranscriptWords} from '../transcript-words.js'
import {OUTCOME} from './reasons.js'

export const BLOCK_OUTCOME: Readonly<Record<BlockOutcome, string>> = {
  ok: 'ok',
  failed: 'falhou',
  unknown: 'resultado desconhecido',
  timedOut: 'tempo esgotado',
  aborted: 'interrompido',
  notStarted: 'não iniciado',
}

const ITEM: Readonly<Record<ItemReport['outcome'], string>> = {
  ...BLOCK_OUTCOME,
  skipped: 'pulado',
  sent: 'enviado',
  pending: 'aguarda na fila',
  rejected: 'recusado, aguarda na fila',
  dropped: 'não enviado',
  unconfirmed: 'envio não confirmado',
  lost: 'perdido',
  held: 'retido',
  done: 'feito',
  notDone: 'não feito',
  open: 'em aberto',
}

const ENDED: Readonly<Record<Verdict | RunStatus, string>> = {
  ok: 'ok',
  bad: 'falhou',
  unknown: 'desconhecido',
  refused: 'recusado',
  rolledBack: 'revertido',
  rollbackFailed: 'a reversão falhou',
  undelivered: 'feito, aviso não entregue',
  interrupted: 'interrompido',
  healthy: 'saudável',
  degraded: 'degradado',
  down: 'fora do ar',
  notJudged: 'não avaliado',
  invalid: 'inválido',
  finished: 'terminado',
  running: 'em execução',
}

const ROLE: Readonly<Record<ItemReport['role'], string>> = {
  diagnose: 'diagnóstico',
  mitigate: 'mitigação',
  verify: 'verificação',
  rollback: 'reversão',
  notify: 'aviso',
  task: 'tarefa',
}

const STATE: Readonly<Record<ConditionState, string>> = {
  true: 'atendida',
  false: 'não atendida',
  unknown: 'não foi possível ver',
}

export function localSeconds(seconds: number): string {
  return `${seconds.toFixed(1).replace('.', ',')} s`
}

export const TRANSCRIPT: TranscriptWords = {
  facts: {
    outcome: 'Resultado',
    summary: 'Resumo',
    run: 'Execução',
    runbook: 'Runbook',
    service: 'Serviço',
    operator: 'Operador',
    inputs: 'Entradas',
    duration: 'Duração',
    evidence: 'Evidências',
    started: 'Início',
    ended: 'Fim',
    by: 'Por',
    project: 'Projeto',
    mode: 'Modo',
    secretInputs: 'Entradas secretas',
    incomplete: 'Incompleto',
  },
  outcome: (outcome) => OUTCOME[outcome],
  ended: (ended) => ENDED[ended],
  item: (outcome) => ITEM[outcome],
  role: (role) => ROLE[role],
  state: (state) => STATE[state],
  attempts: (attempts) => `${String(attempts)} tentativas`,
  seconds: localSeconds,
  stillRunning: 'ainda em execução',
  noEnd: 'nenhum término registrado',
  noData: 'sem dados',
  inFolder: (project, directory) => `${project}, em ${directory}`,
  mode: (mode, force) => [mode === 'full' ? '' : 'só o diagnóstico', force ? '--force' : ''].join(' ').trim(),
  secret: '(secreto)',
  environment: ({environment, production}) => (production ? `PRODUÇÃO (${environment})` : environment),
  tornLines: (lines) =>
    lines === 1 ? 'não é possível ler 1 linha do registro' : `não é possível ler ${String(lines)} linhas do registro`,
  resolved: 'Condições de resolução, na última verificação',
  timeline: {title: 'Linha do tempo', when: 'quando', since: 'desde o início', what: 'o quê'},
  joined: 'Comandos que participaram da execução',
  by: 'por',
  gate: 'Aprovação',
  seen: (times) => `visto ${String(times)} vezes`,
}
