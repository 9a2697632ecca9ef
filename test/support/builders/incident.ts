import type {IncidentFacts} from '../../../src/domain/incidents/incident.js'
import {incidentRecord} from '../../../src/domain/incidents/incident-record.js'

/** What an incident came to that was just opened; override what a test is about. */
export function aRecord(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  const at = '2026-11-28T06:00:00.000Z'
  const id = '01ARZ3NDEKTSV4RRFFQ69G5FB1'
  const record = incidentRecord(id, [
    {
      ...{kind: 'incident.opened', id, sequence: 1, at, by: 'ana@vm', happenedAt: at, handle: 'INC-7', title: 'p95'},
      ...{severity: 'P0', services: ['api'], alerts: [], impact: null, startedAt: null, detectedAt: at, runId: null},
    },
  ])
  if (record === null) throw new Error('it was opened')
  return {...record.facts, ...overrides}
}

/** One that an alert opened ten minutes before the samples of `status` are from, and that nobody has acknowledged. */
export function anIncident(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  const openedAt = '2026-11-23T06:20:00.000Z'
  return aRecord({
    ...{handle: 'INC-1', title: 'API down', subject: 'API down', alerts: ['APIDown']},
    ...{openedAt, lastUpdateAt: openedAt, detectedAt: openedAt},
    ...overrides,
  })
}
