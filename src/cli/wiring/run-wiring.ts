import type {RunEvent} from '../../domain/journal/events.js'
import type {EventWords} from '../../domain/execution/timeline.js'
import type {RecordedRun} from '../../domain/execution/run-record.js'
import type {Result} from '../../domain/result.js'
import type {JournaledEvent} from '../../domain/journal/journal-actions.js'
import type {ChangeRecord} from '../../domain/journal/change-record.js'
import type {ListRunsDeps} from '../../usecases/runbook/list-runs.js'
import type {StoreKeeper} from '../../ports/store-keeper.js'
import type {App} from '../app/app-ports.js'

export async function listRunsDeps(app: App): Promise<ListRunsDeps> {
  const [journal, leases, clock] = await Promise.all([app.journal<JournaledEvent>(), app.leases(), app.clock()])
  return {journal, leases, clock}
}

/** Loaded only when a run is not there. */
export function keeperOf(app: App): Pick<StoreKeeper, 'prunedRun'> {
  return {prunedRun: async (part) => (await app.storeKeeper()).prunedRun(part)}
}

/** Loaded only for one run: what rebuilds it is nothing that a list needs. `words`: of the timeline, where those of screens are not meant. */
export async function readRecordedRun(app: App, run: string, words?: EventWords): Promise<Result<RecordedRun>> {
  const [{showRun}, {EVENTS}, journal, actionJournal, leases, library] = await Promise.all([
    import('../../usecases/runbook/show-run.js'),
    import('../../render/words/en/events.js'),
    app.journal<RunEvent>(),
    app.journal<JournaledEvent>(),
    app.leases(),
    app.library(),
  ])
  return showRun({journal, actionJournal, leases, library, words: words ?? EVENTS, keeper: keeperOf(app)}, {run})
}

/** What `faci runs RUN` shows: one file of evidence, a direct change, or the run of a runbook. */
type Recorded =
  | {readonly kind: 'evidence'; readonly text: string}
  | {readonly kind: 'change'; readonly result: Result<ChangeRecord>}
  | {readonly kind: 'run'; readonly result: Result<RecordedRun>}

/** `wanted` as for `findRun`; `last` is the newest of either kind. */
export async function readRecorded(app: App, wanted: string, evidence: string | null): Promise<Recorded> {
  const [{readEvidence, showChange}, {findRun}, journal, leases] = await Promise.all([
    import('../../usecases/journal/show-change.js'),
    import('../../usecases/runbook/find-run.js'),
    app.journal<JournaledEvent>(),
    app.leases(),
  ])
  const runId = await findRun(await app.journal<RunEvent>(), wanted, 'any', keeperOf(app))
  if (evidence !== null) return {kind: 'evidence', text: await readEvidence(journal, runId, evidence)}
  const {first} = await journal.ends(runId)
  if (first?.kind !== 'change.planned') return {kind: 'run', result: await readRecordedRun(app, runId)}
  const {CHANGE_EVENTS: words} = await import('../../render/words/en/change-events.js')
  return {kind: 'change', result: await showChange({journal, leases, words}, runId)}
}
