import type {ContainerReason, ProbeReason, ServiceReason} from '../../../domain/stack/reason.js'
import type {StackWords} from '../../../domain/stack/stack-words.js'
import {stackWords} from '../stack-words.js'
import {worded, type WordsFor} from '../worded.js'
import {DOCKER_STATE} from './docker-state.js'

export const CONTAINER: WordsFor<ContainerReason> = {
  exited: ({exitCode, outOfMemory}) =>
    `encerrado, código de saída ${exitCode === null ? 'desconhecido' : String(exitCode)}${outOfMemory ? ', memória esgotada' : ''}`,
  notRunning: ({state, restartCount}) =>
    `${DOCKER_STATE[state]}${restartCount > 0 ? `, reinícios: ${String(restartCount)}` : ''}`,
  restartsOften: ({restartCount, sinceSeconds}) =>
    `reiniciado ${String(restartCount)} vezes, a última há ${String(Math.floor(sinceSeconds))} s`,
  starting: ({steadyAfterSeconds}) =>
    steadyAfterSeconds === null ? 'iniciando' : `iniciando, estável após ${String(Math.ceil(steadyAfterSeconds))} s`,
  unhealthy: 'verificação de saúde falhando',
}

export const SERVICE: WordsFor<ServiceReason> = {
  container: ({replica, reason}) => `nº ${String(replica)} ${worded(CONTAINER, reason)}`,
  finished: 'concluído (código de saída 0)',
  noContainer: 'sem contêiner',
  tooFewContainers: ({containers, wanted}) => `${String(containers)} de ${String(wanted)} contêineres`,
}

export const PROBE: WordsFor<ProbeReason> = {
  noAnswer: 'sem resposta',
  bodySays: ({status, word, parts}) =>
    `responde ${String(status)}, mas o corpo da resposta diz \`${word}\`${parts.length === 0 ? '' : `: ${parts.map((part) => `\`${part}\``).join(', ')}`}`,
  httpStatus: ({status, says}) => `resposta HTTP ${String(status)}${says === null ? '' : ` (\`${says}\`)`}`,
  redirects: ({status, to}) =>
    `resposta HTTP ${String(status)}, ${to === null ? 'um redirecionamento' : `redireciona para \`${to}\``}`,
}

const VERDICT: StackWords['verdict'] = {
  healthy: 'saudável',
  degraded: 'degradado',
  down: 'fora do ar',
  unknown: 'em estado desconhecido',
}

export const STACK = stackWords({verdict: VERDICT, container: CONTAINER, service: SERVICE, probe: PROBE})
