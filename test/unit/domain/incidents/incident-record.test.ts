import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {IncidentEntry, IncidentEvent} from '../../../../src/domain/incidents/incident-event.js'
import {incidentRecord} from '../../../../src/domain/incidents/incident-record.js'
import {isUpdateOverdue, shownIncident} from '../../../../src/domain/incidents/incident.js'
import {anOpening, aRecord, entriesOf, INCIDENT, minute, someFacts} from '../../../support/builders/incident-record.js'

const UPDATES = {P0: 1800, P1: 7200, P2: 86_400}
const acknowledged = (at: number, owner = 'ana') =>
  ({kind: 'incident.acknowledged', happenedAt: minute(at), owner}) as const
const mitigated = (at: number) => ({kind: 'incident.mitigated', happenedAt: minute(at), text: ''}) as const
const resolved = (at: number) => ({kind: 'incident.resolved', happenedAt: minute(at), as: 'fixed', text: ''}) as const
const reopened = (at: number) => ({kind: 'incident.reopened', happenedAt: minute(at), why: 'asked', text: ''}) as const
const corrected = (time: 'detectedAt' | 'acknowledgedAt' | 'mitigatedAt' | 'resolvedAt', to: number) =>
  ({kind: 'incident.timeCorrected', happenedAt: minute(90), time, to: minute(to)}) as const

const anEvent: fc.Arbitrary<IncidentEvent> = fc
  .nat(60)
  .chain((at) =>
    fc.constantFrom<IncidentEvent>(
      acknowledged(at),
      acknowledged(at, 'bia'),
      mitigated(at),
      resolved(at),
      reopened(at),
      corrected('detectedAt', at),
      corrected('resolvedAt', at),
      corrected('mitigatedAt', at),
      {kind: 'incident.changed', happenedAt: minute(at), changes: {severity: 'P2', owner: ''}},
      {kind: 'incident.merged', happenedAt: minute(at), into: 'INC-1'},
      {kind: 'incident.updated', happenedAt: minute(at), text: 'x'},
      {kind: 'action.added', happenedAt: minute(at), text: 'x', owner: null, dueAt: null},
      {kind: 'action.changed', happenedAt: minute(at), number: (at % 3) + 1, state: 'done'},
    ),
  )

/** As several machines write them: some at once, by clocks that differ. */
const someEntries: fc.Arbitrary<readonly IncidentEntry[]> = fc
  .array(fc.record({event: anEvent, sequence: fc.integer({min: 2, max: 6}), clock: fc.integer({min: -30, max: 30})}), {
    maxLength: 12,
  })
  .map((events) =>
    entriesOf(
      anOpening(),
      ...events.map(({event, sequence, clock}) => ({
        ...event,
        sequence,
        at: new Date(Date.parse(event.happenedAt) + clock * 60_000).toISOString(),
      })),
    ),
  )

describe('what the events of an incident come to', () => {
  it('is the same in whatever order they are read', () => {
    fc.assert(
      fc.property(
        someEntries.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries], {minLength: entries.length})),
        ),
        ([entries, shuffled]) => {
          expect(incidentRecord(INCIDENT, shuffled)).toEqual(incidentRecord(INCIDENT, entries))
        },
      ),
    )
  })

  it('never is a state without its time, nor a time without its state, whatever was written at once', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const {state, resolvedAt, resolution, mitigatedAt, acknowledgedAt} =
          incidentRecord(INCIDENT, entries)?.facts ?? someFacts()
        const isOver = state === 'resolved'
        expect([resolvedAt !== null, resolution !== null]).toEqual([isOver, isOver])
        expect(state === 'mitigated' && mitigatedAt === null).toBe(false)
        expect(mitigatedAt !== null && state !== 'mitigated' && !isOver).toBe(false)
        expect(state === 'acknowledged' && acknowledgedAt === null).toBe(false)
      }),
    )
  })

  it('two who acknowledge at once: the first of the order owns it, for every reader', () => {
    const {facts} = aRecord(
      anOpening(),
      {...acknowledged(3, 'bia'), sequence: 2, at: minute(3)},
      {...acknowledged(2, 'ana'), sequence: 2, at: minute(2)},
    )
    expect([facts.owner, facts.acknowledgedAt]).toEqual(['ana', minute(2)])
  })

  it('to the millisecond: the id decides', () => {
    const {facts} = aRecord(
      anOpening(),
      {...acknowledged(2, 'bia'), sequence: 2, id: '0B'},
      {...acknowledged(2, 'ana'), sequence: 2, id: '0A'},
    )
    expect(facts.owner).toBe('ana')
  })

  it('whoever acknowledges again after it came back owns it, and the first acknowledgement stays', () => {
    const {facts} = aRecord(anOpening(), acknowledged(1), mitigated(5), reopened(6), acknowledged(7, 'bia'))
    expect(facts).toMatchObject({state: 'acknowledged', owner: 'bia', acknowledgedAt: minute(1), reopenings: 1})
  })

  it('whoever acknowledges what was handed to somebody else owns it, once nobody else has acknowledged it', () => {
    const handed = {kind: 'incident.handedOver', happenedAt: minute(1), to: 'ana'} as const
    expect(aRecord(anOpening(), handed, acknowledged(2, 'bia')).facts.owner).toBe('bia')
    expect(aRecord(anOpening(), acknowledged(1), acknowledged(2, 'bia')).facts.owner).toBe('ana')
  })

  it('a clock that went back changes no order: what was caused later comes later', () => {
    const {facts} = aRecord(
      anOpening(),
      {...mitigated(10), sequence: 2, at: minute(10)},
      {...reopened(11), sequence: 3, at: minute(-60)},
    )
    expect(facts.state).toBe('reopened')
  })

  it('a corrected time is the one that holds, and the old one stays in the entries', () => {
    const {facts, entries} = aRecord(anOpening(), acknowledged(5), resolved(30), corrected('resolvedAt', 20))
    expect(facts.resolvedAt).toBe(minute(20))
    expect(entries.map(({kind, happenedAt}) => [kind, happenedAt])).toContainEqual(['incident.resolved', minute(30)])
  })

  it('a correction of an end that was taken back by a reopening, written at once with it, changes nothing', () => {
    const {facts} = aRecord(anOpening(), resolved(30), reopened(31), corrected('resolvedAt', 20))
    expect(facts).toMatchObject({state: 'reopened', resolvedAt: null})
  })

  it('an event of a later version changes nothing, and stays', () => {
    const later = {kind: 'incident.escalated', happenedAt: minute(2), to: 'bia'} as unknown as IncidentEvent
    const {facts, entries} = aRecord(anOpening(), later, acknowledged(3))
    expect(facts.state).toBe('acknowledged')
    expect(entries).toHaveLength(3)
  })

  it('a name that every object has is no event either', () => {
    const odd = {kind: 'toString', happenedAt: minute(2)} as unknown as IncidentEvent
    expect(aRecord(anOpening(), odd).facts).toEqual(aRecord(anOpening()).facts)
  })

  it('without its beginning there is none', () => {
    expect(incidentRecord(INCIDENT, entriesOf(acknowledged(1)))).toBeNull()
  })

  it('a better title leaves the subject of its threads', () => {
    const changes = {title: 'API and search down', commander: 'caio'}
    const {facts} = aRecord(
      anOpening(),
      {kind: 'incident.changed', happenedAt: minute(1), changes},
      {kind: 'incident.changed', happenedAt: minute(2), changes: {commander: ''}},
    )
    expect(facts).toMatchObject({title: 'API and search down', subject: 'API down', commander: null})
  })

  it('what is merged ends as a duplicate of the other; reopened it stands for itself again', () => {
    const merged = {kind: 'incident.merged', happenedAt: minute(4), into: 'INC-1'} as const
    expect(aRecord(anOpening(), merged).facts).toMatchObject({
      ...{state: 'resolved', resolution: 'duplicate', mergedInto: 'INC-1', resolvedAt: minute(4)},
    })
    expect(aRecord(anOpening(), merged, reopened(5)).facts).toMatchObject({mergedInto: null, resolution: null})
    expect(aRecord(anOpening(), resolved(3), merged).facts).toMatchObject({resolution: 'fixed', mergedInto: null})
  })

  it('action items are numbered as they were added, and only those that nobody did or dropped are open', () => {
    const added = (text: string) =>
      ({kind: 'action.added', happenedAt: minute(5), text, owner: null, dueAt: null}) as const
    const {facts, actions} = aRecord(
      anOpening(),
      added('one'),
      added('two'),
      {kind: 'action.changed', happenedAt: minute(6), number: 2, state: 'done', owner: 'bia'},
      {kind: 'action.changed', happenedAt: minute(6), number: 9, state: 'done'},
    )
    expect(actions.map(({number, text, state, owner}) => [number, text, state, owner])).toEqual([
      [1, 'one', 'open', null],
      [2, 'two', 'done', 'bia'],
    ])
    expect(facts.openActions).toBe(1)
  })
})

describe('an incident as it is shown', () => {
  it('counts from its start, else from its detection, and to the acknowledgement from the detection', () => {
    const lived = aRecord(anOpening({startedAt: minute(-5)}), acknowledged(2), mitigated(10), resolved(30)).facts
    expect(shownIncident(lived, UPDATES)).toMatchObject({
      ...{timeToDetectSeconds: 300, timeToAcknowledgeSeconds: 120},
      ...{timeToMitigateSeconds: 900, timeToResolveSeconds: 2100, nextUpdateDueAt: null},
    })
    const unknown = aRecord(anOpening(), resolved(30)).facts
    expect(shownIncident(unknown, UPDATES)).toMatchObject({
      ...{timeToDetectSeconds: null, timeToAcknowledgeSeconds: null},
      ...{timeToMitigateSeconds: null, timeToResolveSeconds: 1800},
    })
  })

  it.each([
    {severity: 'P0', due: 30},
    {severity: 'P1', due: 120},
    {severity: 'P2', due: 1440},
  ] as const)('a $severity owes an update after $due minutes, and an update moves it', ({severity, due}) => {
    const opened = anOpening({severity})
    const shown = shownIncident(aRecord(opened).facts, UPDATES)
    expect(shown.nextUpdateDueAt).toBe(minute(due))
    expect(isUpdateOverdue(shown, new Date(minute(due - 1)))).toBe(false)
    expect(isUpdateOverdue(shown, new Date(minute(due)))).toBe(true)
    const told = aRecord(opened, {kind: 'incident.updated', happenedAt: minute(7), text: 'x'}).facts
    expect(shownIncident(told, UPDATES).nextUpdateDueAt).toBe(minute(7 + due))
  })
})
