import {escalationDue, type EscalationDue} from '../../domain/escalation/escalation-due.js'
import type {EscalatedIncident, EscalatedStep, EscalationReport} from '../../domain/escalation/escalation-report.js'
import {type EscalationRound, escalationRound, pages} from '../../domain/escalation/escalation-round.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import type {IncidentFacts} from '../../domain/incidents/incident.js'
import {isSettled} from '../../domain/notices/settled.js'
import {TERMINAL} from '../../domain/notices/channels.js'
import type {Rota} from '../../domain/oncall/rota.js'
import type {Result} from '../../domain/result.js'
import type {KeptClaim, PageClaim} from '../../ports/page-claims.js'
import type {IncidentPlace} from '../incidents/incident-deps.js'
import {readRecord} from '../incidents/which-incident.js'
import {carryOutStep, type PageDeps, pagedChannels, type Paging} from './carry-out-step.js'

export interface EscalateDeps extends PageDeps {
  /** Tries what waits in the outbox. */
  readonly flush: () => Promise<unknown>
}

export interface EscalateInput extends IncidentPlace {
  /** Null: faci.yml has none. */
  readonly rota: Rota | null
  readonly dryRun: boolean
}

function waitsForSomebody({state, severity}: IncidentFacts): boolean {
  return (state === 'open' || state === 'reopened') && pages(severity)
}

interface Standing {
  readonly record: IncidentRecord
  readonly round: EscalationRound
  readonly claims: readonly KeptClaim[]
  readonly due: EscalationDue
}

async function standing(deps: PageDeps, rota: Rota, id: string): Promise<Standing | null> {
  const {record} = await readRecord(deps.incidents, id)
  const round = escalationRound(record)
  if (round === null) return null
  const claims = (await deps.claims.of(id)).filter((claim) => claim.round === round.number)
  const steps = claims.map(({step, at, why}) => ({step, why, at: Date.parse(at)}))
  return {record, round, claims, due: escalationDue(rota, round, steps, deps.clock.now().getTime())}
}

/** What is to be claimed: what is skipped is recorded before what is sent. */
function claimsFor(deps: PageDeps, {record, round, due}: Standing): readonly PageClaim[] {
  const of = {incident: record.facts.id, round: round.number, at: deps.clock.now().toISOString()}
  const skipped = due.skipped.map(({step, why}) => ({...of, step, why, people: [], notices: []}))
  const {send} = due
  if (send === null) return skipped
  const notices = pagedChannels(deps, record).map((channel) => ({channel, id: deps.ids.next()}))
  const all: readonly PageClaim[] = [...skipped, {...of, ...send, why: 'paged', notices}]
  return [...all].sort((one, other) => one.step - other.step)
}

function reported({record, round, due}: Standing, steps: readonly EscalatedStep[], now: number): EscalatedIncident {
  const {id, handle, title, severity} = record.facts
  const {next} = due
  return {
    ...{id, handle, title, severity, steps},
    unacknowledgedSeconds: Math.max(0, (now - round.startedAt) / 1000),
    next: next === null ? null : {step: next.step + 1, people: next.people, dueAt: new Date(next.dueAt).toISOString()},
  }
}

async function escalate(deps: PageDeps, paging: Paging, id: string): Promise<EscalatedIncident | null> {
  const stands = await standing(deps, paging.rota, id)
  if (stands === null) return null
  const steps: (EscalatedStep | null)[] = []
  // Whoever claimed these was killed, or its channel was down.
  for (const claim of stands.claims.filter(({isDone}) => !isDone)) steps.push(await carryOutStep(deps, paging, claim))
  for (const claim of claimsFor(deps, stands)) {
    await paging.right.recheck()
    if (await deps.claims.claim(claim)) steps.push(await carryOutStep(deps, paging, claim))
  }
  const done = steps.filter((step) => step !== null)
  return reported(stands, done, deps.clock.now().getTime())
}

async function foreseen(deps: PageDeps, rota: Rota, id: string): Promise<EscalatedIncident | null> {
  const stands = await standing(deps, rota, id)
  if (stands === null) return null
  const steps = claimsFor(deps, stands).map(({step, why, people}) => ({step: step + 1, why, people, notices: []}))
  return reported(stands, steps, deps.clock.now().getTime())
}

function isUndelivered({steps}: EscalatedIncident): boolean {
  return steps.some(({notices}) => !notices.every(isSettled))
}

async function isAnyUnfinished({claims}: PageDeps, ids: readonly string[]): Promise<boolean> {
  const all = await Promise.all(ids.map((id) => claims.of(id)))
  return all.flat().some(({isDone}) => !isDone)
}

async function inTurn(
  ids: readonly string[],
  work: (id: string) => Promise<EscalatedIncident | null>,
): Promise<readonly EscalatedIncident[]> {
  const done: EscalatedIncident[] = []
  for (const id of ids) {
    const incident = await work(id)
    if (incident !== null) done.push(incident)
  }
  return done
}

type Head = Omit<EscalationReport, 'incidents'>

async function pageAll(
  deps: EscalateDeps,
  input: EscalateInput,
  rota: Rota,
  head: Head,
): Promise<Result<EscalationReport>> {
  const open = (await deps.incidents.list(0)).incidents.filter(waitsForSomebody).map(({id}) => id)
  if (open.length === 0) return {verdict: 'ok', data: {...head, incidents: []}}
  if (input.dryRun) {
    return {verdict: 'ok', data: {...head, incidents: await inTurn(open, (id) => foreseen(deps, rota, id))}}
  }
  const right = await deps.claims.alone()
  if (right === null) return {verdict: 'ok', data: {...head, isBusy: true, incidents: []}}
  try {
    if (await isAnyUnfinished(deps, open)) await deps.flush()
    const incidents = await inTurn(open, (id) => escalate(deps, {place: input, rota, right}, id))
    return {verdict: incidents.some(isUndelivered) ? 'undelivered' : 'ok', data: {...head, incidents}}
  } finally {
    await right.release()
  }
}

/**
 * Pages whoever is due for each incident that nobody has acknowledged. Any number of processes may call: a step is claimed once, and sent
 * at least once. No rota, one without steps, or no channel but the terminal is `unknown`.
 */
export async function escalateIncidents(deps: EscalateDeps, input: EscalateInput): Promise<Result<EscalationReport>> {
  const {rota, dryRun} = input
  const hasChannel = deps.telephone.listeners.some(({channel}) => channel !== TERMINAL)
  const steps = rota?.escalation.length ?? null
  const none = {reminded: [], foreseen: [], isReminding: false}
  const head = {at: deps.clock.now().toISOString(), dryRun, isBusy: false, hasChannel, steps, ...none}
  if (rota === null || rota.escalation.length === 0 || !hasChannel)
    return {verdict: 'unknown', data: {...head, incidents: []}}
  return pageAll(deps, input, rota, head)
}
