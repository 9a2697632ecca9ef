import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'

interface Deps {
  readonly incidents: Pick<IncidentStore, 'alone' | 'opener'>
  readonly clock: Pick<Clock, 'sleep'>
  readonly sayWhoOpens?: (who: string | null) => void
}

type Right = Awaited<ReturnType<IncidentStore['alone']>>

/** Somebody else opens one for a moment only. */
const [TRIES, APART_SECONDS] = [100, 0.1]
/** After a second somebody who looks wants to know why nothing happens. */
const SILENT_TRIES = 10

async function rightToOpen({incidents, clock, sayWhoOpens}: Deps): Promise<Right> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const right = await incidents.alone()
    if (right !== null) return right
    if (tried === SILENT_TRIES) sayWhoOpens?.(await incidents.opener())
    await clock.sleep(APART_SECONDS)
  }
  return null
}

/**
 * Does what only one process at a time may do, so that whoever opens an incident sees those that others opened before. An incident is not
 * held up for long, nor by a store in which no right can be written: it is entered all the same, and `isAlone` is false.
 */
export async function oneOpens<T>(
  deps: Deps,
  work: () => Promise<T>,
): Promise<{readonly value: T; readonly isAlone: boolean}> {
  let right: Right = null
  try {
    right = await rightToOpen(deps)
  } catch (error) {
    rethrowBugOrInterrupt(error)
  }
  try {
    return {value: await work(), isAlone: right !== null}
  } finally {
    // It is entered by now: that the right is not given back holds up whoever is next, for a moment.
    await right?.release().catch(() => undefined)
  }
}
