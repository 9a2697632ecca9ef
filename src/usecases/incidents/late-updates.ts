import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import {isUpdateOverdue, shownIncident} from '../../domain/incidents/incident.js'
import type {Priority} from '../../domain/priority.js'
import type {PagedPerson} from '../../domain/notices/notice.js'
import type {KeptClaim, PageClaim} from '../../ports/page-claims.js'
import type {ClaimDeps} from './carry-out-claim.js'
import type {IncidentDeps, IncidentPlace, Telephone} from './incident-deps.js'
import {readRecord} from './which-incident.js'

/** `claims`: of reminders alone; a step is the minute by which an update was due. */
export interface RemindDeps extends IncidentDeps, ClaimDeps {
  readonly telephone: Telephone
  /** Tries what waits in the outbox. */
  readonly flush: () => Promise<unknown>
}

export interface RemindInput extends IncidentPlace {
  /** Those of the rota, as they can be reached. */
  readonly people: readonly PagedPerson[]
}

const MINUTE_MS = 60_000

/** The minute by which an update was due. */
export function stepOf(dueAt: string): number {
  return Math.floor(Date.parse(dueAt) / MINUTE_MS)
}

export interface Overdue {
  readonly record: IncidentRecord
  readonly dueAt: string
}

export async function overdue(deps: IncidentDeps, {updates}: IncidentPlace, id: string): Promise<Overdue | null> {
  const {record} = await readRecord(deps.incidents, id)
  const incident = shownIncident(record.facts, updates)
  const {nextUpdateDueAt: dueAt} = incident
  return dueAt !== null && isUpdateOverdue(incident, deps.clock.now()) ? {record, dueAt} : null
}

/** An update that people wait for. */
export interface Late extends Pick<PageClaim, 'incident' | 'round' | 'step'> {
  readonly handle: string
  readonly severity: Priority
  /** The reminder of it that somebody made; null: nobody has. */
  readonly kept: KeptClaim | null
}

/** The gravest first, then those that people wait for longest. */
export async function lateUpdates(
  {incidents, clock, claims}: RemindDeps,
  {updates}: RemindInput,
): Promise<readonly Late[]> {
  const now = clock.now()
  const late = (await incidents.list(0)).incidents.flatMap((facts): readonly Omit<Late, 'kept'>[] => {
    const incident = shownIncident(facts, updates)
    const {nextUpdateDueAt: due} = incident
    if (due === null || !isUpdateOverdue(incident, now)) return []
    const {id, handle, severity, reopenings: round} = facts
    return [{incident: id, handle, severity, round, step: stepOf(due)}]
  })
  const order = (a: (typeof late)[number], b: (typeof late)[number]): number =>
    a.severity.localeCompare(b.severity) || a.step - b.step || a.incident.localeCompare(b.incident)
  const withClaims: Late[] = []
  for (const one of late.sort(order)) {
    const kept = (await claims.of(one.incident)).find(({round, step}) => round === one.round && step === one.step)
    withClaims.push({...one, kept: kept ?? null})
  }
  return withClaims
}
