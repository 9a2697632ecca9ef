import type {Container} from '../../domain/stack/container.js'
import type {Clock} from '../../ports/clock.js'
import type {LogSource} from '../../ports/log-source.js'
import {type ContainerScan, containerScan, type FoundEntry} from './scan-container.js'
import type {LogQuery} from './log-query.js'

export interface FollowDeps {
  readonly logs: LogSource
  readonly clock: Clock
}

/** A line that more might continue is given out after this long without another byte. */
const IDLE_SECONDS = 0.15

/** Earlier than the last line seen, so that none is missed; what was seen already is dropped by its stamp. */
const OVERLAP_SECONDS = 0.001

function sinceOf(stamp: string | null, since: number | undefined): {readonly since?: number} {
  if (stamp !== null) return {since: Date.parse(stamp) / 1000 - OVERLAP_SECONDS}
  return since === undefined ? {} : {since}
}

/** The next chunk; while it is late, `onIdle` once. */
async function nextOrIdle(
  iterator: AsyncIterator<Buffer>,
  clock: Clock,
  onIdle: () => Promise<void>,
): Promise<IteratorResult<Buffer>> {
  const awake = new AbortController()
  const next = iterator.next()
  const idle = clock.sleep(IDLE_SECONDS, awake.signal).then(
    () => true,
    () => false,
  )
  const first = await Promise.race([next.then(() => false), idle])
  awake.abort()
  if (first) await onIdle()
  return next
}

/**
 * Follows one container until it stops or the signal aborts, from after `seen` (the engine's time of a line) on. Answers the time of
 * the last line, to go on from when it starts again.
 */
export async function followContainer(
  {logs, clock}: FollowDeps,
  container: Container,
  {filter, since}: LogQuery,
  seen: string | null,
  sink: (found: readonly FoundEntry[]) => Promise<void>,
  signal: AbortSignal,
): Promise<string | null> {
  const scan: ContainerScan = containerScan(container, filter, true)
  const give = async (found: readonly FoundEntry[]): Promise<void> => {
    const fresh = seen === null ? found : found.filter(({order}) => order > seen)
    if (fresh.length > 0) await sink(fresh)
  }
  const range = {...sinceOf(seen, since), follow: true, stamped: true}
  const iterator = logs.read(container, range, signal)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const step = await nextOrIdle(iterator, clock, () => give(scan.flush()))
      if (step.done === true) break
      await give(scan.push(step.value))
    }
    await give(scan.end())
  } finally {
    await iterator.return?.()
  }
  return scan.lastStamp() ?? seen
}
