import type {RunEvent} from '../domain/execution/events.js'
import type {RecordedRun} from '../domain/execution/run-record.js'
import type {Result} from '../domain/result.js'
import type {JournaledEvent} from '../domain/stack/journal-actions.js'
import type {ChangeRecord} from '../domain/stack/change-record.js'
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

/** What `faci runs RUN` shows: one file of evidence, a direct change, or the run of a runbook. */
type Recorded =
  | {readonly kind: 'evidence'; readonly text: string}
  | {readonly kind: 'change'; readonly result: Result<ChangeRecord>}
  | {readonly kind: 'run'; readonly result: Result<RecordedRun>}

/** `wanted` as for `findRun`; `last` is the newest of either kind. */
export async function readRecorded(container: Container, wanted: string, evidence: string | null): Promise<Recorded> {
  const [{readEvidence, showChange}, {findRun}, journal, leases] = await Promise.all([
    import('../usecases/stack/show-change.js'),
    import('../usecases/runbook/find-run.js'),
    container.journal<JournaledEvent>(),
    container.leases(),
  ])
  const runId = await findRun(await container.journal<RunEvent>(), wanted, 'any')
  if (evidence !== null) return {kind: 'evidence', text: await readEvidence(journal, runId, evidence)}
  const {first} = await journal.ends(runId)
  if (first?.kind === 'change.planned') return {kind: 'change', result: await showChange({journal, leases}, runId)}
  return {kind: 'run', result: await readRecordedRun(container, runId)}
}
