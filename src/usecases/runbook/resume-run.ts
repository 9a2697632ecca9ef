import type {RunEvent, RunStarted} from '../../domain/journal/events.js'
import type {RunOutcome} from '../../domain/journal/run-outcome.js'
import type {RunPlan} from '../../domain/execution/plan.js'
import type {RunReport} from '../../domain/execution/run-report.js'
import type {RunbookPlan} from '../../domain/execution/runbook-plan.js'
import {glimpseRun, type RunGlimpse} from '../../domain/execution/run-list.js'
import {hasMitigations} from '../../domain/execution/ladder.js'
import {canGoOn} from '../../domain/execution/refused-gates.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {runbookHash, shownHash} from '../../domain/runbook/runbook-hash.js'
import type {PlacedRunbook, Runbook, StepItem} from '../../domain/runbook/runbook.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {Journal} from '../../ports/journal.js'
import {findRun} from './find-run.js'
import {describePlan, type PlanRunbookDeps} from './plan-runbook.js'
import {prepareRunbook, readRunbook, WHOLE_RUNBOOK} from './prepare-run.js'
import type {ReadRunDeps} from './read-run.js'
import type {PrepareDeps, PrepareInput, RunDeps, RunInput} from './run-context.js'
import {carryOut, type Past} from './run-runbook.js'
import {command} from '../../domain/text/shell-command.js'

/** A runbook as it was when the run began, and as it is now. */
export interface RunbookChange {
  readonly name: string
  /** null: the run kept no copy. */
  readonly before: string | null
  readonly after: string
}

/** The run that was found where none was named, and what was done after it began. */
export interface FoundRun {
  readonly runId: string
  readonly runbook: string
  readonly startedAt: IsoTime
  /** `operator@host`. */
  readonly by: string
  /** null: no end was recorded. */
  readonly outcome: RunOutcome | null
  /** Newest first. */
  readonly later: readonly RunGlimpse[]
}

interface ResumeDeps extends ReadRunDeps {
  /** Says which run it is that goes on, where none was named. */
  readonly showFound: (run: FoundRun) => void
  /** Shows a changed runbook to whoever is asked about it. */
  readonly showChange: (change: RunbookChange) => Promise<void>
}

/** `runId` null: the newest one that can go on. */
type Given<I extends PrepareInput> = Omit<I, 'name' | 'inputs' | 'diagnose' | 'selection'> & {
  readonly runId: string | null
}

const RECENT_RUNS = 200

interface Found extends Past {
  readonly torn: number
  readonly missing: number
  readonly startedAt: IsoTime
  readonly by: string
}

function lastOf<K extends RunEvent['kind']>(events: readonly RunEvent[], ...kinds: K[]) {
  return events.findLast((event): event is Extract<RunEvent, {kind: K}> => (kinds as string[]).includes(event.kind))
}

/** Why a run cannot go on; null when it can. */
function whyOver({started, events}: Past): string | null {
  if (started.mode === 'diagnose') return 'it only looked'
  const last = lastOf(events, 'run.finished', 'run.resumed')
  if (last?.kind !== 'run.finished' || canGoOn(last.outcome)) return null
  return `it ended ${last.outcome}`
}

async function readPast(journal: Journal<RunEvent>, id: string): Promise<Found | null> {
  const {events, torn, missing} = await journal.read(id)
  const started = events.find((event): event is Extract<typeof event, RunStarted> => event.kind === 'run.started')
  return started === undefined ? null : {started, events, torn, missing, startedAt: started.at, by: started.by}
}

async function named({journal, keeper}: ResumeDeps, wanted: string): Promise<Found> {
  const id = await findRun(journal, wanted, 'runbook', keeper)
  const past = await readPast(journal, id)
  const suggestions = ['faci runbook runs']
  if (past === null) {
    const other = command`faci runs ${id}`
    throw new FaciError('usage', `${id} is not the run of a runbook`, {suggestions: [other, ...suggestions]})
  }
  const why = whyOver(past)
  if (why === null) return past
  throw new FaciError('usage', `${id} has nothing left to do: ${why}`, {
    suggestions: [command`faci runbook ${past.started.runbook}`, ...suggestions],
  })
}

async function later(journal: Journal<RunEvent>, ids: readonly string[]): Promise<readonly RunGlimpse[]> {
  const runs = await Promise.all(
    ids.map(async (id) => {
      const ends = await journal.ends(id).catch(() => null)
      return ends === null ? null : glimpseRun(id, ends)
    }),
  )
  return runs.filter((run) => run !== null)
}

async function newest({journal, showFound}: ResumeDeps): Promise<Found> {
  const ids = await journal.list(RECENT_RUNS)
  for (const [index, runId] of ids.entries()) {
    const past = await readPast(journal, runId).catch(() => null)
    if (past === null || whyOver(past) !== null) continue
    const {started, startedAt, by, events} = past
    const outcome = lastOf(events, 'run.finished')?.outcome ?? null
    const after = await later(journal, ids.slice(0, index))
    showFound({runId, runbook: started.runbook, startedAt, by, outcome, later: after})
    return past
  }
  throw new FaciError('notFound', 'no run was interrupted, refused or killed: there is nothing to resume', {
    suggestions: ['faci runbook runs', 'faci runbook'],
  })
}

async function askAboutChange(deps: ResumeDeps & PrepareDeps, {started}: Found, now: Runbook): Promise<void> {
  const {runId, runbook: name} = started
  const before = await deps.journal.kept(runId, 'runbook.md')
  await deps.showChange({name, before, after: now.source})
  const choices = [
    {key: 'y', label: 'yes'},
    {key: 'n', label: 'no'},
  ]
  const question = 'The runbook has changed since the run began. Continue with it as it is now?'
  if ((await deps.prompt.choose(question, choices)) === 'y') return
  throw new FaciError('refused', `${name} has changed since the run began, and you declined the change`)
}

/** The runbook as it is now. Errors: `refused` when it has changed and nobody agrees to that. */
async function agreedRunbook(
  deps: ResumeDeps & PrepareDeps,
  found: Found,
  approve: readonly string[],
): Promise<PlacedRunbook> {
  const {started, events} = found
  const runbook = await readRunbook(deps.library, started.runbook)
  const known = lastOf(events, 'run.resumed')?.hash ?? started.hash
  const hash = runbookHash(runbook.source)
  const approval = `${WHOLE_RUNBOOK}@${shownHash(hash)}`
  if (hash === known || approve.includes(approval)) return runbook
  if (deps.prompt.available) {
    await askAboutChange(deps, found, runbook)
    return runbook
  }
  await deps.showChange({
    name: runbook.name,
    before: await deps.journal.kept(started.runId, 'runbook.md'),
    after: runbook.source,
  })
  throw new FaciError('refused', `${started.runbook} has changed since the run began`, {
    suggestions: [command`faci runbook resume ${started.runId} --approve ${approval}`],
  })
}

/** Two processes must not write one journal, change one service, and tell people twice. Errors: `locked`. */
async function refuseAlive({journal, leases}: ResumeDeps, {started: {runId, project}}: Found): Promise<void> {
  const state = await leases.inspect(project)
  const isHeld = state.kind === 'held' && state.holder.runId === runId && state.remains === null
  const who = isHeld ? `${state.holder.operator}@${state.holder.host} (pid ${String(state.holder.pid)})` : null
  const writer = who ?? (await journal.writer(runId))
  if (writer === null) return
  throw new FaciError('locked', `${runId} is still running: ${writer}`, {
    suggestions: [command`faci runbook runs ${runId}`, 'faci status'],
  })
}

/** Where events are gone, nobody knows what was done: everything that changes something is asked about, whatever was said beforehand. */
function doubtful(runbook: PlacedRunbook): PlacedRunbook {
  const asked = (item: StepItem): StepItem => (item.role === 'mitigate' ? {...item, confirm: 'always'} : item)
  return {...runbook, steps: runbook.steps.map((step) => ({...step, items: step.items.map(asked)}))}
}

interface Prepared<I extends PrepareInput> {
  readonly found: Found
  readonly plan: RunPlan
  readonly input: I
}

async function prepare<I extends PrepareInput>(
  deps: ResumeDeps & PrepareDeps,
  given: Given<I>,
): Promise<Prepared<Given<I> & PrepareInput>> {
  const found = await (given.runId === null ? newest(deps) : named(deps, given.runId))
  await refuseAlive(deps, found)
  const {started} = found
  if (started.project !== given.place.project)
    throw new FaciError('usage', `${started.runId} is a run for ${started.project}, and this is ${given.place.project}`)
  const runbook = await agreedRunbook(deps, found, given.approve)
  const declared = runbook.inputs.map(({name}) => name)
  const inputs = Object.fromEntries(Object.entries(started.inputs).filter(([name]) => declared.includes(name)))
  const input = {
    ...given,
    name: started.runbook,
    inputs,
    diagnose: false,
    selection: started.selection,
    place: {...given.place, directory: started.directory},
  }
  const plan = await prepareRunbook(deps, found.missing === 0 ? runbook : doubtful(runbook), input)
  if (hasMitigations(plan)) return {found, plan, input}
  throw new FaciError('usage', `${started.runbook} changes nothing: run it again instead`, {
    suggestions: [command`faci runbook ${started.runbook}`],
  })
}

function warningsOf({torn, missing}: Found): readonly string[] {
  if (missing > 0) {
    const gone = missing === 1 ? '1 event of its journal is gone' : `${String(missing)} events of its journal are gone`
    return [`${gone}: what was done is not known for sure, so each change is asked about`]
  }
  return torn === 0 ? [] : ['the last line of its journal was torn: what it said is not known']
}

/**
 * Goes on with a run that was interrupted, refused or killed: `resolved` is looked at first, what has a result is not done again, and
 * what was started without one is asked about. Errors: `notFound`, `usage`, `refused`, and those of `runRunbook`.
 */
export async function resumeRun(deps: RunDeps & ResumeDeps, given: Given<RunInput>): Promise<Result<RunReport>> {
  if (given.readOnly) throw new FaciError('refused', 'a read-only block cannot run mitigations')
  const {found, plan, input} = await prepare<RunInput>(deps, given)
  const result = await carryOut(deps, plan, input, found)
  return {...result, warnings: [...warningsOf(found), ...(result.warnings ?? [])]}
}

/** `--dry-run`: what is left to do, and what became of the rest. Changes nothing. */
export async function planResume(
  deps: PlanRunbookDeps & ResumeDeps,
  given: Given<PrepareInput>,
): Promise<Result<RunbookPlan>> {
  const {found, plan, input} = await prepare<PrepareInput>(deps, given)
  const result = await describePlan(
    deps,
    plan,
    {place: input.place, asked: {resumed: found.started.runId, inputs: {}}},
    found.events,
  )
  return {...result, warnings: [...warningsOf(found), ...(result.warnings ?? [])]}
}
