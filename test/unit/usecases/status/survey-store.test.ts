import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {surveyStore, type SurveyStoreDeps} from '../../../../src/usecases/status/survey-store.js'
import {anIncident} from '../../../support/builders/incident.js'
import {aNotice} from '../../../support/builders/notice.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'

const RULES = {updates: {P0: 1800, P1: 7200, P2: 86_400}, watchSeconds: 600}
const gone = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'Permission denied'))
const GONE = {kind: 'unknown', reason: 'Permission denied', verdict: 'unknown'}

function deps(over: Partial<SurveyStoreDeps> = {}): SurveyStoreDeps {
  return {
    clock: fakeClock('2026-11-23T06:30:00.000Z'),
    outbox: fakeOutbox(),
    incidents: {list: () => Promise.resolve({incidents: [anIncident()], total: 1})},
    unreadableRuns: () => Promise.resolve([]),
    ...over,
  }
}

describe('surveyStore', () => {
  it('asks for no incident that is over, and has those that are not, with what to type', async () => {
    const asked: number[] = []
    const list = (newest: number) => {
      asked.push(newest)
      return Promise.resolve({incidents: [anIncident()], total: 40})
    }
    const {incidents} = await surveyStore(deps({incidents: {list}}), RULES)
    const due = '2026-11-23T06:50:00.000Z'
    const value = [{handle: 'INC-1', nextUpdateDueAt: due, next: 'faci incident ack INC-1'}]
    expect([asked, incidents]).toEqual([[0], expect.objectContaining({kind: 'read', verdict: 'healthy'})])
    expect(incidents).toMatchObject({value})
  })

  it('incidents that cannot be read hide nothing else', async () => {
    const found = await surveyStore(deps({incidents: {list: gone}}), RULES)
    expect(found).toMatchObject({incidents: GONE, undelivered: {value: 0}, unreadable: {value: {notices: 0, runs: 0}}})
  })

  it('an outbox that cannot be read hides no incident, and has no oldest notice', async () => {
    const found = await surveyStore(deps({outbox: {...fakeOutbox(), pending: gone}}), RULES)
    expect(found).toMatchObject({undelivered: GONE, oldestUndeliveredAt: null, incidents: {kind: 'read'}})
  })

  it('counts what waits, and has when the oldest of it was made', async () => {
    const outbox = fakeOutbox()
    expect((await surveyStore(deps({outbox}), RULES)).oldestUndeliveredAt).toBeNull()
    await outbox.put(aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', createdAt: '2026-11-23T06:00:00.000Z'}))
    await outbox.put(aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA1', createdAt: '2026-11-23T04:30:00.000Z'}))
    const {undelivered, oldestUndeliveredAt} = await surveyStore(deps({outbox}), RULES)
    expect([undelivered, oldestUndeliveredAt]).toMatchObject([{value: 2}, '2026-11-23T04:30:00.000Z'])
  })

  it('counts what the fallback channel has, and not what waits for it too', async () => {
    const outbox = fakeOutbox()
    const notices = ['01ARZ3NDEKTSV4RRFFQ69G5FA1', '01ARZ3NDEKTSV4RRFFQ69G5FA2'].map((id) => aNotice({id}))
    for (const notice of notices) {
      await outbox.put(notice)
      await outbox.handOn(notice.id, {...notice, id: `${notice.id}-fallback`, channel: 'email'}, notice.createdAt)
    }
    const attempt = {at: '2026-11-23T04:30:00.000Z', outcome: 'delivered', reason: null} as const
    const after = {nextTryAt: null, message: null, unconfirmed: false, repeats: 0, isRoot: false}
    await outbox.record('01ARZ3NDEKTSV4RRFFQ69G5FA1-fallback', attempt, after)
    expect(await surveyStore(deps({outbox}), RULES)).toMatchObject({undelivered: {value: 3}, onFallback: 1})
  })
})
