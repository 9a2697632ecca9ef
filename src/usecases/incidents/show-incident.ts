import type {IncidentReport} from '../../domain/incidents/incident-report.js'
import type {UpdateIntervals} from '../../domain/incidents/incident.js'
import type {Result} from '../../domain/result.js'
import type {IncidentDeps} from './incident-deps.js'
import {reportIncident} from './report-incident.js'
import type {TypedAgain} from './typed-again.js'
import {whichIncident} from './which-incident.js'

export interface ShowIncidentInput {
  /** null: the only one that is open. */
  readonly name: string | null
  readonly updates: UpdateIntervals
  readonly again: TypedAgain
}

/** Errors: `notFound`; `usage` where several could be meant. */
export async function showIncident(
  deps: IncidentDeps,
  {name, updates, again}: ShowIncidentInput,
): Promise<Result<IncidentReport>> {
  return reportIncident(deps, {updates}, await whichIncident(deps.incidents, name, again.of))
}
