import type {Container} from '../../../domain/stack/container.js'

export const DOCKER_STATE: Readonly<Record<Container['state'], string>> = {
  created: 'criado, nunca iniciado',
  running: 'em execução',
  paused: 'pausado',
  restarting: 'reiniciando',
  removing: 'sendo removido',
  exited: 'encerrado',
  unknown: 'em estado desconhecido',
  dead: 'morto',
}
