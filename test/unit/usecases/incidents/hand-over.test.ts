import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {handOver, type HandoverDeps} from '../../../../src/usecases/incidents/hand-over.js'
import type {Telephone} from '../../../../src/usecases/incidents/incident-deps.js'
import {changeAction, listActions} from '../../../../src/usecases/incidents/manage-actions.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'
import {DOWN} from '../../../support/fakes/notifier.js'
import {AGAIN, type IncidentScene, incidentScene} from '../../../support/incident-scene.js'

const NOBODY = {owner: null, dueAt: null} as const
const RESOLVE = {act: 'resolve', as: 'fixed', text: '', at: null} as const

function deps({deps: all}: IncidentScene, over: Partial<HandoverDeps> = {}): HandoverDeps {
  return {
    ...all,
    ...{alerts: null, outbox: fakeOutbox(), budgets: () => Promise.resolve([{objective: 'uptime', remaining: 0.4}])},
    written: ({incidents}) => ({title: 'Handover', body: incidents.map(({handle}) => handle).join(' ')}),
    ...over,
  }
}

describe('a handover', () => {
  it('has what is open, and whoever comes owns it from then on', async () => {
    const scene = incidentScene()
    await scene.open()
    await scene.act(RESOLVE)
    await scene.open({title: 'Search is slow', isNew: true})
    const {verdict, data} = await handOver(deps(scene), {...scene.place, to: 'bia', send: false})
    expect(verdict).toBe('ok')
    expect(data).toMatchObject({from: 'ana', to: 'bia', incidents: [{handle: 'INC-2', owner: 'bia'}], notices: []})
    expect((await scene.deps.incidents.list(0)).incidents.map(({owner}) => owner)).toEqual(['bia'])
  })

  it('only to be read changes nobody', async () => {
    const scene = incidentScene()
    await scene.open()
    await handOver(deps(scene), {...scene.place, to: null, send: false})
    expect((await scene.deps.incidents.list(0)).incidents.map(({owner}) => owner)).toEqual([null])
  })

  it('says of a backend that fails why, and hides no other part', async () => {
    const scene = incidentScene()
    await scene.open()
    const silent = {silences: () => Promise.reject(new FaciError('timedOut', 'Alertmanager does not answer'))}
    const {verdict, data} = await handOver(deps(scene, {alerts: silent}), {...scene.place, to: null, send: false})
    expect([verdict, data.incidents.length]).toEqual(['ok', 1])
    expect(data.silences).toEqual({kind: 'unknown', why: 'Alertmanager does not answer'})
    expect(data.budgets).toEqual({kind: 'known', items: [{objective: 'uptime', remaining: 0.4}]})
    expect(data.undelivered).toEqual({kind: 'known', items: []})
  })

  /** Slack, stakeholders, a pager, and a second channel of those who respond. */
  function many(scene: IncidentScene, names: readonly string[] = ['slack', 'pagerduty', 'webhook']) {
    const sent: string[] = []
    const listeners = scene.deps.telephone?.listeners ?? []
    const [some] = listeners
    if (some === undefined || scene.deps.telephone === null) throw new Error('nobody listens')
    const responders = names.map((channel) => ({...some, channel}))
    const send: Telephone['send'] = ({id, channel, title}) => {
      sent.push(`${channel}: ${title}`)
      return Promise.resolve({id, channel, title, status: 'delivered', reason: null})
    }
    const stakeholders = listeners.filter(({readers}) => readers === 'stakeholders')
    return {sent, telephone: {...scene.deps.telephone, send, listeners: [...stakeholders, ...responders]}}
  }

  it('is sent where those are told who respond to the gravest that is open, not to the newest; written for them', async () => {
    const scene = incidentScene({
      ...{P0: {updated: ['email:stakeholders', 'pagerduty', 'webhook'], other: []}, P2: {other: ['slack']}},
    })
    await scene.open({severity: 'P0'})
    await scene.open({severity: 'P2', isNew: true})
    const {sent, telephone} = many(scene)
    const written: HandoverDeps['written'] = (_, channel) => ({title: `for ${channel}`, body: ''})
    await handOver(deps(scene, {written, telephone}), {...scene.place, to: 'bia', send: true})
    expect(sent).toEqual(['webhook: for webhook'])
  })

  it('is no page, which nobody would end, and nothing for stakeholders: then nothing is handed over either', async () => {
    const scene = incidentScene()
    await scene.open({severity: 'P0'})
    const {sent, telephone} = many(scene, ['pagerduty'])
    const asked = handOver(deps(scene, {telephone}), {...scene.place, to: 'bia', send: true})
    await expect(asked).rejects.toThrow('There is no channel to post it to')
    expect([sent, (await scene.deps.incidents.list(1)).incidents[0]?.owner]).toEqual([[], null])
  })

  it('that nobody got waits, and says so', async () => {
    const scene = incidentScene()
    scene.slack.failNext(DOWN)
    const {verdict, data} = await handOver(deps(scene), {...scene.place, to: null, send: true})
    expect([verdict, data.notices.map(({status}) => status)]).toEqual(['undelivered', ['pending']])
  })
})

describe('action items', () => {
  it('of all incidents are those that are open, sooner due first, and say when one is overdue', async () => {
    const scene = incidentScene()
    await scene.open()
    await scene.act(RESOLVE)
    await scene.open({title: 'Search is slow', isNew: true})
    const add = (name: string, text: string, dueAt: string | null) =>
      changeAction(scene.deps, {name: name, again: AGAIN}, {kind: 'add', text, owner: null, dueAt})
    await add('INC-1', 'no day', null)
    await add('INC-1', 'tomorrow', '2026-11-29T06:00:00.000Z')
    await add('INC-2', 'today', '2026-11-28T06:00:00.000Z')
    await add('INC-2', 'done', null)
    await changeAction(scene.deps, {name: 'INC-2', again: AGAIN}, {kind: 'change', number: 2, state: 'done', ...NOBODY})
    const {actions} = (await listActions(scene.deps, null)).data
    expect(actions.map(({incident, number, text, isOverdue}) => [incident, number, text, isOverdue])).toEqual([
      ['INC-2', 1, 'today', true],
      ['INC-1', 2, 'tomorrow', false],
      ['INC-1', 1, 'no day', false],
    ])
    const own = (await listActions(scene.deps, 'INC-2')).data.actions
    expect(own.map(({text, state, isOverdue}) => [text, state, isOverdue])).toEqual([
      ['today', 'open', true],
      ['done', 'done', false],
    ])
  })

  it('keep what is not changed, and are refused without a text or a number of theirs', async () => {
    const scene = incidentScene()
    await scene.open()
    await changeAction(
      scene.deps,
      {name: null, again: AGAIN},
      {kind: 'add', text: ' alert on disk ', owner: 'bia', dueAt: null},
    )
    const change = {kind: 'change', number: 1, state: null, owner: null, dueAt: '2026-12-01T00:00:00.000Z'} as const
    expect((await changeAction(scene.deps, {name: null, again: AGAIN}, change)).data.actions).toMatchObject([
      {text: 'alert on disk', owner: 'bia', dueAt: '2026-12-01T00:00:00.000Z', state: 'open'},
    ])
    const entries = async (): Promise<number> => {
      const id = (await scene.deps.incidents.find('last')) ?? ''
      return (await scene.deps.incidents.read(id)).entries.length
    }
    const before = await entries()
    await changeAction(scene.deps, {name: null, again: AGAIN}, {...change, state: 'open', owner: 'bia'})
    expect(await entries()).toBe(before)
    await expect(
      changeAction(scene.deps, {name: null, again: AGAIN}, {kind: 'add', text: ' ', ...NOBODY}),
    ).rejects.toMatchObject({
      code: 'usage',
    })
    for (const number of [0, -1, 2, 1.5])
      await expect(changeAction(scene.deps, {name: null, again: AGAIN}, {...change, number})).rejects.toMatchObject({
        code: 'notFound',
      })
  })
})
