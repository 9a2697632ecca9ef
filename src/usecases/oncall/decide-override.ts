import {FaciError} from '../../domain/errors.js'
import type {Environment} from '../../domain/environment.js'
import {absencesBetween} from '../../domain/oncall/absences.js'
import {type Interval, union, within} from '../../domain/oncall/interval.js'
import type {AwayOnCall, ChangeReport, OverridePlan, OverrideReport} from '../../domain/oncall/override-report.js'
import type {Override, Rota, WrittenRota} from '../../domain/oncall/rota.js'
import {type ShiftChange, shiftChanges} from '../../domain/oncall/shift-changes.js'
import {onCallAt, shiftsBetween} from '../../domain/oncall/shifts.js'
import {orUnrecorded} from '../../domain/or-unrecorded.js'
import type {Result} from '../../domain/result.js'
import type {Clock} from '../../ports/clock.js'
import type {Overrides} from '../../ports/overrides.js'
import type {Prompt} from '../../ports/prompt.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import {askForConsent} from '../consent/ask-for-consent.js'
import {rotaInForce} from './rota-in-force.js'

export interface DecideDeps {
  readonly overrides: Overrides
  readonly clock: Clock
  readonly prompt: Prompt
  readonly showPlan: (plan: OverridePlan) => Promise<void>
}

export interface DecideInput extends Environment {
  /** Null: faci.yml has none. */
  readonly written: WrittenRota | null
  readonly yes: boolean
  readonly dryRun: boolean
  readonly signal: AbortSignal
}

/** A moment, and how it was typed. */
export interface TypedMoment {
  readonly at: number
  readonly typed: string
}

/** What is to be decided. */
export interface Proposal extends Pick<OverridePlan, 'act' | 'people'> {
  readonly before: Rota
  /** As it is to be afterwards. */
  readonly after: Rota
  /** All that may change. */
  readonly span: Interval
  /** As it is asked: `Put Bia on call`. */
  readonly question: string
  /** What was typed, without consent. */
  readonly command: readonly string[]
  /** Writes it; resolves to the id of the decision. */
  readonly write: () => Promise<string>
}

/** Errors: `configInvalid` without a rota. */
export function needRota(written: WrittenRota | null): WrittenRota {
  if (written !== null) return written
  throw new FaciError('configInvalid', 'faci.yml has no `oncall` section', {
    suggestions: ["add to faci.yml: oncall: {people: [{name: Ana}], rotation: weekly, handoff: 'Mon 09:00'}"],
  })
}

export function spanOf(overrides: readonly Override[]): Interval {
  return {
    start: Math.min(...overrides.map(({start}) => start)),
    end: Math.max(...overrides.map(({end}) => end)),
  }
}

function reported(changes: readonly ShiftChange[]): readonly ChangeReport[] {
  return changes.map(({start, end, before, after}) => ({
    ...{start: new Date(start).toISOString(), end: new Date(end).toISOString()},
    ...{before, after},
  }))
}

/** Who is put on call by it while they are away, each time of each person once. */
function awayOnCall(rota: Rota, changes: readonly ShiftChange[], asked: Interval): readonly AwayOnCall[] {
  const {absences} = absencesBetween(rota, asked)
  return [...new Set(absences.map(({person}) => person))].flatMap((person) => {
    const away = union(absences.filter((absence) => absence.person === person))
    const put = changes.filter(({after}) => after === person)
    return within(union(put), away).map(({start, end}) => ({
      ...{person, start: new Date(start).toISOString(), end: new Date(end).toISOString()},
    }))
  })
}

/** What was written, read back: a decision counts only if the rota is as planned afterwards. */
async function verified(
  {overrides, clock}: DecideDeps,
  written: WrittenRota,
  {after, span}: Proposal,
): Promise<Pick<OverrideReport, 'unlike' | 'nowOnCall'>> {
  const rota = await rotaInForce(written, overrides)
  return {
    unlike: reported(shiftChanges(after, rota, span)),
    nowOnCall: onCallAt(rota, clock.now().getTime())?.person ?? null,
  }
}

/** Somebody else decides for a moment only. */
const [TRIES, APART_SECONDS] = [50, 0.1]

/** Errors: `locked` when another process decides all the while. */
async function turnOf({overrides, clock}: DecideDeps): Promise<{readonly release: () => Promise<void>}> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const right = await overrides.alone()
    if (right !== null) return right
    await clock.sleep(APART_SECONDS)
  }
  throw new FaciError('locked', 'Another process is deciding who is on call, and nothing was written', {
    suggestions: ['faci oncall', 'type it again in a moment'],
  })
}

/** A plan counts for the rota that it was made of. Errors: `refused` when somebody has decided since. */
async function refuseIfMoved({overrides}: DecideDeps, written: WrittenRota, proposal: Proposal): Promise<void> {
  const now = await rotaInForce(written, overrides)
  const [moved] = shiftChanges(proposal.before, now, proposal.span)
  if (moved === undefined) return
  const by = moved.after === null ? 'nobody is on call there now' : `${moved.after} is on call there now`
  throw new FaciError('refused', `The rota has changed since this was planned: ${by}. Nothing was written`, {
    suggestions: [shellCommand(proposal.command)],
  })
}

const FAR_MS = 365 * 86_400_000

/** Taken again a moment later, a shift ends that moment later: nobody means that. */
const LEAST_MS = 60_000

function isNothing(changes: readonly ChangeReport[]): boolean {
  const lasts = changes.map(({start, end}) => Date.parse(end) - Date.parse(start))
  return lasts.reduce((sum, ms) => sum + ms, 0) < LEAST_MS
}

/** When the person who takes is relieved; null: not within a year, or two people swap. */
function untilOf({act, people: [person], before, span}: Proposal): string | null {
  if (act !== 'take' || person === undefined) return null
  // Of what they have already the last moment may be missing, so little that it is not taken again.
  const last = Math.max(span.start, span.end - LEAST_MS)
  const shifts = shiftsBetween(before, {start: last, end: span.end + FAR_MS})
  let end = last
  for (const shift of shifts) {
    if (shift.person !== person || shift.start > end) return new Date(end).toISOString()
    end = shift.end
  }
  return end >= span.end + FAR_MS ? null : new Date(end).toISOString()
}

/** Shows what changes, asks, writes, and reads back what has become of it. Not as planned is `bad`; one at a time. */
export async function decideOverride(
  deps: DecideDeps,
  input: DecideInput,
  proposal: Proposal,
): Promise<Result<OverrideReport>> {
  const {environment, production, yes, dryRun, signal} = input
  const {act, people, before, after, span, question} = proposal
  const changed = shiftChanges(before, after, span)
  const changes = reported(changed)
  const away = awayOnCall(after, changed, span)
  const plan = {at: deps.clock.now().toISOString(), environment, production, act, people, changes, away}
  const nothing = {
    plan,
    dryRun,
    refusal: null,
    isAlready: false,
    alreadyUntil: null,
    id: null,
    nowOnCall: null,
    unlike: [],
  }
  if (act !== 'undo' && isNothing(changes))
    return {verdict: 'ok', data: {...nothing, isAlready: true, alreadyUntil: untilOf(proposal)}}
  if (dryRun) return {verdict: 'ok', data: nothing}
  // Nothing of production is touched by it: a plain yes is enough there too.
  const asked = {environment, production: false, act: question, command: proposal.command}
  const showPlan = (): Promise<void> => deps.showPlan(plan)
  const answer = await askForConsent(deps.prompt, {...asked, showPlan}, {yes, confirm: null, inRun: false}, signal)
  if (answer.kind === 'refused') return {verdict: 'refused', data: {...nothing, refusal: answer.refusal}}
  const written = needRota(input.written)
  // Whoever takes a shift from now on takes it from then on, when it is typed later.
  const unwritten = {said: 'Nothing was written: the rota is as before', again: shellCommand(proposal.command)}
  const right = await orUnrecorded(turnOf(deps), unwritten)
  try {
    await refuseIfMoved(deps, written, proposal)
    const id = await orUnrecorded(proposal.write(), unwritten)
    const seen = await verified(deps, written, proposal)
    return {verdict: seen.unlike.length === 0 ? 'ok' : 'bad', data: {...nothing, id, ...seen}}
  } finally {
    await right.release()
  }
}
