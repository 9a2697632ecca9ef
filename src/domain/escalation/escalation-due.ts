import {dutyAt} from '../oncall/duty.js'
import type {EscalationTarget, Rota} from '../oncall/rota.js'
import type {EscalationRound} from './escalation-round.js'

/** Why a step was passed over: a later one was due by then, or it has nobody. */
export type SkipReason = 'late' | 'nobody'

/** A step that somebody has claimed, in whatever process. */
export interface ClaimedStep {
  readonly step: number
  /** Epoch ms, by the clock of who claimed it. */
  readonly at: number
  readonly why: 'paged' | SkipReason
}

export interface DueStep {
  /** From 0. */
  readonly step: number
  /** Whom it pages; empty: there is nobody. */
  readonly people: readonly string[]
}

export interface EscalationDue {
  /** null: nothing is to be sent now. */
  readonly send: DueStep | null
  readonly skipped: readonly {readonly step: number; readonly why: SkipReason}[]
  /** The step after all that, by what the rota says now; null: there is none. Epoch ms. */
  readonly next: (DueStep & {readonly dueAt: number}) | null
}

/** Clocks of two machines differ a little. */
const TOLERANCE_MS = 60_000

/** Whom a step means at an instant. `next` is nobody where only the current person would be it. */
export function peopleOf(rota: Rota, target: EscalationTarget, at: number): readonly string[] {
  if (target.kind === 'everyone') return rota.people.map(({name}) => name)
  if (target.kind === 'person') return rota.people.some(({name}) => name === target.name) ? [target.name] : []
  const {now, next} = dutyAt(rota, at)
  if (target.kind === 'current') return now === null ? [] : [now.person]
  return next === null || next.person === now?.person ? [] : [next.person]
}

function waitMs(rota: Rota, step: number): number {
  return (rota.escalation[step]?.withinSeconds ?? 0) * 1000
}

interface Position {
  readonly step: number
  readonly dueAt: number
}

/**
 * The first step that nobody has claimed. People have their time from when the step before was claimed. Where that lies ahead of the
 * clock, it was put back: how long they had cannot be known, and to page too soon is better than an hour too late.
 */
function position(rota: Rota, round: EscalationRound, claims: readonly ClaimedStep[], now: number): Position {
  const last = claims.reduce<ClaimedStep | null>(
    (best, one) => (best === null || one.step > best.step ? one : best),
    null,
  )
  if (last === null) return {step: 0, dueAt: Math.min(round.startedAt, now)}
  const wait = last.why === 'paged' ? waitMs(rota, last.step) : 0
  return {step: last.step + 1, dueAt: last.at > now + TOLERANCE_MS ? now : last.at + wait}
}

/** All that are due by now, as if each had been claimed when it was; one that has nobody takes no time. */
function dueSteps(
  rota: Rota,
  from: Position,
  now: number,
): {readonly due: readonly DueStep[]; readonly after: Position} {
  const due: DueStep[] = []
  let {step, dueAt} = from
  while (step < rota.escalation.length && dueAt <= now) {
    const target = rota.escalation[step]?.notify ?? {kind: 'everyone'}
    const people = peopleOf(rota, target, now)
    due.push({step, people})
    dueAt += people.length === 0 ? 0 : waitMs(rota, step)
    step += 1
  }
  return {due, after: {step, dueAt}}
}

function nextOf(rota: Rota, {step, dueAt}: Position, now: number): EscalationDue['next'] {
  const target = rota.escalation[step]?.notify
  return target === undefined ? null : {step, dueAt, people: peopleOf(rota, target, now)}
}

/**
 * What an unacknowledged incident is owed now. However long nobody called, one step is sent: the last that is due and has somebody; those
 * before it are skipped. Where none of them has anybody, and there is no other, the last is sent all the same: it says that nobody is there.
 */
export function escalationDue(
  rota: Rota,
  round: EscalationRound,
  claims: readonly ClaimedStep[],
  now: number,
): EscalationDue {
  const {due, after} = dueSteps(rota, position(rota, round, claims, now), now)
  const isLast = after.step >= rota.escalation.length
  const send = due.findLast(({people}) => people.length > 0) ?? (isLast ? (due.at(-1) ?? null) : null)
  const skipped = due
    .filter((one) => one !== send)
    .map(({step, people}) => ({step, why: people.length === 0 ? ('nobody' as const) : ('late' as const)}))
  const wait = send === null ? after : {...after, dueAt: now + waitMs(rota, send.step)}
  return {send, skipped, next: nextOf(rota, wait, now)}
}
