import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type ActDecision, decideAct, type IncidentAct} from '../../../../src/domain/incidents/incident-act.js'
import type {IncidentEvent} from '../../../../src/domain/incidents/incident-event.js'
import {INCIDENT_TIMES, type IncidentFacts, RESOLUTIONS} from '../../../../src/domain/incidents/incident.js'
import {anOpening, aRecord, minute, someFacts} from '../../../support/builders/incident-record.js'

const NOW = new Date(minute(60))
const ACK = {act: 'acknowledge', owner: 'ana', at: null} as const
const MITIGATE = {act: 'mitigate', text: 'rolled back', at: null} as const
const RESOLVE = {act: 'resolve', as: 'fixed', text: '', at: null} as const
const REOPEN = {act: 'reopen', text: '', at: null} as const
const UPDATE = {act: 'update', text: '', changes: {}, times: {}} as const

const facts = (...events: readonly IncidentEvent[]): IncidentFacts => aRecord(anOpening(), ...events).facts
const acknowledged = {kind: 'incident.acknowledged', happenedAt: minute(5), owner: 'ana'} as const
const mitigated = {kind: 'incident.mitigated', happenedAt: minute(20), text: ''} as const
const resolved = {kind: 'incident.resolved', happenedAt: minute(30), as: 'fixed', text: ''} as const

function why(decision: ActDecision): string {
  return decision.kind === 'refused' ? decision.refusal.why : decision.kind
}

const someTime = fc.option(fc.integer({min: -60, max: 180}).map(minute), {nil: null})
const someAct: fc.Arbitrary<IncidentAct> = fc.oneof(
  fc.record({act: fc.constant('note' as const), text: fc.constant('x'), at: someTime}),
  fc.record({act: fc.constant('acknowledge' as const), owner: fc.constantFrom('ana', 'bia'), at: someTime}),
  fc.record({act: fc.constant('mitigate' as const), text: fc.constant(''), at: someTime}),
  fc.record({act: fc.constant('reopen' as const), text: fc.constant(''), at: someTime}),
  fc.record({
    ...{act: fc.constant('resolve' as const), as: fc.constantFrom(...RESOLUTIONS), text: fc.constant('')},
    at: someTime,
  }),
  fc.record({
    ...{act: fc.constant('update' as const), text: fc.constant(''), changes: fc.constant({})},
    times: fc.record(
      {
        startedAt: fc.integer({min: -60, max: 180}).map(minute),
        detectedAt: fc.integer({min: -60, max: 180}).map(minute),
      },
      {requiredKeys: []},
    ),
  }),
)

function isOrdered(all: IncidentFacts): boolean {
  const times = INCIDENT_TIMES.flatMap((time) => all[time] ?? [])
  return times.every((time, index) => index === 0 || Date.parse(times[index - 1] ?? '') <= Date.parse(time))
}

describe('any acts, one after another, by clocks that go back too', () => {
  it('never give times out of order, nor a state without its time, and always let it be resolved', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(someAct, fc.integer({min: -30, max: 120})), {maxLength: 15}), (acts) => {
        const written: IncidentEvent[] = [anOpening()]
        for (const [act, clock] of acts) {
          const decision = decideAct(aRecord(...written).facts, act, new Date(minute(clock)))
          if (decision.kind === 'events') written.push(...decision.events)
          const now = aRecord(...written).facts
          expect(isOrdered(now)).toBe(true)
          expect(now.state === 'resolved').toBe(now.resolvedAt !== null)
          expect(now.state === 'mitigated' && now.mitigatedAt === null).toBe(false)
          expect(now.state === 'acknowledged' && now.acknowledgedAt === null).toBe(false)
        }
        expect(why(decideAct(aRecord(...written).facts, RESOLVE, NOW))).toMatch(/^(events|already)$/)
      }),
    )
  })
})

describe('an act', () => {
  it('happened when it was said to have, and else now', () => {
    expect(decideAct(facts(), {...ACK, at: minute(3)}, NOW)).toEqual({
      kind: 'events',
      events: [{...acknowledged, happenedAt: minute(3)}],
    })
    expect(decideAct(facts(), ACK, NOW)).toEqual({kind: 'events', events: [{...acknowledged, happenedAt: minute(60)}]})
  })

  it('by a clock that is behind happens no sooner than what was before it', () => {
    expect(decideAct(facts(), ACK, new Date(minute(-60)))).toEqual({
      ...{kind: 'events', events: [{...acknowledged, happenedAt: minute(0)}]},
    })
  })

  it('that was done before changes nothing, and says who did it', () => {
    expect(decideAct(facts(acknowledged), {...ACK, owner: 'bia'}, NOW)).toEqual({kind: 'already', by: 'ana'})
    expect(decideAct(facts(acknowledged, mitigated), MITIGATE, NOW)).toEqual({kind: 'already', by: 'ana'})
    expect(decideAct(facts(resolved), {...RESOLVE, at: minute(30)}, NOW)).toEqual({kind: 'already', by: null})
  })

  it('that was done before and happened at another time corrects when it was', () => {
    expect(decideAct(facts(acknowledged), {...ACK, owner: 'bia', at: minute(2)}, NOW)).toEqual({
      kind: 'events',
      events: [{kind: 'incident.timeCorrected', happenedAt: minute(60), time: 'acknowledgedAt', to: minute(2)}],
    })
  })

  it.each([
    {what: 'what is open is not reopened', at: facts(), act: REOPEN, is: 'notOver'},
    {what: 'what is acknowledged is not reopened', at: facts(acknowledged), act: REOPEN, is: 'notOver'},
    {what: 'what recovered is', at: facts(mitigated), act: REOPEN, is: 'events'},
    {what: 'what is resolved is', at: facts(resolved), act: REOPEN, is: 'events'},
    {what: 'what is resolved cannot recover', at: facts(resolved), act: MITIGATE, is: 'over'},
    {what: 'a note is taken at any time', at: facts(resolved), act: {act: 'note', text: 'x', at: null}, is: 'events'},
    {what: 'nothing happens in the future', at: facts(), act: {...ACK, at: minute(62)}, is: 'inFuture'},
    {what: 'another clock is a little ahead', at: facts(), act: {...ACK, at: minute(61)}, is: 'events'},
    {
      what: 'nor was it noticed in the future',
      at: facts(),
      act: {...UPDATE, times: {detectedAt: minute(62)}},
      is: 'inFuture',
    },
    {what: 'nobody is on it before it is noticed', at: facts(), act: {...ACK, at: minute(-1)}, is: 'outOfOrder'},
    {
      what: 'nor is it over before it recovered',
      at: facts(mitigated),
      act: {...RESOLVE, at: minute(19)},
      is: 'outOfOrder',
    },
    {
      what: 'nor corrected to before',
      at: facts(mitigated, resolved),
      act: {...MITIGATE, at: minute(31)},
      is: 'outOfOrder',
    },
    {
      what: 'nor does it start after it was noticed',
      at: facts(),
      act: {...UPDATE, times: {startedAt: minute(1)}},
      is: 'outOfOrder',
    },
    {
      what: 'both can be corrected at once',
      at: facts(),
      act: {...UPDATE, times: {startedAt: minute(1), detectedAt: minute(2)}},
      is: 'events',
    },
  ] as const)('$what: $is', ({at, act, is}) => {
    expect(why(decideAct(at, act, NOW))).toBe(is)
  })

  it('says which two times would be the wrong way round', () => {
    expect(decideAct(facts(), {...ACK, at: minute(-1)}, NOW)).toMatchObject({
      refusal: {earlier: 'detectedAt', later: 'acknowledgedAt', times: {acknowledgedAt: minute(-1)}},
    })
  })

  it('is not refused for a disorder that two others typed at once', () => {
    const wrong = someFacts({startedAt: minute(10), detectedAt: minute(5)})
    expect(why(decideAct(wrong, RESOLVE, NOW))).toBe('events')
  })

  it('writes of an update only what it says', () => {
    expect(decideAct(facts(), UPDATE, NOW)).toEqual({kind: 'events', events: []})
    const act = {...UPDATE, text: 'we are on it', changes: {severity: 'P1'}, times: {startedAt: minute(-3)}} as const
    const decision = decideAct(facts(), act, NOW)
    expect(decision.kind === 'events' && decision.events.map(({kind}) => kind)).toEqual([
      ...['incident.changed', 'incident.timeCorrected', 'incident.updated'],
    ])
  })
})
