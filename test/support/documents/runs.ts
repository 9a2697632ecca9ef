import type {ChangeRecordDocument, RunbookRunDocument, RunbookRunsDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {listRuns} from '../../../src/usecases/runbook/list-runs.js'
import {showRun} from '../../../src/usecases/runbook/show-run.js'
import {CHANGE_EVENTS} from '../../../src/render/words/en/change-events.js'
import {showChange} from '../../../src/usecases/journal/show-change.js'
import {anyEvents, journaled, RESTARTED, resolvedRun, restartedKeeping, startedEvent} from '../journaled-runs.js'
import {NOW} from './stack.js'

const DIED = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const COMMAND = '01BX5ZZKBKACTAV9WEVGEMMVRZ'

/** A resolved run, one that died, and a direct command. */
export async function runbookRunsDocuments(): Promise<readonly RunbookRunsDocument[]> {
  const {at} = await resolvedRun()
  await journaled(at.journal, DIED, [startedEvent(DIED)])
  await journaled(at.journal, COMMAND, RESTARTED)
  const deps = {journal: anyEvents(at.journal), leases: at.leases, clock: at.clock}
  const result = await listRuns(deps, {limit: 20, runbook: null, all: true})
  return [envelope('runbook-runs', result, NOW)]
}

/** A finished run and one without an end, read from the journal. */
export async function recordedRunDocuments(): Promise<readonly RunbookRunDocument[]> {
  const {at, runId, deps} = await resolvedRun()
  await journaled(at.journal, DIED, [startedEvent(DIED, {secretInputs: ['token']})])
  const shown = await Promise.all([runId, DIED].map((run) => showRun(deps, {run})))
  return shown.map((result) => envelope('runbook-run', result, NOW))
}

/** A direct change that kept evidence, read from the journal. */
export async function changeRecordDocuments(): Promise<readonly ChangeRecordDocument[]> {
  const {at} = await resolvedRun()
  await journaled(at.journal, COMMAND, restartedKeeping([`/srv/.faci/runs/${COMMAND}/x-api-1.log`]))
  const result = await showChange({journal: anyEvents(at.journal), leases: at.leases, words: CHANGE_EVENTS}, COMMAND)
  return [envelope('change-record', result, NOW)]
}
