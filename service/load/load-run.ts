import {setMaxListeners} from 'node:events'
import {setTimeout as delay} from 'node:timers/promises'
import type {Sender} from './http-sender.js'
import type {Random} from './seeded-random.js'
import {nextGapMs} from './seeded-random.js'
import type {Tally} from './tally.js'
import type {LoadRequest, TrafficMix} from './traffic-mix.js'
import {ARRIVAL_SHARE, followUp} from './traffic-mix.js'

interface RunDeps {
  readonly send: Sender
  readonly nextRequest: TrafficMix
  readonly random: Random
  readonly now: () => number
  /** Each outcome goes to every tally. */
  readonly tallies: () => readonly Tally[]
}

interface RunOptions {
  readonly rps: number
  readonly maxInFlight: number
  readonly signal: AbortSignal
}

/** Sends until aborted; resolves once everything sent has been answered or given up. */
export async function runLoad(deps: RunDeps, {rps, maxInFlight, signal}: RunOptions): Promise<void> {
  // Every click that waits for its moment listens to the signal.
  setMaxListeners(0, signal)
  const open = new Set<Promise<void>>()
  const launch = (load: LoadRequest): void => {
    if (open.size >= maxInFlight) {
      for (const tally of deps.tallies()) tally.drop()
      return
    }
    const exchange = perform(deps, load, launch, signal)
    open.add(exchange)
    void exchange.then(() => open.delete(exchange))
  }
  let dueMs = deps.now()
  while (!signal.aborted) {
    dueMs += nextGapMs(deps.random, rps * ARRIVAL_SHARE)
    const waitMs = dueMs - deps.now()
    if (waitMs > 0 && !(await sleep(waitMs, signal))) break
    launch(deps.nextRequest(deps.now()))
  }
  await Promise.all(open)
}

type Launch = (load: LoadRequest) => void

async function perform(deps: RunDeps, load: LoadRequest, launch: Launch, signal: AbortSignal): Promise<void> {
  const {status, cache, durationMs, cars} = await deps.send(load)
  for (const tally of deps.tallies()) tally.add({kind: load.kind, status, cache, durationMs})
  const click = followUp(deps.random, cars)
  if (click === undefined) return
  void sleep(200 + deps.random() * 1800, signal).then((elapsed) => {
    if (elapsed) launch(click)
  })
}

/** False when aborted before the time was up. */
async function sleep(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, true, {signal}).catch(() => false)
}
