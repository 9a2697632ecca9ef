import type {StateVerdict} from '../verdict.js'
import type {Container} from './container.js'
import {isCrashLooping, ranSeconds, unsteadyUntil} from './steadiness.js'

/** What is to be thought of one container, and why it is not healthy. */
export interface ContainerVerdict {
  readonly verdict: StateVerdict
  readonly reason: string | null
}

interface Circumstances {
  readonly now: Date
  /** It runs to its end: exit code 0 is what is wanted of it. */
  readonly mayFinish: boolean
  /** faci's own probe reached this very container, and it is healthy. */
  readonly answers: boolean
}

const HEALTHY: ContainerVerdict = {verdict: 'healthy', reason: null}

export function ending({exitCode, outOfMemory}: Container): string {
  return `exited with ${exitCode ?? 'an unknown code'}${outOfMemory ? ', out of memory' : ''}`
}

function seconds(value: number): string {
  return `${String(Math.floor(value))} s`
}

/** How it goes with a loop: nothing that it says at this moment outweighs that it ended several times just now. */
function loopText(container: Container, now: Date): string {
  return `restarted ${String(container.restartCount)} times, last ${seconds(ranSeconds(container, now) ?? 0)} ago`
}

function runningVerdict(container: Container, {now, answers}: Circumstances): ContainerVerdict {
  if (isCrashLooping(container, now)) return {verdict: 'degraded', reason: loopText(container, now)}
  if (answers || container.health === 'healthy') return HEALTHY
  if (container.health === 'unhealthy') return {verdict: 'down', reason: 'unhealthy'}
  // Not bad, and not seen to be good: nothing may be decided on it.
  if (container.health === 'starting') return {verdict: 'unknown', reason: 'starting'}
  const until = unsteadyUntil(container, now)
  if (until === null) return HEALTHY
  return {verdict: 'unknown', reason: `starting, steady after ${seconds(Math.ceil(until))}`}
}

/** By faci's own probe, else by Docker's health check, else because it has run steadily; a loop is never healthy. */
export function judgeContainer(container: Container, circumstances: Circumstances): ContainerVerdict {
  const {state, exitCode} = container
  if (state === 'running') return runningVerdict(container, circumstances)
  if (state === 'exited') {
    return circumstances.mayFinish && exitCode === 0 ? HEALTHY : {verdict: 'down', reason: ending(container)}
  }
  // Between two lives the engine does not tell the exit code as that of an ended container.
  const often = container.restartCount > 0 ? ` (${String(container.restartCount)} times so far)` : ''
  return {verdict: 'down', reason: `${state}${often}`}
}

/** Whether all its containers have come to their end. */
export function hasEnded(containers: readonly Container[]): boolean {
  return containers.length > 0 && containers.every(({state}) => state === 'exited')
}
