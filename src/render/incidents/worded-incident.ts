import type {Handover} from '../../domain/incidents/handover.js'
import type {IncidentReport} from '../../domain/incidents/incident-report.js'
import type {Result} from '../../domain/result.js'
import {wordedReasons} from '../notices/worded-notices.js'

// In English, as screens and documents have them.
export type WordedIncident = IncidentReport<string>
export type WordedHandover = Handover<string>

export function wordedIncident(result: Result<IncidentReport>): Result<WordedIncident> {
  return {...result, data: {...result.data, notices: wordedReasons(result.data.notices)}}
}

export function wordedHandover(result: Result<Handover>): Result<WordedHandover> {
  return {...result, data: {...result.data, notices: wordedReasons(result.data.notices)}}
}
