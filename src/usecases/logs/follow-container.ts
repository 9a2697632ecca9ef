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

/** Follows one container until it stops or the signal aborts. A log that is cut gives out the whole lines that have come, then throws. */
export async function followContainer(
  {logs, clock}: FollowDeps,
  container: Container,
  query: LogQuery,
  {sink, onBytes}: {readonly sink: (found: readonly FoundEntry[]) => Promise<void>; readonly onBytes: () => void},
  signal: AbortSignal,
): Promise<void> {
  const scan: ContainerScan = containerScan(container, query, true)
  const give = async (found: readonly FoundEntry[]): Promise<void> => {
    if (found.length > 0) await sink(found)
  }
  const {since} = query
  const range = {...(since === undefined ? {} : {since}), follow: true, stamped: true}
  const iterator = logs.read(container, range, signal)[Symbol.asyncIterator]()
  try {
    // Following ends with the stream, or when the signal ends the stream: on Ctrl-C, and when stdout is closed.
    for (;;) {
      const step = await nextOrIdle(iterator, clock, () => give(scan.flush()))
      if (step.done === true) break
      onBytes()
      await give(scan.push(step.value))
    }
    await give(scan.end())
  } catch (error) {
    await give(scan.flush())
    throw error
  } finally {
    await iterator.return?.()
  }
}
