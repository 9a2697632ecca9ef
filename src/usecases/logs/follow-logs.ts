import {FaciError} from '../../domain/errors.js'
import type {LogSearch} from '../../domain/logs/log-report.js'
import type {Result} from '../../domain/result.js'
import type {Container} from '../../domain/stack/container.js'
import type {LogSource} from '../../ports/log-source.js'
import {selectContainers, selectKnown} from '../stack/select-containers.js'
import {followContainer, type FollowDeps} from './follow-container.js'
import {lastMatches} from './last-matches.js'
import {type LogDeps, type LogQuery, type LogSink, nothingToRead} from './log-query.js'
import {partialLogs} from './partial-logs.js'
import {resumableLog} from './resumable-log.js'
import type {FoundEntry} from './scan-container.js'

/** How often containers are looked for that have started, restarted or been added. */
const LOOK_SECONDS = 1

/** Shown of the past at most, when the query names no `tail`. */
const MOST_PAST_ENTRIES = 100_000

interface Followed {
  /** Its log, which goes on where it was when it is read again. */
  readonly logs: LogSource
  running: boolean
  /** It has been said that it stopped. */
  noted: boolean
}

interface Following {
  readonly query: LogQuery
  readonly give: (found: readonly FoundEntry[]) => Promise<void>
  readonly note: (text: string) => void
  readonly signal: AbortSignal
  readonly known: Map<string, Followed>
}

function canLog({state}: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting'
}

function byOrder(first: FoundEntry, second: FoundEntry): number {
  return first.order < second.order ? -1 : Number(first.order > second.order)
}

function followed(known: Map<string, Followed>, id: string, logs: LogSource): Followed {
  const state = known.get(id) ?? {logs: resumableLog(logs), running: false, noted: false}
  known.set(id, state)
  return state
}

/** Gives out the last entries of what there is; what cannot be read is told of when it is followed. */
async function showPast({logs}: LogDeps, containers: readonly Container[], following: Following): Promise<void> {
  const {query, give, known, signal} = following
  const count = query.tail ?? MOST_PAST_ENTRIES
  const reading = {stamped: true, signal}
  const pasts = await Promise.all(
    containers.map((each) =>
      lastMatches(partialLogs(followed(known, each.id, logs).logs), each, query, count, reading),
    ),
  )
  const found = pasts.flat().sort(byOrder)
  await give(query.tail === undefined ? found : found.slice(-query.tail))
}

async function followOne(
  {logs, clock}: LogDeps & FollowDeps,
  container: Container,
  following: Following,
): Promise<void> {
  const {query, give, note, signal, known} = following
  const state = followed(known, container.id, logs)
  if (state.running) return
  state.running = true
  const onBytes = (): void => {
    state.noted = false
  }
  try {
    await followContainer({logs: state.logs, clock}, container, query, {sink: give, onBytes}, signal)
    if (!signal.aborted && !state.noted) note(`${container.name} stopped logging; waiting for it to come back`)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    if (!state.noted) note(`${error.message}; trying again`)
  } finally {
    state.noted = true
    state.running = false
  }
}

/** What fails is noted once, until it works again. */
async function look(deps: LogDeps, following: Following, failed: boolean): Promise<readonly Container[] | null> {
  try {
    return (await selectContainers(deps.engine, following.query)).containers.filter(canLog)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    if (!failed) following.note(`${error.message}; trying again`)
    return null
  }
}

/**
 * Gives out the last matching entries, then new ones as they come, until the signal aborts: across restarts, and from containers that are
 * added or made anew. `note` tells of interruptions. Throws `notFound` for an unknown service at the start.
 */
export async function followLogs(
  deps: LogDeps & FollowDeps,
  query: LogQuery,
  sink: LogSink,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<Result<LogSearch>> {
  let matched = 0
  const give = async (found: readonly FoundEntry[]): Promise<void> => {
    matched += found.length
    await sink(found.map(({entry}) => entry))
  }
  const following: Following = {query, give, note, signal, known: new Map()}
  const selected = await selectKnown(deps, query)
  const first = selected.containers
  nothingToRead(query.project, selected).forEach(note)
  await showPast(deps, first, following)
  const tasks = new Set<Promise<unknown>>()
  const failures: unknown[] = []
  let containers: readonly Container[] | null = first.filter(canLog)
  while (!signal.aborted && failures.length === 0) {
    for (const container of containers ?? []) {
      if (following.known.get(container.id)?.running === true) continue
      const task = followOne(deps, container, following).catch((error: unknown) => failures.push(error))
      tasks.add(task)
      void task.then(() => tasks.delete(task))
    }
    const isOver = await deps.clock.sleep(LOOK_SECONDS, signal).then(
      () => false,
      () => true,
    )
    if (isOver) break
    containers = await look(deps, following, containers === null)
  }
  await Promise.all(tasks)
  if (failures.length > 0) throw failures[0]
  const services = [...new Set(first.map(({service}) => service))]
  return {
    verdict: 'ok',
    data: {project: query.project, services, containers: following.known.size, matched, examined: null},
  }
}
