import type {Action} from '../../domain/execution/action.js'
import type {Detail, TakeoverGrounds} from '../../domain/journal/detail.js'
import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Lease} from '../../ports/lease.js'
import {takeoverReason} from '../change/enter-lease.js'
import {EVIDENCE_SECONDS, keepEvidence} from '../change/keep-evidence.js'
import type {RunContext} from './run-context.js'
import {command} from '../../domain/text/shell-command.js'

/** More than a block's grace. */
const REMAINS_SECONDS = 30
const POLL_SECONDS = 0.5

/** A run that goes on finds the lock as it left it when it died: that is its own, once what it had started has ended. */
async function isOwnLeftover({deps, input, runId, action}: RunContext): Promise<boolean> {
  const {leases, clock, progress} = deps
  const deadline = clock.monotonicSeconds() + REMAINS_SECONDS
  for (let waited = false; ; waited = true) {
    const state = await leases.inspect(input.place.project)
    if (state.kind === 'free' || state.holder.runId !== runId) return false
    if (state.kind === 'stale') return true
    if (state.remains === null || clock.monotonicSeconds() >= deadline) return false
    if (!waited) progress.say(`Waiting until what this run had started has ended (session ${String(state.remains)})`)
    await clock.sleep(POLL_SECONDS, action.signal)
  }
}

/** What a run that goes on knows of itself was read before it had the lock. Errors: `refused`. */
async function checkUnmoved({deps, runId, known}: RunContext): Promise<void> {
  if (known === null) return
  const writer = await deps.journal.writer(runId)
  const {events} = await deps.journal.read(runId)
  if (events.length === known && writer === null) return
  throw new FaciError('refused', `${runId} has been resumed by somebody else${writer === null ? '' : `, ${writer}`}`, {
    suggestions: [command`faci runbook runs ${runId}`],
  })
}

function takenFrom({runId, input}: RunContext, {takenFrom: holder}: Lease, isOwn: boolean): Detail | null {
  if (holder === null) return null
  const {operator, host, reason} = holder
  const typed: TakeoverGrounds =
    input.takeover === null ? {why: 'confirmed'} : {why: 'typedReason', text: input.takeover}
  const grounds: TakeoverGrounds = isOwn ? {why: 'ownLock', runId} : typed
  return {why: 'takenOver', from: `${operator}@${host}`, purpose: reason, grounds}
}

/** Takes the lock. Errors: `locked`, naming who holds it; `refused` when the run has gone on meanwhile. */
export async function performLease(context: RunContext): Promise<void> {
  const {deps, input, plan, runId, recorder} = context
  const {place} = input
  const reason = `runbook ${plan.runbook.name}`
  const wish = {project: place.project, reason, takeover: input.takeover, signal: context.action.signal}
  const isOwn = await isOwnLeftover(context)
  const takeover = isOwn ? `run ${runId} goes on` : await takeoverReason(deps, wish)
  context.lease = await deps.leases.take(place.project, {
    reason,
    runId,
    ...(takeover === null ? {} : {takeover}),
  })
  await checkUnmoved(context)
  context.endSilences = deps.runSilences?.keep(runId) ?? null
  await recorder.record({kind: 'lease.taken', takenFrom: takenFrom(context, context.lease, isOwn)}, true)
}

/** What a block has silenced is silent no longer than the run may change something. */
async function endSilences(context: RunContext): Promise<void> {
  const end = context.endSilences
  context.endSilences = null
  if (end === null) return
  const {ended, problem} = await end()
  const {say} = context.deps.progress
  if (ended > 0)
    say(ended === 1 ? 'The silence of this run has ended' : `${String(ended)} silences of this run have ended`)
  if (problem !== null) say(`! what this run has silenced ends by itself within 5 minutes: ${problem}`)
}

export async function releaseLease(context: RunContext): Promise<void> {
  const {lease} = context
  context.lease = null
  await endSilences(context)
  await lease?.release()
}

/**
 * Logs and inspections of all services before containers are gone: `down` takes more than a runbook is about. What cannot be had
 * stops nothing.
 */
export async function performEvidence(
  context: RunContext,
  {block}: Extract<Action, {kind: 'keepEvidence'}>,
): Promise<void> {
  const {deps, input, recorder} = context
  const task = deps.progress.start(`Keep the evidence before ${block.id}`)
  try {
    const containers = await deps.engine.containers(input.place.project)
    const named = {
      keep: (...[name, content, secrets]: Parameters<typeof recorder.keep>) =>
        recorder.keep(`${block.id}-${name}`, content, secrets),
    }
    const {files, problems} = await keepEvidence(deps, named, containers, {
      seconds: EVIDENCE_SECONDS,
      signal: context.action.signal,
    })
    task.done(`Kept ${String(files.length)} files of evidence before ${block.id}`)
    await recorder.record({kind: 'evidence.kept', id: block.id, files, problems}, true)
  } catch (error) {
    rethrowBugOrInterrupt(error)
    task.fail(`No evidence before ${block.id}: ${error.message}`)
    const problem = {why: 'notKept', container: null, text: error.message} as const
    await recorder.record({kind: 'evidence.kept', id: block.id, files: [], problems: [problem]}, true)
  }
}
