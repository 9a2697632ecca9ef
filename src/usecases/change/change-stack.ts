import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import type {StackChange} from '../../domain/change/change.js'
import {changeCommand} from '../../domain/change/change-plan.js'
import {consentFlags} from '../../domain/consent/change-gate.js'
import type {ChangeEvent} from '../../domain/change/change-event.js'
import type {ChangeReport} from '../../domain/change/change-report.js'
import type {Ids} from '../../ports/ids.js'
import type {Journal} from '../../ports/journal.js'
import type {Leases} from '../../ports/lease.js'
import {askForChange} from './ask-for-change.js'
import type {AskForChangeDeps} from './ask-for-change.js'
import {joinRun, takeLease} from './enter-lease.js'
import type {HeldRight} from './enter-lease.js'
import {performChange} from './perform-change.js'
import type {PerformChangeDeps, WaitInput} from './perform-change.js'
import {planChange} from './plan-change.js'
import type {PlannedChange, StackPlace} from './plan-change.js'

export interface ChangeStackDeps extends PerformChangeDeps, AskForChangeDeps {
  readonly leases: Leases
  readonly ids: Ids
  readonly journal: Journal<ChangeEvent>
}

export interface ChangeStackInput extends WaitInput {
  readonly change: StackChange
  readonly place: StackPlace
  readonly yes: boolean
  /** `--confirm`. */
  readonly confirm: string | null
  /** `--approve`. */
  readonly approve: string | null
  readonly dryRun: boolean
  /** `--takeover`: why the lock of a holder that is gone may be taken. */
  readonly takeover: string | null
  /** Set inside a run's block: proves membership of the run. */
  readonly runToken: string | null
  /** Set inside a block that may only look. */
  readonly readOnly: boolean
  readonly signal: AbortSignal
}

function emptyReport({plan}: PlannedChange, dryRun: boolean): ChangeReport {
  return {
    plan,
    dryRun,
    refusal: null,
    runId: null,
    evidence: [],
    images: [],
    compose: null,
    services: [],
    leftBehind: null,
    durationSeconds: 0,
  }
}

function enter(
  deps: ChangeStackDeps,
  {change, place, runToken, takeover, signal}: ChangeStackInput,
): Promise<HeldRight> {
  const {project} = place
  if (runToken !== null) return joinRun(deps, project, runToken)
  return takeLease(deps, {project, reason: changeCommand(change).join(' '), takeover, signal})
}

async function perform(
  deps: ChangeStackDeps,
  input: ChangeStackInput,
  planned: PlannedChange,
  how: string,
): Promise<Result<ChangeReport>> {
  const right = await enter(deps, input)
  try {
    const consent = input.yes ? consentFlags(planned.plan) : []
    const journal = await deps.journal.open(right.runId, right.file)
    try {
      await journal.append({kind: 'change.planned', plan: planned.plan})
      await journal.append({kind: 'change.approved', how})
      if (right.takenOver !== null) {
        const {from, reason} = right.takenOver
        await journal.append({kind: 'lock.takenOver', from: `${from.operator}@${from.host}`, reason})
      }
      const result = await performChange(deps, {...input, planned, right, journal, consent})
      return {...result, data: {...result.data, runId: right.runId}}
    } finally {
      await journal.close()
    }
  } finally {
    await right.release()
  }
}

/**
 * Changes the Compose service: plan, consent, lock, journal, evidence, change, and proof that it came to what was wanted. Errors:
 * `refused` where only looking is allowed, `locked` naming the holder, `notFound`, and those of the engine and of Compose.
 */
export async function changeStack(deps: ChangeStackDeps, input: ChangeStackInput): Promise<Result<ChangeReport>> {
  const {change, dryRun, readOnly, yes, confirm, approve, runToken} = input
  if (readOnly && !dryRun) {
    throw new FaciError(
      'refused',
      `${changeCommand(change).join(' ')} changes something, and this block is read-only`,
      {
        suggestions: ['make the block {mitigate}, or look with faci status or faci logs'],
      },
    )
  }
  const planned = await planChange(deps, change, input.place)
  const {warnings} = planned
  const empty = emptyReport(planned, dryRun)
  if (dryRun) return {verdict: 'ok', data: empty, warnings}
  const given = {yes, confirm, approve, inRun: runToken !== null}
  const answer = await askForChange(deps, planned.plan, given, input.signal)
  if (answer.kind === 'refused') return {verdict: 'refused', data: {...empty, refusal: answer.refusal}, warnings}
  const result = await perform(deps, input, planned, answer.how)
  return {...result, warnings: [...warnings, ...(result.warnings ?? [])]}
}
