import {describe, expect, it} from 'vitest'
import type {IncidentFacts} from '../../../../src/domain/incidents/incident.js'
import {ongoingIncidents} from '../../../../src/domain/incidents/ongoing-incident.js'
import {anIncident} from '../../../support/builders/incident.js'

const RULES = {updates: {P0: 1800, P1: 7200, P2: 86_400}, watchSeconds: 600}
const NOW = new Date('2026-11-23T06:30:00.000Z')

function next(facts: Partial<IncidentFacts>): string | null | undefined {
  return ongoingIncidents([anIncident(facts)], RULES, NOW)[0]?.next
}

describe('what an incident waits for', () => {
  const mitigatedAt = (at: string) => ({state: 'mitigated', owner: 'ana', mitigatedAt: at}) as const
  const longAgo = '2026-11-23T05:00:00.000Z'

  it.each([
    ['nobody has acknowledged it', {}, 'faci incident ack INC-1'],
    ['nobody has, and an update is overdue', {lastUpdateAt: longAgo}, 'faci incident ack INC-1'],
    ['it came back, whoever had it', {state: 'reopened', owner: 'ana'}, 'faci incident ack INC-1'],
    ['an update is due later', {state: 'acknowledged', owner: 'ana'}, null],
    [
      'an update is overdue',
      {state: 'acknowledged', owner: 'ana', lastUpdateAt: longAgo},
      "faci incident update INC-1 --message '…'",
    ],
    ['a graver one is owed sooner', {state: 'acknowledged', severity: 'P1', lastUpdateAt: longAgo}, null],
    ['it recovered, and is watched still', mitigatedAt('2026-11-23T06:20:00.000Z'), null],
    ['it was watched long enough', mitigatedAt('2026-11-23T06:19:59.000Z'), 'faci incident resolve INC-1'],
    [
      'it was, and an update is overdue: both at once',
      {...mitigatedAt('2026-11-23T06:10:00.000Z'), lastUpdateAt: longAgo},
      'faci incident resolve INC-1',
    ],
    [
      'it is watched, and an update is overdue',
      {...mitigatedAt('2026-11-23T06:25:00.000Z'), lastUpdateAt: longAgo},
      "faci incident update INC-1 --message '…'",
    ],
  ] satisfies readonly (readonly [string, Partial<IncidentFacts>, string | null])[])('%s', (_why, facts, typed) => {
    expect(next(facts)).toBe(typed)
  })

  it('a handle that somebody else wrote is one word of the command', () => {
    expect(next({handle: 'INC-1; reboot'})).toBe("faci incident ack 'INC-1; reboot'")
  })
})

it('those that are over are none; the gravest is first, then as they are listed', () => {
  const listed = [
    anIncident({handle: 'INC-5', severity: 'P1'}),
    anIncident({handle: 'INC-4', state: 'resolved', resolution: 'fixed'}),
    anIncident({handle: 'INC-3', severity: 'P0'}),
    anIncident({handle: 'INC-2', severity: 'P1'}),
  ]
  expect(ongoingIncidents(listed, RULES, NOW).map(({handle}) => handle)).toEqual(['INC-3', 'INC-5', 'INC-2'])
})
