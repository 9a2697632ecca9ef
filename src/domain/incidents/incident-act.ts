import type {IsoTime} from '../time/iso-time.js'
import type {IncidentChanges, IncidentEvent} from './incident-event.js'
import {INCIDENT_TIMES, type IncidentFacts, type IncidentTime, type IncidentTimes, type Resolution} from './incident.js'

/** What a person wants to become of an incident. `at` null: now. */
export type IncidentAct =
  | {readonly act: 'note'; readonly text: string; readonly at: IsoTime | null}
  | {readonly act: 'acknowledge'; readonly owner: string; readonly at: IsoTime | null}
  | {
      readonly act: 'update'
      readonly text: string
      readonly changes: IncidentChanges
      readonly times: Partial<Pick<IncidentTimes, 'startedAt' | 'detectedAt'>>
    }
  | {readonly act: 'mitigate'; readonly text: string; readonly at: IsoTime | null}
  | {readonly act: 'resolve'; readonly as: Resolution; readonly text: string; readonly at: IsoTime | null}
  | {readonly act: 'reopen'; readonly text: string; readonly at: IsoTime | null}

/** Why it cannot be. */
export type ActRefusal =
  /** Only what is mitigated or resolved can come back. */
  | {readonly why: 'notOver'}
  | {readonly why: 'over'}
  | {readonly why: 'inFuture'; readonly time: IncidentTime | null; readonly at: IsoTime}
  /** `earlier` would come after `later`. */
  | {
      readonly why: 'outOfOrder'
      readonly earlier: IncidentTime
      readonly later: IncidentTime
      readonly times: IncidentTimes
    }

export type ActDecision =
  | {readonly kind: 'events'; readonly events: readonly IncidentEvent[]}
  /** It is so already, and nothing is written; `by`: who has it. */
  | {readonly kind: 'already'; readonly by: string | null}
  | {readonly kind: 'refused'; readonly refusal: ActRefusal}

/** Clocks of two machines differ a little. */
const TOLERANCE_MS = 60_000

interface KnownTime {
  readonly time: IncidentTime
  readonly at: number
}

function knownTimes(times: IncidentTimes): readonly KnownTime[] {
  return INCIDENT_TIMES.flatMap((time) => {
    const at = times[time]
    return at === null ? [] : [{time, at: Date.parse(at)}]
  })
}

/** Of the times that are given anew: what two people typed at once must not hold up whoever resolves it. */
function disorder(before: IncidentTimes, anew: Partial<IncidentTimes>): ActRefusal | null {
  const times = {...before, ...anew}
  const known = knownTimes(times)
  for (const [index, {time: later, at}] of known.entries()) {
    const wrong = known.slice(0, index).find(({time, at: sooner}) => sooner > at && (later in anew || time in anew))
    if (wrong !== undefined) return {why: 'outOfOrder', earlier: wrong.time, later, times}
  }
  return null
}

/** What happens now happens after all that is known, whatever the clock of this machine says. */
export function presentTime(facts: IncidentFacts, now: Date): IsoTime {
  return new Date(Math.max(now.getTime(), ...knownTimes(facts).map(({at}) => at))).toISOString()
}

function future(time: IncidentTime | null, at: IsoTime | null, now: Date): ActRefusal | null {
  return at !== null && Date.parse(at) > now.getTime() + TOLERANCE_MS ? {why: 'inFuture', time, at} : null
}

const refused = (refusal: ActRefusal): ActDecision => ({kind: 'refused', refusal})
const events = (...list: readonly IncidentEvent[]): ActDecision => ({kind: 'events', events: list})

/** Of what is already so, `--at` corrects when it was; its old value stays in the events. */
function corrected(facts: IncidentFacts, time: IncidentTime, at: IsoTime | null, now: Date): ActDecision {
  if (at === null || at === facts[time]) return {kind: 'already', by: facts.owner}
  const refusal = disorder(facts, {[time]: at})
  if (refusal !== null) return refused(refusal)
  return events({kind: 'incident.timeCorrected', happenedAt: now.toISOString(), time, to: at})
}

/** The event of a moment that is reached now, if it can be. */
function reached(facts: IncidentFacts, time: IncidentTime, event: IncidentEvent): ActDecision {
  const refusal = disorder(facts, {[time]: event.happenedAt})
  return refusal === null ? events(event) : refused(refusal)
}

function update(
  facts: IncidentFacts,
  {text, changes, times}: Extract<IncidentAct, {readonly act: 'update'}>,
  now: Date,
): ActDecision {
  const happenedAt = now.toISOString()
  const given = (['startedAt', 'detectedAt'] as const).flatMap((time) => {
    const to = times[time]
    return to === undefined || to === null ? [] : [{time, to}]
  })
  const tooLate = given.map(({time, to}) => future(time, to, now)).find((one) => one !== null)
  const refusal = tooLate ?? disorder(facts, times)
  if (refusal !== null) return refused(refusal)
  return events(
    ...(Object.keys(changes).length === 0 ? [] : [{kind: 'incident.changed', happenedAt, changes} as const]),
    ...given.map(({time, to}) => ({kind: 'incident.timeCorrected', happenedAt, time, to}) as const),
    ...(text === '' ? [] : [{kind: 'incident.updated', happenedAt, text} as const]),
  )
}

type Timed = Exclude<IncidentAct, {readonly act: 'update'}>

interface Moment {
  readonly happenedAt: IsoTime
  readonly now: Date
}

type Decide<A extends Timed['act']> = (
  facts: IncidentFacts,
  act: Extract<Timed, {readonly act: A}>,
  moment: Moment,
) => ActDecision

const DECIDE: {readonly [A in Timed['act']]: Decide<A>} = {
  note: (_, {text}, {happenedAt}) => events({kind: 'incident.noted', happenedAt, text}),
  acknowledge: (facts, {owner, at}, {happenedAt, now}) => {
    if (facts.state !== 'open' && facts.state !== 'reopened') return corrected(facts, 'acknowledgedAt', at, now)
    const event = {kind: 'incident.acknowledged', happenedAt, owner} as const
    return facts.acknowledgedAt === null ? reached(facts, 'acknowledgedAt', event) : events(event)
  },
  mitigate: (facts, {text, at}, {happenedAt, now}) => {
    if (facts.state === 'resolved' && facts.mitigatedAt === null) return refused({why: 'over'})
    if (facts.state === 'mitigated' || facts.state === 'resolved') return corrected(facts, 'mitigatedAt', at, now)
    return reached(facts, 'mitigatedAt', {kind: 'incident.mitigated', happenedAt, text})
  },
  resolve: (facts, {as, text, at}, {happenedAt, now}) =>
    facts.state === 'resolved'
      ? corrected(facts, 'resolvedAt', at, now)
      : reached(facts, 'resolvedAt', {kind: 'incident.resolved', happenedAt, as, text}),
  reopen: ({state}, {text}, {happenedAt}) =>
    state === 'mitigated' || state === 'resolved'
      ? events({kind: 'incident.reopened', happenedAt, why: 'asked', text})
      : refused({why: 'notOver'}),
}

/** What is to be written for an act, on an incident that stands like this. Two who act at once are both heard: what is written twice changes nothing. */
export function decideAct(facts: IncidentFacts, act: IncidentAct, now: Date): ActDecision {
  if (act.act === 'update') return update(facts, act, now)
  const tooLate = future(null, act.at, now)
  if (tooLate !== null) return refused(tooLate)
  const decide = DECIDE[act.act] as Decide<Timed['act']>
  return decide(facts, act, {happenedAt: act.at ?? presentTime(facts, now), now})
}
