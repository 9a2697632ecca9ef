import type {ChangeWords} from '../../../domain/change/change-words.js'
import type {ChangeReason, LeftOver, ReadinessReason} from '../../../domain/change/reason.js'
import {worded, type WordsFor} from '../worded.js'
import {STACK} from './stack.js'

export const READINESS: WordsFor<ReadinessReason> = {
  finished: 'finished (exit code 0)',
  healthy: 'healthy',
  removed: 'removed',
  running: 'running',
  stopped: 'stopped',
  container: ({container, reason}) => `${container} ${reason.why === 'exited' ? '' : 'is '}${STACK.container(reason)}`,
  keepsRestarting: ({container, restartCount}) =>
    `${container} keeps restarting (${String(restartCount)} times so far)`,
  endedThoughNoJob: ({containers}) =>
    `${containers.join(', ')} exited with code 0, but a service should keep running; declare a job with restart: "no"`,
  endedPerhapsAJob: ({containers}) => `${containers.join(', ')} exited with code 0; whether it is a job cannot be told`,
  probe: ({reason}) => STACK.probe(reason),
  stillThere: ({left}) => left.map(({container, state}) => `${container} is still there (${state})`).join(', '),
  tooFewRunning: ({running, wanted}) => `${String(running)} of ${String(wanted)} running`,
  unseen: ({message, before}) => (before === null ? message : `${message}; seen last: ${worded(READINESS, before)}`),
  told: ({text}) => text,
}

export const LEFT_OVER: WordsFor<LeftOver> = {
  neverStarted: ({container}) => `${container} was created but never started`,
  noContainer: ({service}) => `${service} has no container`,
  notRunning: ({container, state}) => `${container} is not running (${state})`,
  replicaGone: ({service, replica}) => `replica ${String(replica)} of ${service} is gone`,
  unfinishedReplacement: ({service, container, state}) =>
    `${container} (${state}) is left over from an unfinished replacement of ${service}`,
  unseen: ({message}) => `what Compose left cannot be seen: ${message}`,
  told: ({text}) => text,
}

export const ENDED: WordsFor<ChangeReason> = {
  composeFailed: 'Compose failed',
  interrupted: 'interrupted',
  notInTime: 'the services did not reach the wanted state in time',
  notSeen: ({services}) => `${services.join(', ')}: what became of it was not seen`,
  error: ({text}) => text,
  told: ({text}) => text,
}

export const CHANGE: ChangeWords = {
  readiness: (reason) => worded(READINESS, reason),
  leftOver: (left) => worded(LEFT_OVER, left),
  ended: (reason) => worded(ENDED, reason),
}
