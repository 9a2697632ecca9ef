import type {ContainerReason, ProbeReason, ServiceReason} from '../../../domain/stack/reason.js'
import type {StackWords} from '../../../domain/stack/stack-words.js'
import {stackWords} from '../stack-words.js'
import {worded, type WordsFor} from '../worded.js'

export const CONTAINER: WordsFor<ContainerReason> = {
  exited: ({exitCode, outOfMemory}) =>
    `exited with ${exitCode === null ? 'an unknown code' : String(exitCode)}${outOfMemory ? ', out of memory' : ''}`,
  notRunning: ({state, restartCount}) => `${state}${restartCount > 0 ? ` (${String(restartCount)} times so far)` : ''}`,
  restartsOften: ({restartCount, sinceSeconds}) =>
    `restarted ${String(restartCount)} times, last ${String(Math.floor(sinceSeconds))} s ago`,
  starting: ({steadyAfterSeconds}) =>
    steadyAfterSeconds === null ? 'starting' : `starting, steady after ${String(Math.ceil(steadyAfterSeconds))} s`,
  unhealthy: 'unhealthy',
}

export const SERVICE: WordsFor<ServiceReason> = {
  container: ({replica, reason}) => `#${String(replica)} ${worded(CONTAINER, reason)}`,
  finished: 'finished (exit code 0)',
  noContainer: 'no container',
  tooFewContainers: ({containers, wanted}) => `${String(containers)} of ${String(wanted)} containers`,
}

export const PROBE: WordsFor<ProbeReason> = {
  noAnswer: ({message}) => message,
  bodySays: ({status, word, parts}) =>
    `answers ${String(status)}, but its body says ${word}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`,
  httpStatus: ({status, says}) => `HTTP ${String(status)}${says === null ? '' : ` (${says})`}`,
  redirects: ({status, to}) =>
    to === null ? `HTTP ${String(status)}, a redirect` : `HTTP ${String(status)}, redirects to ${to}`,
}

const VERDICT: StackWords['verdict'] = {healthy: 'healthy', degraded: 'degraded', down: 'down', unknown: 'unknown'}

export const STACK = stackWords({verdict: VERDICT, container: CONTAINER, service: SERVICE, probe: PROBE})
