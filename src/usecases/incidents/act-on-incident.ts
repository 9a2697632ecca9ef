import {FaciError} from '../../domain/errors.js'
import {type ActRefusal, decideAct, type IncidentAct} from '../../domain/incidents/incident-act.js'
import type {IncidentEvent} from '../../domain/incidents/incident-event.js'
import type {IncidentDone, IncidentReport} from '../../domain/incidents/incident-report.js'
import type {IncidentFacts, IncidentTime} from '../../domain/incidents/incident.js'
import type {IncidentStep} from '../../domain/notices/notice.js'
import {orUnrecorded} from '../../domain/or-unrecorded.js'
import type {Result} from '../../domain/result.js'
import {command, shellCommand} from '../../domain/text/shell-command.js'
import {captureFigures} from './capture-figures.js'
import type {IncidentPlace} from './incident-deps.js'
import {pageAgain} from './adopt-page.js'
import {reportIncident, withWarnings} from './report-incident.js'
import {tellIncident, type TellDeps} from './tell-incident.js'
import type {TypedAgain} from './typed-again.js'
import {readRecord, whichIncident} from './which-incident.js'

export interface ActInput extends IncidentPlace {
  /** null: the only one that is open. */
  readonly name: string | null
  readonly act: IncidentAct
  readonly again: TypedAgain
}

type Disorder = Extract<ActRefusal, {readonly why: 'outOfOrder'}>

const DONE: Readonly<Record<IncidentAct['act'], IncidentDone>> = {
  note: 'noted',
  acknowledge: 'acknowledged',
  update: 'updated',
  mitigate: 'mitigated',
  resolve: 'resolved',
  reopen: 'reopened',
}

const STEP: Readonly<Partial<Record<IncidentEvent['kind'], IncidentStep>>> = {
  'incident.acknowledged': 'acknowledged',
  'incident.updated': 'updated',
  'incident.mitigated': 'mitigated',
  'incident.resolved': 'resolved',
  'incident.reopened': 'reopened',
}

/** What mends a time that was given wrongly before. */
const MENDED_BY: Readonly<Record<IncidentTime, readonly [verb: string, flag: string]>> = {
  startedAt: ['update', '--started-at'],
  detectedAt: ['update', '--detected-at'],
  acknowledgedAt: ['ack', '--at'],
  mitigatedAt: ['mitigate', '--at'],
  resolvedAt: ['resolve', '--at'],
}

/** What was typed stays as it is, and what was known before makes room for it. */
function outOfOrder(facts: IncidentFacts, {earlier, later, times}: Disorder, {words, spoken}: TellDeps): FaciError {
  const {handle} = facts
  const at = (time: IncidentTime): string => `${words.times[time]} ${spoken.time(times[time] ?? '')}`
  const wrong = `${handle}: ${at(later)} would be before ${at(earlier)}`
  const [known, typed] = times[earlier] === facts[earlier] ? [earlier, later] : [later, earlier]
  if (times[known] !== facts[known]) {
    return new FaciError('usage', wrong, {suggestions: [command`faci incident show ${handle}`]})
  }
  const [verb, flag] = MENDED_BY[known]
  const how = `Give ${known === earlier ? 'a later' : 'an earlier'} time, or correct the other one first, and type this again:`
  return new FaciError('usage', [wrong, how], {
    suggestions: [shellCommand(['faci', 'incident', verb, handle, flag, times[typed] ?? ''])],
  })
}

function refusalOf(facts: IncidentFacts, refusal: ActRefusal, deps: TellDeps): FaciError {
  const {words, spoken} = deps
  const {handle, state} = facts
  switch (refusal.why) {
    case 'notOver':
      return new FaciError('refused', `${handle} is ${words.state[state]}: there is nothing to reopen`)
    case 'over':
      return new FaciError('refused', `${handle} is resolved: it cannot be mitigated any more`, {
        suggestions: [command`faci incident reopen ${handle}`],
      })
    case 'inFuture':
      return new FaciError('usage', `${spoken.time(refusal.at)} is in the future`)
    case 'outOfOrder':
      return outOfOrder(facts, refusal, deps)
  }
}

/** What people are told of: the last thing that concerns them; a change of severity is one too. */
function stepOf(events: readonly IncidentEvent[]): IncidentStep | null {
  const steps = events.flatMap((event) => STEP[event.kind] ?? [])
  const isRaised = events.some((event) => event.kind === 'incident.changed' && event.changes.severity !== undefined)
  return steps.at(-1) ?? (isRaised ? 'updated' : null)
}

/** Until what others wrote at the same moment is there to be read. */
const SETTLE_SECONDS = 0.3

/** Of several who acknowledge at once one is on it, and which is seen only afterwards. */
async function isSomebodyElseOnIt({incidents, clock}: TellDeps, id: string, act: IncidentAct): Promise<boolean> {
  if (act.act !== 'acknowledge') return false
  await clock.sleep(SETTLE_SECONDS)
  const {owner} = (await readRecord(incidents, id)).record.facts
  return owner !== null && owner !== act.owner
}

function doneBy(events: readonly IncidentEvent[], act: IncidentAct): IncidentDone {
  const isCorrection = events.every(({kind}) => kind === 'incident.timeCorrected')
  return isCorrection ? 'corrected' : DONE[act.act]
}

/** What comes back has a page of its own where another one has Alertmanager's by now. */
async function withPage(
  deps: TellDeps,
  id: string,
  {page: before}: IncidentFacts,
  events: readonly IncidentEvent[],
): Promise<readonly IncidentEvent[]> {
  if (!events.some(({kind}) => kind === 'incident.reopened')) return events
  const page = await pageAgain(deps, id, before)
  return page === null ? events : events.map((event) => (event.kind === 'incident.reopened' ? {...event, page} : event))
}

/** Does what a person wants of an incident. Errors: `notFound`; `refused` and `usage` for what cannot be. */
export async function actOnIncident(deps: TellDeps, input: ActInput): Promise<Result<IncidentReport>> {
  const {incidents, clock} = deps
  const id = await whichIncident(incidents, input.name, input.again.of)
  const {facts} = (await readRecord(incidents, id)).record
  const decision = decideAct(facts, input.act, clock.now())
  if (decision.kind === 'refused') throw refusalOf(facts, decision.refusal, deps)
  if (decision.kind === 'already' || decision.events.length === 0) return reportIncident(deps, input, id, 'already')
  const events = await withPage(deps, id, facts, decision.events)
  const again = input.again.later(facts.handle, clock.now().toISOString())
  await orUnrecorded(incidents.append(id, events), {
    said: `This was not recorded in ${facts.handle}, and nobody was told of it`,
    again,
  })
  const step = stepOf(decision.events)
  if (step === 'acknowledged' && (await isSomebodyElseOnIt(deps, id, input.act)))
    return reportIncident(deps, input, id, 'already')
  const text = 'text' in input.act ? input.act.text : ''
  const isEnd = decision.events.some(({kind}) => kind === 'incident.resolved')
  const [notices, lost] = await Promise.all([
    step === null ? [] : tellIncident(deps, input, id, {step, text}),
    isEnd ? captureFigures(deps, id) : [],
  ])
  return withWarnings(await reportIncident(deps, input, id, doneBy(decision.events, input.act), notices), lost)
}
