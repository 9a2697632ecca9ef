import type {ActVerdict} from '../verdict.js'
import type {BareWhy, Reason} from '../journal/reason.js'
import type {RunOutcome} from '../journal/run-outcome.js'
import {foundResolved, type Ladder} from './ladder.js'
import {tellings} from './last-word.js'
import type {RunPlan} from './plan.js'
import {AFTER_ROLLBACK, rollbackResult} from './rollback.js'
import {itemState, lastSeen, type RunState} from './run-state.js'

/** What the run came to. */
export interface Conclusion {
  readonly outcome: RunOutcome
  readonly verdict: ActVerdict
  /** Why it ended like this; empty when it says itself. */
  readonly reason: readonly Reason[]
  /** The mitigation after which `resolved` held. */
  readonly resolvedBy: string | null
  /** When it was seen that the incident is over, since the run's start; null when it is not. */
  readonly resolvedAfterSeconds: number | null
}

const VERDICT: Readonly<Record<Exclude<RunOutcome, 'diagnosed'>, ActVerdict>> = {
  resolved: 'ok',
  alreadyResolved: 'ok',
  rolledBack: 'rolledBack',
  rollbackFailed: 'rollbackFailed',
  unresolved: 'bad',
  unknown: 'unknown',
  refused: 'refused',
  interrupted: 'interrupted',
}

/** Where it ended when nothing is left to climb: a forced run goes on although it saw that it is resolved. */
function atTheTop(plan: RunPlan, state: RunState, now: Ladder): Ladder {
  const isOut = (now.kind === 'climbing' || now.kind === 'looking') && plan.mode !== 'diagnose'
  const last = state.looks.at(-1)
  return isOut && last?.state === 'true' && last.after !== AFTER_ROLLBACK ? foundResolved(plan, state) : now
}

type Ended = Pick<Conclusion, 'outcome' | 'reason'>

function outcomeOf({mode, runbook}: RunPlan, state: RunState, now: Ladder): Ended {
  if (now.kind === 'stopped' && now.outcome === 'interrupted') return {outcome: now.outcome, reason: [now.reason]}
  if (mode === 'diagnose') return {outcome: 'diagnosed', reason: []}
  if (now.kind === 'stopped') return {outcome: now.outcome, reason: [now.reason]}
  if (now.kind === 'alreadyResolved' || now.kind === 'resolved') return {outcome: now.kind, reason: []}
  if (runbook.resolved === null) return {outcome: 'diagnosed', reason: []}
  return {outcome: lastSeen(state) === 'unknown' ? 'unknown' : 'unresolved', reason: []}
}

/** What becomes of an unresolved end once everything was undone; a refusal stays one unless it is healthy again. */
function afterRollback(plan: RunPlan, state: RunState, ended: Ended): Ended {
  const also = (why: BareWhy): Ended['reason'] => [...ended.reason, {why}]
  switch (rollbackResult(plan, state)) {
    case null:
      return ended
    case 'failed':
      return {
        outcome: ended.outcome === 'interrupted' ? 'interrupted' : 'rollbackFailed',
        reason: also('rollbackFailed'),
      }
    case 'healthy':
      return ended.outcome === 'interrupted'
        ? {...ended, reason: also('rolledBackHealthy')}
        : {outcome: 'rolledBack', reason: ended.reason}
    case 'unhealthy':
      return {...ended, reason: also('rolledBackUnhealthy')}
    case 'unseen': {
      const stays = ended.outcome === 'refused' || ended.outcome === 'interrupted'
      const outcome = stays ? ended.outcome : 'unknown'
      return {outcome, reason: also('rolledBackUnseen')}
    }
  }
}

/** A diagnosis went well whatever it found, but what it found is the answer: unresolved is bad, unseen is unknown. */
function diagnosisVerdict({runbook}: RunPlan, state: RunState): ActVerdict {
  if (runbook.resolved === null) return 'ok'
  const seen = lastSeen(state)
  if (seen === 'true') return 'ok'
  return seen === 'false' ? 'bad' : 'unknown'
}

const OVER: readonly RunOutcome[] = ['resolved', 'alreadyResolved', 'rolledBack']

/** A notice that nobody got makes an otherwise good run `undelivered`, a journal that is incomplete `unknown`; a worse verdict stays. */
function verdictOf(plan: RunPlan, state: RunState, outcome: RunOutcome): ActVerdict {
  const found = outcome === 'diagnosed' ? diagnosisVerdict(plan, state) : VERDICT[outcome]
  if (state.journalLost !== null && (found === 'ok' || found === 'bad')) return 'unknown'
  const undelivered = tellings(plan).some(({id}) => itemState(state, id).ending === 'undelivered')
  return found === 'ok' && undelivered ? 'undelivered' : found
}

export function concludeRun(plan: RunPlan, state: RunState, stand: Ladder): Conclusion {
  const now = atTheTop(plan, state, stand)
  const ended = outcomeOf(plan, state, now)
  // Of what is over nothing was undone, whatever was asked for.
  const isDone = now.kind === 'resolved' || now.kind === 'alreadyResolved'
  const {outcome, reason} = isDone ? ended : afterRollback(plan, state, ended)
  const isOver = OVER.includes(outcome)
  return {
    outcome,
    verdict: verdictOf(plan, state, outcome),
    reason: reason.length === 0 && state.journalLost !== null ? [state.journalLost] : reason,
    resolvedBy: now.kind === 'resolved' ? now.by : null,
    resolvedAfterSeconds: isOver ? (state.looks.at(-1)?.elapsedSeconds ?? null) : null,
  }
}
