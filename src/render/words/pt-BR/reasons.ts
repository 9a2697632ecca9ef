import type {RunOutcome} from '../../../domain/journal/run-outcome.js'
import {type DeedWords, type ReasonWords, reasonText} from '../reason-words.js'
import {quoted} from '../quoted.js'
import {spokenDuration} from '../spoken-duration.js'
import {DETAILS} from './details.js'

export const OUTCOME: Readonly<Record<RunOutcome, string>> = {
  resolved: 'resolvido',
  rolledBack: 'revertido, saudável de novo',
  rollbackFailed: 'não resolvido, uma reversão falhou',
  alreadyResolved: 'já estava resolvido',
  unresolved: 'não resolvido',
  unknown: 'desconhecido',
  refused: 'não resolvido',
  interrupted: 'interrompido',
  diagnosed: 'diagnosticado',
}

export const REASONS: ReasonWords = {
  ...DETAILS,
  alreadyResolved: 'já estava resolvido antes da execução',
  interrupted: 'a execução foi interrompida',
  noEnd: 'nenhum término foi registrado',
  noOneToAsk: 'não perguntado: não há terminal',
  noTerminal: 'não há terminal para perguntar',
  noTimeToRetry: 'falhou, e não resta tempo para outra tentativa',
  notNeeded: 'não é necessário: está resolvido',
  nothingDone: 'nada foi feito',
  nothingToUndo: 'não há nada a reverter',
  onlyDiagnosis: 'só o diagnóstico foi pedido',
  operatorKept: 'o operador manteve como está',
  operatorQuit: 'o operador saiu',
  operatorRolledBack: 'o operador encerrou a execução e mandou reverter',
  operatorSaidSo: 'por decisão do operador',
  operatorSkippedAtGate: 'por decisão do operador na aprovação',
  resolvedItself: 'já resolvido',
  rollbackFailed: 'uma reversão falhou',
  rollbackUnsaid: 'há reversões, e não há terminal para perguntar',
  rolledBackHealthy: 'revertido, saudável de novo',
  rolledBackUnhealthy: 'revertido, mas não saudável',
  rolledBackUnseen: 'revertido, e não é possível ver como ficou',
  stillRunning: 'ainda em execução',
  timeIsOver: 'o tempo da execução acabou',
  typed: 'digitado',
  unseenIsNotUndone: 'nada é revertido enquanto não for possível ver se está resolvido',
  usesChanged: 'um arquivo de `uses` mudou depois da aprovação',
  usesChangedMeanwhile: 'um arquivo de `uses` mudou durante a pergunta: confira e execute o runbook de novo',
  wasBeingRolledBack: 'estava sendo revertido',
  didNotRun: ({id}) => `\`${id}\` não foi executado`,
  failed: ({id}) => `\`${id}\` falhou`,
  quitAtGate: ({id}) => `encerrado na aprovação de \`${id}\``,
  quitBefore: ({id}) => `encerrado antes de \`${id}\``,
  resolvedBy: ({id}) => `resolvido por \`${id}\``,
  stopsAsDoubtful: ({id}) => `não se sabe se \`${id}\` funcionou, e ele exige parar (\`on_failure=stop\`)`,
  stopsAsFailed: ({id}) => `\`${id}\` falhou, e exige parar (\`on_failure=stop\`)`,
  needsApproval: ({id}) => `\`${id}\` precisa de --approve`,
  needsYes: ({id}) => `\`${id}\` precisa de --yes ou --approve`,
  needsConfirm: ({environment}) => `produção sem terminal precisa de --confirm ${environment}`,
  flag: ({flag}) => flag,
  notDue: ({when, outcome}) => `\`when=${when}\`, e a execução terminou assim: ${OUTCOME[outcome]}`,
  notTyped: ({word, id}) => `${word} não foi digitado na aprovação de \`${id}\``,
  unseen: ({conditions}) => {
    const seen = conditions.map(({condition, detail}) => `${condition} (${reasonText(DETAILS, detail)})`)
    return `não é possível ver ${seen.join('; ') || 'se está resolvido'}`
  },
}

export const DEEDS: DeedWords = {
  resolvedIt: ({id, afterSeconds}) => `${id} resolveu após ${spokenDuration(afterSeconds, ',')}`,
  didNotHelp: ({id}) => `${id} não ajudou`,
  failed: ({id}) => `${id} falhou`,
  notStarted: ({id}) => `não foi possível iniciar ${id}`,
  cutOff: ({id}) => `${id} foi iniciado, e não se sabe como terminou`,
  carriedOut: ({id}) => `${id} foi executado`,
  notAwaited: ({id}) => `${id} foi executado, e não se sabe se ajudou`,
  unseen: ({id}) => `${id} foi executado, e não é possível verificar se ajudou`,
  skipped: ({id}) => `${id} foi pulado`,
  undone: ({id}) => `${id} foi revertido`,
  notUndone: ({id}) => `a reversão de ${id} falhou`,
  nothing: 'nada foi alterado',
  told: ({text}) => quoted(text),
}
