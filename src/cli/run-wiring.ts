import type {RunEvent} from '../domain/execution/events.js'
import type {RecordedRun} from '../domain/execution/run-record.js'
import type {Result} from '../domain/result.js'
import type {JournaledEvent} from '../domain/stack/journal-actions.js'
import type {ListRunsDeps} from '../usecases/runbook/list-runs.js'
import type {Container} from './container-ports.js'

export async function listRunsDeps(container: Container): Promise<ListRunsDeps> {
  const [journal, leases, clock] = await Promise.all([
    container.journal<JournaledEvent>(),
    container.leases(),
    container.clock(),
  ])
  return {journal, leases, clock}
}

/** Loaded only for one run: what rebuilds it is nothing that a list needs. */
export async function readRecordedRun(container: Container, run: string): Promise<Result<RecordedRun>> {
  const [{showRun}, journal, actionJournal, leases, library] = await Promise.all([
    import('../usecases/runbook/show-run.js'),
    container.journal<RunEvent>(),
    container.journal<JournaledEvent>(),
    container.leases(),
    container.library(),
  ])
  return showRun({journal, actionJournal, leases, library}, {run})
}
