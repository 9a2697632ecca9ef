import type {Container} from './container.js'

/** A container that nobody checks is believed once it has run for this long. */
const STEADY_SECONDS = 5
/** No crash loop is waited for longer than this: Docker itself waits a minute at most between two attempts. */
const LONGEST_SECONDS = 30
/** One or two stumbles while a dependency comes up are ordinary. */
const RESTARTS_OF_A_LOOP = 3
/** What has run for this long since its last restart is no longer in a loop. */
const LOOP_SECONDS = 300

/** How long a container must run before it is believed, in seconds; `previous` is its last lifetime if it exited by itself, else null. */
export function steadySeconds(previous: number | null): number {
  return previous === null ? STEADY_SECONDS : Math.min(LONGEST_SECONDS, Math.max(STEADY_SECONDS, 2 * previous))
}

/**
 * The last lifetime of a container that exited by itself, in seconds; null when it did not. Docker counts restarts since a person last
 * started it and keeps when it last ended, not when that life began: all of its lives together are the bound, which only waits longer.
 */
function previousLifetime({restartCount, createdAt, finishedAt}: Container): number | null {
  if (restartCount === 0) return null
  return finishedAt === null ? LONGEST_SECONDS : Math.max(0, (Date.parse(finishedAt) - Date.parse(createdAt)) / 1000)
}

/** Since it last started, in seconds; null when it never did. A clock that is behind the engine's gives 0. */
export function ranSeconds({startedAt}: Container, now: Date): number | null {
  return startedAt === null ? null : Math.max(0, (now.getTime() - Date.parse(startedAt)) / 1000)
}

/** How long it must have run before it is believed, in seconds, while that is not over; null once it is. */
export function unsteadyUntil(container: Container, now: Date): number | null {
  const needed = steadySeconds(previousLifetime(container))
  return (ranSeconds(container, now) ?? 0) < needed ? needed : null
}

/** It restarts again and again: however well it runs at this moment, it has just done so several times. */
export function isCrashLooping(container: Container, now: Date): boolean {
  const ran = ranSeconds(container, now)
  return container.restartCount >= RESTARTS_OF_A_LOOP && ran !== null && ran < LOOP_SECONDS
}
