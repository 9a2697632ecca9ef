import type {ChangeWords} from '../../../domain/change/change-words.js'
import type {ChangeReason, LeftOver, ReadinessReason} from '../../../domain/change/reason.js'
import {quoted} from '../quoted.js'
import {worded, type WordsFor} from '../worded.js'
import {DOCKER_STATE} from './docker-state.js'
import {STACK} from './stack.js'

export const READINESS: WordsFor<ReadinessReason> = {
  finished: 'concluído (código de saída 0)',
  healthy: 'saudável',
  removed: 'removido',
  running: 'em execução',
  stopped: 'parado',
  container: ({container, reason}) => `${container}: ${STACK.container(reason)}`,
  keepsRestarting: ({container, restartCount}) =>
    `${container} não para de reiniciar (reinícios até agora: ${String(restartCount)})`,
  endedThoughNoJob: ({containers}) =>
    `${containers.join(', ')}: encerrado com código 0, e um serviço deve continuar em execução; uma tarefa declara \`restart: "no"\``,
  endedPerhapsAJob: ({containers}) => `${containers.join(', ')}: encerrado com código 0; não se sabe se é uma tarefa`,
  probe: ({reason}) => STACK.probe(reason),
  stillThere: ({left}) => left.map(({container, state}) => `${container}: ${DOCKER_STATE[state]}`).join(', '),
  tooFewRunning: ({running, wanted}) => `${String(running)} de ${String(wanted)} em execução`,
  unseen: ({message, before}) =>
    before === null
      ? `erro: ${quoted(message)}`
      : `erro: ${quoted(message)}; visto por último: ${worded(READINESS, before)}`,
  told: ({text}) => quoted(text),
}

export const LEFT_OVER: WordsFor<LeftOver> = {
  neverStarted: ({container}) => `${container} foi criado, mas nunca iniciado`,
  noContainer: ({service}) => `${service} não tem contêiner`,
  notRunning: ({container, state}) => `${container}: ${DOCKER_STATE[state]}`,
  replicaGone: ({service, replica}) => `a réplica ${String(replica)} de ${service} não existe mais`,
  unfinishedReplacement: ({service, container, state}) =>
    `${container} (${DOCKER_STATE[state]}) sobrou de uma substituição inacabada de ${service}`,
  unseen: ({message}) => `não é possível ver o que o Compose deixou: ${quoted(message)}`,
  told: ({text}) => quoted(text),
}

export const ENDED: WordsFor<ChangeReason> = {
  composeFailed: 'o Compose falhou',
  interrupted: 'a mudança foi interrompida',
  notInTime: 'não ficou como pedido dentro do prazo',
  notSeen: ({services}) => `${services.join(', ')}: não foi possível ver como ficou`,
  error: ({text}) => `erro: ${quoted(text)}`,
  told: ({text}) => quoted(text),
}

export const CHANGE: ChangeWords = {
  readiness: (reason) => worded(READINESS, reason),
  leftOver: (left) => worded(LEFT_OVER, left),
  ended: (reason) => worded(ENDED, reason),
}
