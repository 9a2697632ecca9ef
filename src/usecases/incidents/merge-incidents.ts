import {FaciError} from '../../domain/errors.js'
import type {IncidentReport} from '../../domain/incidents/incident-report.js'
import {presentTime} from '../../domain/incidents/incident-act.js'
import type {IncidentChanges, IncidentEvent} from '../../domain/incidents/incident-event.js'
import {type IncidentFacts, isOver} from '../../domain/incidents/incident.js'
import {PRIORITIES} from '../../domain/priority.js'
import {orUnrecorded} from '../../domain/or-unrecorded.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {captureFigures} from './capture-figures.js'
import type {IncidentPlace} from './incident-deps.js'
import {oneOpens} from './one-opens.js'
import {reportIncident, withWarnings} from './report-incident.js'
import {tellIncident, type TellDeps} from './tell-incident.js'
import type {TypedAgain} from './typed-again.js'
import {readRecord, whichIncident} from './which-incident.js'

export interface MergeInput extends IncidentPlace {
  /** What becomes a part of the other. */
  readonly from: string
  readonly into: string
  readonly again: TypedAgain
}

/** null: the other brings nothing. */
function union(one: readonly string[], other: readonly string[]): readonly string[] | null {
  const all = [...new Set([...one, ...other])]
  return all.length === new Set(one).size ? null : all
}

/** What the other brings: it is as grave as the graver of both, else nobody would be called for what was a P0. */
function broughtBy(from: IncidentFacts, into: IncidentFacts): IncidentChanges {
  const [services, alerts] = [union(into.services, from.services), union(into.alerts, from.alerts)]
  const isGraver = PRIORITIES.indexOf(from.severity) < PRIORITIES.indexOf(into.severity)
  return {
    ...(services === null ? {} : {services}),
    ...(alerts === null ? {} : {alerts}),
    ...(isGraver ? {severity: from.severity} : {}),
  }
}

function changedBy(changes: IncidentChanges, happenedAt: string): readonly IncidentEvent[] {
  return Object.keys(changes).length === 0 ? [] : [{kind: 'incident.changed', happenedAt, changes}]
}

function refuseOver(both: readonly IncidentFacts[]): void {
  const over = both.find(isOver)
  if (over === undefined) return
  throw new FaciError('refused', `${over.handle} is resolved: only open incidents are merged`, {
    suggestions: [command`faci incident reopen ${over.handle}`],
  })
}

interface Merged {
  readonly fromId: string
  readonly intoId: string
  readonly into: IncidentFacts
  /** null: it was a part of the other before. */
  readonly changes: IncidentChanges | null
}

async function enter({incidents, clock}: TellDeps, fromId: string, intoId: string): Promise<Merged> {
  const {facts: from} = (await readRecord(incidents, fromId)).record
  const {facts: into} = (await readRecord(incidents, intoId)).record
  if (isOver(from) && from.mergedInto === into.handle) return {fromId, intoId, into, changes: null}
  refuseOver([from, into])
  const [of, ofOther] = [presentTime(from, clock.now()), presentTime(into, clock.now())]
  const happenedAt = of > ofOther ? of : ofOther
  const changes = broughtBy(from, into)
  await incidents.append(intoId, [
    {kind: 'incident.absorbed', happenedAt, handle: from.handle},
    ...changedBy(changes, happenedAt),
  ])
  await incidents.append(fromId, [{kind: 'incident.merged', happenedAt, into: into.handle}])
  return {fromId, intoId, into, changes}
}

/**
 * Makes one incident of two that are the same trouble. One process at a time does: of two who merge them the other way round both would
 * end, and nobody would be called. Errors: `notFound`, `refused`, `usage` for one with itself.
 */
export async function mergeIncidents(deps: TellDeps, input: MergeInput): Promise<Result<IncidentReport>> {
  const {incidents} = deps
  const [from, other] = await Promise.all([input.from, input.into].map((name) => whichIncident(incidents, name)))
  if (from === undefined || other === undefined || from === other)
    throw new FaciError('usage', 'An incident cannot be merged into itself', {suggestions: ['faci incident list']})
  const later = {
    said: 'They were not merged, and nobody was told',
    again: input.again.later('', deps.clock.now().toISOString()),
  }
  const {value} = await orUnrecorded(
    oneOpens(deps, () => enter(deps, from, other)),
    later,
  )
  const {fromId, intoId, into, changes} = value
  if (changes === null) return reportIncident(deps, input, intoId, 'mergedBefore')
  const [ended, raised, lost] = await Promise.all([
    tellIncident(deps, input, fromId, {step: 'resolved', text: '', mergedInto: into}),
    changes.severity === undefined ? [] : tellIncident(deps, input, intoId, {step: 'updated', text: ''}),
    captureFigures(deps, fromId),
  ])
  return withWarnings(await reportIncident(deps, input, intoId, 'merged', [...raised, ...ended]), lost)
}
