import {FaciError} from '../../domain/errors.js'
import type {IncidentReport} from '../../domain/incidents/incident-report.js'
import {presentTime} from '../../domain/incidents/incident-act.js'
import {isOver} from '../../domain/incidents/incident.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import {captureFigures} from './capture-figures.js'
import type {IncidentPlace} from './incident-deps.js'
import {reportIncident, withWarnings} from './report-incident.js'
import {tellIncident, type TellDeps} from './tell-incident.js'
import {readRecord, whichIncident} from './which-incident.js'

export interface MergeInput extends IncidentPlace {
  /** What becomes a part of the other. */
  readonly from: string
  readonly into: string
}

function union(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])]
}

/** Makes one incident of two that are the same trouble. Errors: `notFound`, `refused`, `usage` for one with itself. */
export async function mergeIncidents(deps: TellDeps, input: MergeInput): Promise<Result<IncidentReport>> {
  const {incidents, clock} = deps
  const [fromId, intoId] = await Promise.all([input.from, input.into].map((name) => whichIncident(incidents, name)))
  if (fromId === undefined || intoId === undefined || fromId === intoId)
    throw new FaciError('usage', 'An incident cannot be merged into itself', {suggestions: ['faci incident list']})
  const {facts: from} = (await readRecord(incidents, fromId)).record
  const {facts: into} = (await readRecord(incidents, intoId)).record
  if (isOver(from) && from.mergedInto === into.handle) return reportIncident(deps, input, intoId, 'already')
  if (isOver(from) || isOver(into)) {
    const over = isOver(from) ? from : into
    throw new FaciError('refused', `${over.handle} is resolved: only open incidents are merged`, {
      suggestions: [command`faci incident reopen ${over.handle}`],
    })
  }
  const [of, ofOther] = [presentTime(from, clock.now()), presentTime(into, clock.now())]
  const happenedAt = of > ofOther ? of : ofOther
  const changes = {services: union(into.services, from.services), alerts: union(into.alerts, from.alerts)}
  await incidents.append(intoId, [
    {kind: 'incident.absorbed', happenedAt, handle: from.handle},
    {kind: 'incident.changed', happenedAt, changes},
  ])
  await incidents.append(fromId, [{kind: 'incident.merged', happenedAt, into: into.handle}])
  const [notices, lost] = await Promise.all([
    tellIncident(deps, input, fromId, {step: 'resolved', text: '', mergedInto: into}),
    captureFigures(deps, fromId),
  ])
  return withWarnings(await reportIncident(deps, input, intoId, 'merged', notices), lost)
}
