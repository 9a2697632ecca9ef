import {FaciError} from '../../domain/errors.js'
import {glimpseRun, type ListedRun, resolvedBy, type RunGlimpse, type RunList} from '../../domain/execution/run-list.js'
import type {Result} from '../../domain/result.js'
import type {JournaledEvent} from '../../domain/journal/journal-actions.js'
import type {Clock} from '../../ports/clock.js'
import type {Journal} from '../../ports/journal.js'
import type {Leases, LeaseState} from '../../ports/lease.js'
import {runStatus} from '../journal/run-status.js'

export interface ListRunsDeps {
  readonly journal: Journal<JournaledEvent>
  readonly leases: Leases
  readonly clock: Clock
}

export interface ListRunsInput {
  /** The newest N; infinite for all. */
  readonly limit: number
  /** Only those of this runbook. */
  readonly runbook: string | null
  /** Direct commands too. */
  readonly all: boolean
}

/** Read at once: not one after the other, and not ten thousand open files. */
const BATCH = 20

/** null: nothing that can be listed. */
async function glimpse(journal: ListRunsDeps['journal'], id: string): Promise<RunGlimpse | null> {
  try {
    return glimpseRun(id, await journal.ends(id))
  } catch (error) {
    if (error instanceof FaciError && error.code !== 'interrupted') return null
    throw error
  }
}

function isWanted({kind, what}: RunGlimpse, {all, runbook}: ListRunsInput): boolean {
  return (all || kind === 'runbook') && (runbook === null || (kind === 'runbook' && what === runbook))
}

interface Collected {
  readonly wanted: readonly RunGlimpse[]
  readonly lost: number
}

async function collect(journal: ListRunsDeps['journal'], input: ListRunsInput): Promise<Collected> {
  const ids = await journal.list(Number.POSITIVE_INFINITY)
  const wanted: RunGlimpse[] = []
  let lost = 0
  for (let start = 0; start < ids.length && wanted.length < input.limit; start += BATCH) {
    const seen = await Promise.all(ids.slice(start, start + BATCH).map((id) => glimpse(journal, id)))
    const runs = seen.filter((run) => run !== null)
    lost += seen.length - runs.length
    wanted.push(...runs.filter((run) => isWanted(run, input)))
  }
  return {wanted: wanted.slice(0, input.limit), lost}
}

/** A lock is looked at once, whatever the number of runs without an end. */
function rememberedLeases(leases: Leases): Pick<Leases, 'inspect'> {
  const states = new Map<string, Promise<LeaseState>>()
  return {
    inspect: (project) => {
      const state = states.get(project) ?? leases.inspect(project)
      states.set(project, state)
      return state
    },
  }
}

/** Only when the last events do not say what resolved it is the whole journal read. */
async function whatResolved(journal: ListRunsDeps['journal'], run: RunGlimpse): Promise<string | null> {
  if (run.outcome !== 'resolved' || run.resolvedBy !== null) return run.resolvedBy
  return resolvedBy((await journal.read(run.runId)).events) ?? null
}

function warningsFor(lost: number, place: string): readonly string[] {
  if (lost === 0) return []
  return [`the beginning of ${lost === 1 ? 'one run' : `${String(lost)} runs`} cannot be read: see ${place}`]
}

/** The newest runs. Reads only as many journals as it takes, and of those only the ends. */
export async function listRuns(deps: ListRunsDeps, input: ListRunsInput): Promise<Result<RunList>> {
  const {journal, clock} = deps
  const {wanted, lost} = await collect(journal, input)
  const leases = rememberedLeases(deps.leases)
  const runs = await Promise.all(
    wanted.map(async ({project, finished, ...run}): Promise<ListedRun> => {
      const status = await runStatus(leases, journal, {project, runId: run.runId}, finished)
      return {...run, status, resolvedBy: await whatResolved(journal, {...run, project, finished})}
    }),
  )
  return {verdict: 'ok', data: {at: clock.now().toISOString(), runs}, warnings: warningsFor(lost, journal.place)}
}
