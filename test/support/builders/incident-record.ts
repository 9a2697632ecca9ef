import type {IncidentEntry, IncidentEvent} from '../../../src/domain/incidents/incident-event.js'
import {incidentRecord, type IncidentRecord} from '../../../src/domain/incidents/incident-record.js'
import type {IncidentFacts} from '../../../src/domain/incidents/incident.js'

export const INCIDENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

type Opening = Extract<IncidentEvent, {readonly kind: 'incident.opened'}>

/** 28 November 2026, 06:00 and so many minutes. */
export function minute(minutes: number): string {
  return new Date(Date.parse('2026-11-28T06:00:00.000Z') + minutes * 60_000).toISOString()
}

export function anOpening(overrides: Partial<Opening> = {}): Opening {
  return {
    ...{kind: 'incident.opened', handle: 'INC-7', title: 'API down', severity: 'P0', services: ['api']},
    ...{alerts: ['APIDown'], impact: null, startedAt: null, detectedAt: minute(0), happenedAt: minute(0), runId: null},
    ...overrides,
  }
}

type Entered = IncidentEvent & Partial<Pick<IncidentEntry, 'sequence' | 'at' | 'by' | 'id'>>

/** Events as the store has them: each entered when it happened, one after another. */
export function entriesOf(...events: readonly Entered[]): readonly IncidentEntry[] {
  return events.map((event, index) => ({
    ...{sequence: index + 1, at: event.happenedAt, by: 'ana@vm', id: String(index + 1).padStart(26, '0')},
    ...event,
  }))
}

export function aRecord(...events: readonly Entered[]): IncidentRecord {
  const record = incidentRecord(INCIDENT, entriesOf(...events))
  if (record === null) throw new Error('none of the events opens it')
  return record
}

export function someFacts(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  return {...aRecord(anOpening()).facts, ...overrides}
}
