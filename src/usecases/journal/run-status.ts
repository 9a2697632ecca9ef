import type {RunStarted} from '../../domain/journal/events.js'
import type {RunStatus} from '../../domain/journal/run-status.js'
import type {Journal} from '../../ports/journal.js'
import type {Leases} from '../../ports/lease.js'

/** A run without an end goes on as long as its process writes its journal, also at its checklist, when it has no lock any more; else it died. */
export async function runStatus(
  leases: Pick<Leases, 'inspect'>,
  journal: Pick<Journal<never>, 'writer'>,
  {project, runId}: Pick<RunStarted, 'project' | 'runId'>,
  finished: boolean,
): Promise<RunStatus> {
  if (finished) return 'finished'
  if ((await journal.writer(runId)) !== null) return 'running'
  const state = await leases.inspect(project)
  return state.kind === 'held' && state.holder.runId === runId ? 'running' : 'interrupted'
}
