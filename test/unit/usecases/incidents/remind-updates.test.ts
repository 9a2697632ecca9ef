import {describe, expect, it} from 'vitest'
import type {Routes} from '../../../../src/domain/incidents/announcement.js'
import type {RemindDeps} from '../../../../src/usecases/incidents/late-updates.js'
import {remindUpdates, undeliveredReminders} from '../../../../src/usecases/incidents/remind-updates.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {DOWN} from '../../../support/fakes/notifier.js'
import {fakePageClaims} from '../../../support/fakes/page-claims.js'
import {incidentScene} from '../../../support/incident-scene.js'

const ANA = {name: 'ana', email: 'ana@example.com', slack: 'U012AB3CD', pagerduty: null}

function scene(routes: Routes = {}) {
  const base = incidentScene(routes)
  const {telephone} = base.deps
  if (telephone === null) throw new Error('a scene without a telephone')
  let flushes = 0
  const deps: RemindDeps = {
    ...{...base.deps, telephone, claims: fakePageClaims(), outbox: base.outbox},
    flush: () => Promise.resolve((flushes += 1)),
  }
  const remind = async (over: Partial<RemindDeps> = {}) =>
    (await remindUpdates({...deps, ...over}, {...base.place, people: [ANA]})).reminded
  const reminders = () => base.slack.posts.filter(({notice}) => notice.incident?.step === 'due')
  return {...base, deps, remind, reminders, flushes: () => flushes}
}

describe('an update that is due', () => {
  it('is reminded of once for each time by which it was due, also by two who call at once, and is in the timeline', async () => {
    const {open, act, clock, remind, reminders} = scene()
    await open({severity: 'P0'})
    await act({act: 'acknowledge', owner: 'ana', at: null})
    expect(await remind()).toEqual([])
    clock.advance(1801)
    const both = await Promise.all([remind(), remind()])
    expect(both.flat()).toMatchObject([
      {handle: 'INC-1', people: ['ana'], notices: [{channel: 'slack', status: 'delivered'}]},
    ])
    expect(await remind()).toEqual([])
    expect(reminders()).toMatchObject([{notice: {paged: [ANA], state: 'update'}}])
    expect(reminders()[0]?.notice.body).toContain("faci incident update INC-1 --message '…'")
    const {data} = await act({act: 'update', text: 'restoring', changes: {}, times: {}})
    expect(data.timeline.map(({text}) => text)).toContain('Notice (update due): slack delivered')
    clock.advance(1801)
    expect(await remind()).toHaveLength(1)
    expect(reminders()).toHaveLength(2)
  })

  it('is no reminder for what is resolved, or routed nowhere', async () => {
    const {open, act, clock, remind, reminders} = scene({P2: {due: []}})
    await open({severity: 'P0'})
    await act({act: 'resolve', as: 'fixed', text: '', at: null})
    await open({severity: 'P2', title: 'slow', isNew: true})
    clock.advance(100_000)
    expect(await remind()).toEqual([])
    expect(reminders()).toEqual([])
  })

  it.each([DOWN, {kind: 'rejected', reason: {why: 'mayNotPost', scope: 'chat:write'}}] as const)(
    'that waits in the outbox is left to it, and said to wait until it is there: %j',
    async (fault) => {
      const {open, clock, remind, reminders, slack, outbox, flushes} = scene()
      await open({severity: 'P0'})
      clock.advance(1801)
      slack.failNext(fault)
      const status = fault.kind === 'rejected' ? 'rejected' : 'pending'
      expect(await remind()).toMatchObject([{notices: [{status}]}])
      expect([await remind(), flushes()]).toMatchObject([[{notices: [{status}]}], 1])
      expect(reminders()).toHaveLength(0)
      const [waiting] = await outbox.pending()
      await outbox.drop(waiting?.notice.id ?? '')
      expect(await remind()).toMatchObject([{notices: [{status: 'dropped'}]}])
      expect(await remind()).toEqual([])
    },
  )

  it('that waits counts as undelivered also while another process has the right, unless that one is just sending it', async () => {
    const {open, clock, deps, place, slack, outbox} = scene()
    await open({severity: 'P0'})
    clock.advance(1801)
    slack.failNext(DOWN)
    const call = () => remindUpdates(deps, {...place, people: []})
    expect(undeliveredReminders((await call()).reminded)).toHaveLength(1)
    const right = await deps.claims.alone()
    const busy = await call()
    expect(busy).toMatchObject({isBusy: true, covered: ['INC-1']})
    expect(undeliveredReminders(busy.reminded)).toMatchObject([{notices: [{status: 'pending'}]}])
    const [kept] = await outbox.pending()
    const waiting = kept === undefined ? [] : [{...kept, attempts: []}]
    const untried = {...outbox, pending: () => Promise.resolve(waiting)}
    expect((await remindUpdates({...deps, outbox: untried}, {...place, people: []})).reminded).toEqual([])
    await right?.release()
  })

  it.each([
    {what: 'is covered when it waits', lose: false, covered: ['INC-1']},
    {what: 'is not when nobody was told and nothing kept', lose: true, covered: []},
  ])('$what', async ({lose, covered}) => {
    const {open, clock, deps, place, slack} = scene()
    await open({severity: 'P0'})
    clock.advance(1801)
    slack.failNext(DOWN)
    const {telephone} = deps
    const lost: RemindDeps['telephone']['send'] = async (notice) => ({
      ...(await telephone.send(notice)),
      status: 'lost',
    })
    const over = lose ? {telephone: {...telephone, send: lost}} : {}
    expect((await remindUpdates({...deps, ...over}, {...place, people: []})).covered).toEqual(covered)
  })

  it('whose notice cannot be read any more is said to be lost once', async () => {
    const {open, clock, remind, slack, outbox} = scene()
    await open({severity: 'P0'})
    clock.advance(1801)
    slack.failNext(DOWN)
    await remind()
    const unreadable = {...outbox, fate: () => Promise.resolve('unreadable' as const)}
    expect(await remind({outbox: unreadable})).toMatchObject([{notices: [{status: 'lost'}]}])
    expect(await remind({outbox: unreadable})).toEqual([])
  })

  it('of an incident that cannot be read hides no other', async () => {
    const {open, clock, deps, place} = scene()
    await open({severity: 'P0', title: 'a', isNew: true})
    await open({severity: 'P0', title: 'b', isNew: true})
    clock.advance(1801)
    const [first] = (await deps.incidents.list(0)).incidents.filter(({title}) => title === 'a')
    const read: RemindDeps['incidents']['read'] = (id) =>
      id === first?.id ? Promise.reject(new FaciError('unreachable', 'the disk is gone')) : deps.incidents.read(id)
    const told = await remindUpdates({...deps, incidents: {...deps.incidents, read}}, {...place, people: []})
    expect(told).toMatchObject({reminded: [{title: 'b'}], left: 0, problems: ['the disk is gone']})
  })

  it('is reminded of although more than fifty others were before', async () => {
    const {open, clock, remind} = scene()
    for (let one = 0; one < 51; one += 1) await open({severity: 'P2', title: `slow ${String(one)}`, isNew: true})
    await open({severity: 'P1', title: 'API down', isNew: true})
    clock.advance(100_000)
    const first = await remind()
    expect([first.length, first[0]?.title]).toEqual([52, 'API down'])
    expect(await remind()).toEqual([])
  })

  it('of many, over a channel that does not answer, is left to the next call after a while', async () => {
    const {open, deps, clock, place} = scene()
    for (const title of ['a', 'b', 'c', 'd', 'e']) await open({severity: 'P0', title, isNew: true})
    clock.advance(1801)
    const {telephone} = deps
    const send: RemindDeps['telephone']['send'] = (notice) => {
      clock.advance(10)
      return telephone.send(notice)
    }
    const slow = () => remindUpdates({...deps, telephone: {...telephone, send}}, {...place, people: []})
    const calls = [await slow(), await slow(), await slow(), await slow()]
    expect(calls.map(({reminded}) => reminded.map(({title}) => title))).toEqual([['a', 'b'], ['c', 'd'], ['e'], []])
    expect(calls.map(({left}) => left)).toEqual([3, 1, 0, 0])
  })
})
