import type {RunStarted} from '../../domain/execution/events.js'
import type {RunStatus} from '../../domain/execution/run-status.js'
import type {Leases} from '../../ports/lease.js'

/** A run without an end goes on as long as it holds the lock; else it died. */
export async function runStatus(
  leases: Pick<Leases, 'inspect'>,
  {project, runId}: Pick<RunStarted, 'project' | 'runId'>,
  finished: boolean,
): Promise<RunStatus> {
  if (finished) return 'finished'
  const state = await leases.inspect(project)
  return state.kind === 'held' && state.holder.runId === runId ? 'running' : 'interrupted'
}
