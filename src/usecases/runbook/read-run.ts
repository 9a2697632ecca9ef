import {FaciError} from '../../domain/errors.js'
import type {RunEvent, RunStarted} from '../../domain/journal/events.js'
import type {RunStatus} from '../../domain/journal/run-status.js'
import type {Journal, JournalEntry} from '../../ports/journal.js'
import type {Leases} from '../../ports/lease.js'
import type {StoreKeeper} from '../../ports/store-keeper.js'
import {findRun} from './find-run.js'
import {runStatus} from '../journal/run-status.js'
import {command} from '../../domain/text/shell-command.js'

export interface ReadRunDeps {
  readonly journal: Journal<RunEvent>
  readonly leases: Leases
  /** Knows what was pruned. */
  readonly keeper?: Pick<StoreKeeper, 'prunedRun'>
}

/** A run as its journal has it. */
export interface JournaledRun {
  readonly runId: string
  readonly status: RunStatus
  readonly started: JournalEntry & RunStarted
  /** All of it, in order, `run.started` first; signed and timed. */
  readonly events: readonly (JournalEntry & RunEvent)[]
  /** The runbook as it was run; null when the copy is gone. */
  readonly source: string | null
  /** The journal files of the actions that joined, for `journal.read`. */
  readonly actions: readonly string[]
  /** Lines that could not be read. */
  readonly torn: number
}

/** Where the recorder keeps the copy. */
const RUNBOOK_COPY = 'runbook.md'
const OWN_FILE = 'journal'

/** A direct change is read by `faci runs`; of a journal without its beginning nothing can be told. */
function notOfRunbook(runId: string, events: readonly JournalEntry[]): FaciError {
  return events.some(({kind}) => kind === 'change.planned')
    ? new FaciError('notFound', `${runId} is not the run of a runbook: it is a direct change`, {
        suggestions: [command`faci runs ${runId}`, 'faci runbook runs'],
      })
    : new FaciError('notFound', `the start of ${runId} was not recorded: it cannot be shown`, {
        suggestions: ['faci runs'],
      })
}

/**
 * Reads a run whole, also one in progress. `wanted` as for `findRun`. Errors: `notFound`, also for a journal that is not of a
 * runbook, or whose beginning cannot be read; `usage` when several are meant.
 */
export async function readRun({journal, leases, keeper}: ReadRunDeps, wanted: string): Promise<JournaledRun> {
  const runId = await findRun(journal, wanted, 'runbook', keeper)
  const [{events, torn}, source, files] = await Promise.all([
    journal.read(runId),
    journal.kept(runId, RUNBOOK_COPY),
    journal.files(runId),
  ])
  const started = events.find((event) => event.kind === 'run.started')
  if (started?.kind !== 'run.started') throw notOfRunbook(runId, events)
  const last = events.findLast(({kind}) => kind === 'run.finished' || kind === 'run.resumed')
  const finished = last?.kind === 'run.finished'
  return {
    runId,
    status: await runStatus(leases, journal, started, finished),
    started,
    events,
    source,
    actions: files.filter((file) => file !== OWN_FILE),
    torn,
  }
}
