import {describe, expect, it} from 'vitest'
import type {IncidentFacts} from '../../../../src/domain/incidents/incident.js'
import {belongsTo, type NewTrouble} from '../../../../src/domain/incidents/relapse.js'
import {minute, someFacts} from '../../../support/builders/incident-record.js'

const ALERT: NewTrouble = {title: 'it is slow', services: ['api'], alerts: ['APIDown']}
const BY_HAND: NewTrouble = {title: 'it is slow', services: ['api'], alerts: []}
/** As `someFacts` has it, but for how it is typed. */
const NAMESAKE: NewTrouble = {title: ' api  DOWN ', services: [], alerts: []}
const RESOLVED = {state: 'resolved', resolvedAt: minute(0), resolution: 'fixed'} as const

function kind(trouble: NewTrouble, facts: Partial<IncidentFacts>, at = 5): string {
  return belongsTo(trouble, [someFacts(facts)], {now: new Date(minute(at)), watchSeconds: 600}).kind
}

describe('trouble that somebody reports', () => {
  it.each([
    {what: 'an alert that has an open incident', trouble: ALERT, facts: {}, is: 'known'},
    {what: 'an alert whose incident is acknowledged', trouble: ALERT, facts: {state: 'acknowledged'}, is: 'known'},
    {what: 'an alert whose incident came back', trouble: ALERT, facts: {state: 'reopened'}, is: 'known'},
    {what: 'another alert', trouble: {...ALERT, alerts: ['QueueStuck']}, facts: {}, is: 'new'},
    {what: 'one by hand, of a service that has an open incident', trouble: BY_HAND, facts: {}, is: 'new'},
    {what: 'one that names nothing', trouble: {...BY_HAND, services: []}, facts: {state: 'mitigated'}, is: 'new'},
    {what: 'what bears the same title', trouble: NAMESAKE, facts: {}, is: 'known'},
    {
      what: 'what bears the same title, and names one of its services',
      trouble: {...NAMESAKE, services: ['api']},
      facts: {services: ['api', 'web']},
      is: 'known',
    },
    {
      what: 'what bears the same title, of another service',
      trouble: {...NAMESAKE, services: ['mail']},
      facts: {services: ['api']},
      is: 'new',
    },
    {what: 'an alert, under the title of an incident', trouble: {...NAMESAKE, alerts: ['X']}, facts: {}, is: 'new'},
    {
      what: 'what bears the title of a closed one',
      trouble: NAMESAKE,
      facts: {...RESOLVED, resolvedAt: minute(-90)},
      is: 'new',
    },
    {
      what: 'what bears the title of one that is watched',
      trouble: NAMESAKE,
      facts: {state: 'mitigated'},
      is: 'relapse',
    },
    {what: 'what was resolved within the watch', trouble: ALERT, facts: RESOLVED, is: 'relapse'},
    {what: 'a service that was resolved within the watch', trouble: BY_HAND, facts: RESOLVED, is: 'relapse'},
    {
      what: 'what turned out to be a false alarm',
      trouble: ALERT,
      facts: {...RESOLVED, resolution: 'false-alarm'},
      is: 'new',
    },
    {
      what: 'what was a part of another one',
      trouble: ALERT,
      facts: {...RESOLVED, resolution: 'duplicate', mergedInto: 'INC-1'},
      is: 'new',
    },
  ] as const)('$what: $is', ({trouble, facts, is}) => {
    expect(kind(trouble, facts)).toBe(is)
  })

  it('comes back to the second of the watch, and is new after it', () => {
    expect([kind(ALERT, RESOLVED, 10), kind(ALERT, RESOLVED, 10.1)]).toEqual(['relapse', 'new'])
  })

  it('of what is still watched is a relapse at any time', () => {
    expect(kind(ALERT, {state: 'mitigated', mitigatedAt: minute(0)}, 6000)).toBe('relapse')
  })

  it('joins the open one, not one that recovered', () => {
    const open = someFacts({id: '01ARZ3NDEKTSV4RRFFQ69G5FA1'})
    const found = belongsTo(ALERT, [someFacts(RESOLVED), open], {now: new Date(minute(5)), watchSeconds: 600})
    expect(found).toEqual({kind: 'known', incident: open})
  })
})
