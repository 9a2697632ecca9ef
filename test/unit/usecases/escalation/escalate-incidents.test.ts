import {describe, expect, it} from 'vitest'
import type {Rota} from '../../../../src/domain/oncall/rota.js'
import {escalateIncidents, type EscalateDeps} from '../../../../src/usecases/escalation/escalate-incidents.js'
import {aLayer, aRota} from '../../../support/builders/rota.js'
import {DOWN} from '../../../support/fakes/notifier.js'
import {fakePageClaims} from '../../../support/fakes/page-claims.js'
import {incidentScene} from '../../../support/incident-scene.js'

const ROTA: Rota = aRota([aLayer({people: ['Ana', 'Bia', 'Caio']})], {
  escalation: [
    {notify: {kind: 'current'}, withinSeconds: 300},
    {notify: {kind: 'next'}, withinSeconds: 600},
    {notify: {kind: 'everyone'}, withinSeconds: 300},
  ],
  people: ['Ana', 'Bia', 'Caio'].map((name) => ({name, email: null, slack: `U${name}`, pagerduty: null})),
})

function scene() {
  const base = incidentScene()
  const claims = fakePageClaims()
  let flushes = 0
  const {telephone} = base.deps
  if (telephone === null) throw new Error('a scene without a telephone')
  const deps: EscalateDeps = {
    ...{...base.deps, telephone, claims, outbox: base.outbox},
    flush: () => Promise.resolve((flushes += 1)),
  }
  const escalate = (over: {readonly dryRun?: boolean; readonly rota?: Rota | null} = {}) =>
    escalateIncidents(deps, {...base.place, rota: ROTA, dryRun: false, ...over})
  /** Whom the pages since the opening were for. */
  const paged = (): readonly (readonly string[])[] =>
    base.slack.posts.flatMap(({notice}) => (notice.paged === undefined ? [] : [notice.paged.map(({name}) => name)]))
  const later = (minutes: number): void => base.clock.advance(minutes * 60)
  return {...base, deps, claims, escalate, paged, later, flushes: () => flushes}
}

async function texts({deps}: ReturnType<typeof scene>): Promise<readonly string[]> {
  const [incident] = (await deps.incidents.list(0)).incidents
  const {entries} = await deps.incidents.read(incident?.id ?? '')
  return entries.flatMap((entry) =>
    entry.kind === 'incident.escalated' ? [`${String(entry.step)} ${entry.why} ${entry.people.join('+')}`] : [],
  )
}

describe('an incident that nobody acknowledges', () => {
  it('goes to the current person, the next, and everybody, each once, and into the timeline', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    const {verdict, data} = await one.escalate()
    expect([verdict, data.incidents[0]?.next?.people]).toEqual(['ok', ['Caio']])
    for (let minute = 0; minute < 30; minute += 1) {
      one.later(1)
      await one.escalate()
    }
    expect(one.paged()).toEqual([['Bia'], ['Caio'], ['Ana', 'Bia', 'Caio']])
    expect(await texts(one)).toEqual(['1 paged Bia', '2 paged Caio', '3 paged Ana+Bia+Caio'])
    expect(one.slack.posts.at(-1)?.notice).toMatchObject({
      state: 'started',
      incident: {step: 'escalated'},
      paged: [{slack: 'UAna'}, {}, {}],
    })
    expect(one.stakeholders.posts).toHaveLength(0)
  })

  it.each(['acknowledge', 'mitigate', 'resolve'] as const)('stops as soon as somebody does: %s', async (act) => {
    const one = scene()
    await one.open({severity: 'P1'})
    await one.escalate()
    const acts = {
      acknowledge: {act: 'acknowledge', owner: 'ana', at: null},
      mitigate: {act: 'mitigate', text: '', at: null},
      resolve: {act: 'resolve', as: 'fixed', text: '', at: null},
    } as const
    await one.act(acts[act])
    one.later(60)
    expect((await one.escalate()).data.incidents).toEqual([])
    expect(one.paged()).toEqual([['Bia']])
  })

  it('begins anew when it is reopened', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    await one.escalate()
    await one.act({act: 'mitigate', text: '', at: null})
    one.later(60)
    await one.act({act: 'reopen', text: '', at: null}, 'INC-1')
    await one.escalate()
    one.later(5)
    await one.escalate()
    expect(one.paged()).toEqual([['Bia'], ['Bia'], ['Caio']])
  })

  it('is left alone as a P2, and paged from when it is raised', async () => {
    const one = scene()
    await one.open({severity: 'P2'})
    one.later(600)
    expect((await one.escalate()).data.incidents).toEqual([])
    await one.act({act: 'update', text: '', changes: {severity: 'P1'}, times: {}})
    await one.escalate()
    expect(one.paged()).toEqual([['Bia']])
  })

  it('after an hour without cron is paged once, and what was skipped is on record', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    one.later(60)
    await one.escalate()
    expect(one.paged()).toEqual([['Ana', 'Bia', 'Caio']])
    expect(await texts(one)).toEqual(['1 late ', '2 late ', '3 paged Ana+Bia+Caio'])
  })

  it('is not paged twice when the clock goes back', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    await one.escalate()
    one.clock.advance(-30)
    await one.escalate()
    one.clock.advance(-7200)
    await one.escalate()
    await one.escalate()
    expect(one.paged()).toEqual([['Bia'], ['Caio']])
  })
})

describe('a page', () => {
  it('whose sender was killed before it was sent is sent by the next call, once', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    const killed: EscalateDeps = {
      ...one.deps,
      telephone: {...one.deps.telephone, send: () => Promise.reject(new Error('killed'))},
    }
    await expect(escalateIncidents(killed, {...one.place, rota: ROTA, dryRun: false})).rejects.toThrow('killed')
    expect(one.paged()).toEqual([])
    await one.escalate()
    await one.escalate()
    expect(one.paged()).toEqual([['Bia']])
    expect(await texts(one)).toEqual(['1 paged Bia'])
  })

  it('whose sender was killed after it was sent is not sent again', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    const killed: EscalateDeps = {
      ...one.deps,
      incidents: {...one.deps.incidents, append: () => Promise.reject(new Error('killed'))},
    }
    await expect(escalateIncidents(killed, {...one.place, rota: ROTA, dryRun: false})).rejects.toThrow('killed')
    await one.escalate()
    expect(one.paged()).toEqual([['Bia']])
    expect(await texts(one)).toEqual(['1 paged Bia'])
  })

  it('that the channel did not take waits in the outbox, is said to be undelivered, and is tried by the next call', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    one.slack.failNext(DOWN)
    expect((await one.escalate()).verdict).toBe('undelivered')
    expect(one.flushes()).toBe(0)
    await one.escalate()
    expect(one.flushes()).toBe(1)
  })

  it('is sent by one of many who call at once', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    const all = await Promise.all(Array.from({length: 20}, () => one.escalate()))
    expect(all.filter(({data}) => data.isBusy).length).toBeGreaterThan(0)
    expect(one.paged()).toEqual([['Bia']])
  })

  it('is only said by a dry run', async () => {
    const one = scene()
    await one.open({severity: 'P0'})
    const {data} = await one.escalate({dryRun: true})
    expect(data.incidents[0]?.steps).toEqual([{step: 1, why: 'paged', people: ['Bia'], notices: []}])
    expect([one.paged(), await texts(one)]).toEqual([[], []])
  })

  it.each([{rota: null}, {rota: {...ROTA, escalation: []}}])('cannot be promised without steps', async ({rota}) => {
    const one = scene()
    await one.open({severity: 'P0'})
    expect((await one.escalate({rota})).verdict).toBe('unknown')
  })
})
