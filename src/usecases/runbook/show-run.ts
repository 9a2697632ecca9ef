import {lostRunbook, reconstructRun} from '../../domain/execution/reconstruct-run.js'
import type {JoinedAction, RecordedRun, RunRecord} from '../../domain/execution/run-record.js'
import {type EventWords, timelineOf} from '../../domain/execution/timeline.js'
import type {Result} from '../../domain/result.js'
import {READ_WHOLE} from '../../domain/runbook/lint/rules.js'
import type {Runbook} from '../../domain/runbook/runbook.js'
import {journaledAction, type JournaledEvent} from '../../domain/journal/journal-actions.js'
import type {Journal} from '../../ports/journal.js'
import type {Library} from '../../ports/library.js'
import {type JournaledRun, readRun, type ReadRunDeps} from './read-run.js'

export interface ShowRunDeps extends ReadRunDeps {
  readonly library: Library
  /** What the timeline says of each event. */
  readonly words: EventWords
  /** The same journal, for the files of the actions that joined. */
  readonly actionJournal: Journal<JournaledEvent>
}

interface Copy {
  readonly runbook: Runbook
  readonly problem: string | null
}

async function runbookOf(library: Library, {started, source}: JournaledRun): Promise<Copy> {
  const lost = lostRunbook(started)
  if (source === null) return {runbook: lost, problem: 'the copy of its runbook is gone: only its events are shown'}
  const read = await library.parse(started.runbook, `${started.runbook}.md`, source)
  if (read.kind === 'valid') return {runbook: read.runbook, problem: null}
  if (read.problems.every(({rule}) => READ_WHOLE.has(rule))) return {runbook: read.draft, problem: null}
  const [first] = read.problems
  const why = first === undefined ? '' : ` (line ${String(first.line)}: ${first.message})`
  return {runbook: lost, problem: `the copy of its runbook cannot be read any more${why}: only its events are shown`}
}

async function joined({actionJournal}: ShowRunDeps, {runId, actions}: JournaledRun): Promise<readonly JoinedAction[]> {
  const read = await Promise.all(
    actions.map(async (file): Promise<JoinedAction | null> => {
      const action = journaledAction((await actionJournal.read(runId, file)).events)
      return action === null
        ? null
        : {file, at: action.at, by: action.by, command: action.what, verdict: action.verdict}
    }),
  )
  return read.filter((action) => action !== null)
}

function recordOf(run: JournaledRun, actions: readonly JoinedAction[], words: EventWords): RunRecord {
  const {started, status, events, torn} = run
  const {by, project, directory, mode, force, secretInputs} = started
  const finished = events.findLast(({kind}) => kind === 'run.finished' || kind === 'run.resumed')
  return {
    status,
    startedAt: started.at,
    endedAt: finished?.kind === 'run.finished' ? finished.at : null,
    ...{by, project, directory, mode, force, secretInputs},
    verdict: finished?.kind === 'run.finished' ? finished.verdict : null,
    timeline: timelineOf(events, words),
    actions,
    tornLines: torn,
  }
}

function warningsFor({torn}: JournaledRun, {problem}: Copy): readonly string[] {
  const lines = torn === 1 ? 'a line' : `${String(torn)} lines`
  return [
    ...(torn === 0 ? [] : [`${lines} of its journal cannot be read: what is shown is incomplete`]),
    ...(problem === null ? [] : [problem]),
  ]
}

/**
 * A run as its journal has it, also while it goes on. The verdict is that of the question: how the run ended is in the data. Errors:
 * `notFound`, `usage` for a part of several ids.
 */
export async function showRun(deps: ShowRunDeps, {run}: {readonly run: string}): Promise<Result<RecordedRun>> {
  const read = await readRun(deps, run)
  const [copy, actions] = await Promise.all([runbookOf(deps.library, read), joined(deps, read)])
  const record = recordOf(read, actions, deps.words)
  return {verdict: 'ok', data: {...reconstructRun(read, copy.runbook), record}, warnings: warningsFor(read, copy)}
}
