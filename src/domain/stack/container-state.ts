import type {StateVerdict} from '../verdict.js'
import type {Container} from './container.js'
import type {ContainerReason} from './reason.js'
import {deadNetworkOf} from './shared-network.js'
import {isCrashLooping, ranSeconds, unsteadyUntil} from './steadiness.js'

/** What is to be thought of one container, and why it is not healthy. */
export interface ContainerVerdict {
  readonly verdict: StateVerdict
  readonly reason: ContainerReason | null
}

interface Circumstances {
  readonly now: Date
  /** It runs to its end: exit code 0 is what is wanted of it. */
  readonly mayFinish: boolean
  /** faci's own probe reached this very container, and it is healthy. */
  readonly answers: boolean
}

const HEALTHY: ContainerVerdict = {verdict: 'healthy', reason: null}

/** How a container ended that has. */
export function ending({exitCode, outOfMemory}: Container): ContainerReason {
  return {why: 'exited', exitCode, outOfMemory}
}

/** Of a loop: nothing that it says at this moment outweighs that it ended several times just now. */
function loopReason(container: Container, now: Date): ContainerReason {
  const {restartCount} = container
  return {why: 'restartsOften', restartCount, sinceSeconds: ranSeconds(container, now) ?? 0}
}

function starting(steadyAfterSeconds: number | null): ContainerVerdict {
  return {verdict: 'unknown', reason: {why: 'starting', steadyAfterSeconds}}
}

function runningVerdict(container: Container, {now, answers}: Circumstances): ContainerVerdict {
  if (isCrashLooping(container, now)) return {verdict: 'degraded', reason: loopReason(container, now)}
  if (answers) return HEALTHY
  const dead = deadNetworkOf(container)
  // What checks it from within does not see that nobody else reaches it.
  if (dead !== null)
    return {verdict: container.health === 'unhealthy' ? 'down' : 'degraded', reason: {why: 'deadNetwork', ...dead}}
  if (container.health === 'healthy') return HEALTHY
  if (container.health === 'unhealthy') return {verdict: 'down', reason: {why: 'unhealthy'}}
  // Not bad, and not seen to be good: nothing may be decided on it.
  if (container.health === 'starting') return starting(null)
  const until = unsteadyUntil(container, now)
  return until === null ? HEALTHY : starting(until)
}

/** By faci's own probe, else by Docker's health check, else because it has run steadily; a loop is never healthy. */
export function judgeContainer(container: Container, circumstances: Circumstances): ContainerVerdict {
  const {state, exitCode} = container
  if (state === 'running') return runningVerdict(container, circumstances)
  if (state === 'exited') {
    return circumstances.mayFinish && exitCode === 0 ? HEALTHY : {verdict: 'down', reason: ending(container)}
  }
  const verdict = state === 'unknown' ? 'unknown' : 'down'
  return {verdict, reason: {why: 'notRunning', state, restartCount: container.restartCount}}
}

/** Whether all its containers have come to their end. */
export function hasEnded(containers: readonly Container[]): boolean {
  return containers.length > 0 && containers.every(({state}) => state === 'exited')
}
