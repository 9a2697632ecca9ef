import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {IncidentEntry, StatusNow} from '../../../../src/domain/incidents/incident-event.js'
import {unsettledNotices, withNoticesNow} from '../../../../src/domain/incidents/notices-now.js'

const AT = '2026-11-30T22:00:00.000Z'
const STATUSES: readonly StatusNow[] = [
  ...(['delivered', 'pending', 'rejected', 'dropped', 'unconfirmed', 'lost', 'held', 'unknown'] as const),
]
type Told = readonly (readonly [string, StatusNow])[]

function entriesOf(told: readonly Told[]): readonly IncidentEntry[] {
  return told.map((own, sequence): IncidentEntry => {
    const notices = own.map(([noticeId, status]) => ({noticeId, channel: 'slack', status}))
    const head = {happenedAt: AT, at: AT, by: 'ana@vm', id: String(sequence), sequence, notices}
    return sequence % 2 === 0
      ? {...head, kind: 'incident.announced', step: 'opened'}
      : {...head, kind: 'incident.escalated', round: 0, step: 1, why: 'paged', people: ['Ana']}
  })
}

const status = fc.constantFrom(...STATUSES)
const id = fc.constantFrom('a', 'b', 'c', 'toString', '__proto__')
const told = fc.array(fc.array(fc.tuple(id, status), {maxLength: 4}), {maxLength: 5})
const records = fc.array(fc.tuple(id, status)).map((known) => new Map<string, StatusNow>(known))
const flat = (entries: readonly IncidentEntry[]) =>
  entries.flatMap((entry) =>
    'notices' in entry ? entry.notices.map((one) => [one.noticeId, one.status] as const) : [],
  )

describe('what became of the notices of an incident', () => {
  it('is what is recorded now; what was delivered stays so, and what has no record is not said to wait', () => {
    fc.assert(
      fc.property(told, records, (before, now) => {
        const entries = entriesOf(before)
        const after = flat(withNoticesNow(entries, now))
        expect(after.map(([name]) => name)).toEqual(flat(entries).map(([name]) => name))
        for (const [index, [name, was]] of flat(entries).entries()) {
          const is = after[index]?.[1]
          const seen = now.get(name)
          if (was === 'delivered') expect(is).toBe('delivered')
          else if (seen === undefined)
            expect(is).toBe(['lost', 'unconfirmed', 'dropped'].includes(was) ? was : 'unknown')
          else expect(is).toBe(seen === 'delivered' ? 'deliveredLater' : seen)
        }
      }),
    )
  })

  it('is looked up for each that was not delivered, once', () => {
    fc.assert(
      fc.property(told, (before) => {
        const all = flat(entriesOf(before)).filter(([, was]) => was !== 'delivered')
        expect(unsettledNotices(entriesOf(before))).toEqual([...new Set(all.map(([name]) => name))])
      }),
    )
  })

  it('changes nothing else of an event, and no event of another kind', () => {
    const note: IncidentEntry = {
      ...{kind: 'incident.noted', text: 'x', happenedAt: AT, at: AT, by: 'ana@vm', id: '9', sequence: 9},
    }
    const [announced] = entriesOf([[['a', 'pending']]])
    if (announced === undefined) throw new Error('there is one')
    const [same, changed] = withNoticesNow([note, announced], new Map([['a', 'delivered']]))
    expect(same).toBe(note)
    expect(changed).toEqual({...announced, notices: [{noticeId: 'a', channel: 'slack', status: 'deliveredLater'}]})
  })
})
