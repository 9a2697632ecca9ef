import {describe, expect, it} from 'vitest'
import type {PageTestStep} from '../../../../src/domain/escalation/page-test-report.js'
import {ENGLISH} from '../../../../src/render/words/words.js'
import {acknowledgeTest, testPages} from '../../../../src/usecases/escalation/test-pages.js'
import {aLayer, aRota} from '../../../support/builders/rota.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeIds} from '../../../support/fakes/ids.js'
import {DOWN, fakeNotifier, UNANSWERED} from '../../../support/fakes/notifier.js'
import {fakePageTests} from '../../../support/fakes/page-tests.js'

const ROTA = aRota([aLayer({people: ['Ana', 'Bia', 'Caio']})], {
  escalation: [
    {notify: {kind: 'current'}, withinSeconds: 300},
    {notify: {kind: 'everyone'}, withinSeconds: 300},
  ],
})

function scene() {
  const [clock, ids] = [fakeClock('2026-01-06T12:00:00.000Z'), fakeIds()]
  const tests = fakePageTests({clock, ids})
  const [slack, pagerduty] = [fakeNotifier(), {...fakeNotifier('pagerduty'), perIncident: true} as const]
  const channels = [slack, pagerduty].map((notifier) => ({notifier, words: ENGLISH.oncall}))
  const place = {service: 'shop', environment: 'staging', operator: {name: 'ana', host: 'vm'}, rota: ROTA}
  const steps: PageTestStep[] = []
  const deps = {tests, channels, clock, ids, tell: (step: PageTestStep) => void steps.push(step)}
  const {signal} = new AbortController()
  return {slack, pagerduty, steps, tests, deps, place, input: {...place, waitSeconds: 30, signal}}
}

describe('a test of the chain', () => {
  it('pages everybody on every channel, says that it is a test, and that nobody acknowledged', async () => {
    const {deps, input, slack} = scene()
    const {verdict, data} = await testPages(deps, input)
    expect(verdict).toBe('bad')
    expect(data.people.map(({person, acknowledgedAt}) => [person, acknowledgedAt])).toEqual([
      ['Ana', null],
      ['Bia', null],
      ['Caio', null],
    ])
    expect(slack.posts.map(({notice: {paged}}) => paged?.map(({name}) => name))).toEqual([['Ana'], ['Bia'], ['Caio']])
    for (const {notice} of slack.posts) {
      expect(notice.title).toMatch(/test/i)
      expect(notice.body).toContain(`faci oncall test --ack ${data.id ?? ''}`)
      expect(notice.incident).toBeNull()
    }
  })

  it('closes what a pager has opened', async () => {
    const {deps, input, pagerduty} = scene()
    await testPages(deps, input)
    expect(pagerduty.posts.map(({notice: {state}}) => state)).toEqual(['info', 'info', 'info', 'resolved'])
    expect(new Set(pagerduty.posts.map(({notice: {thread}}) => thread)).size).toBe(1)
  })

  it('tells each step as it happens, and each acknowledgement once', async () => {
    const {deps, input, place, steps, tests} = scene()
    const answers = ['', 'Bia', '', 'Caio', 'Ana']
    const seen: (readonly string[])[] = []
    const acknowledgements = async (id: string) => {
      seen.push(steps.map(({kind}) => kind))
      const person = answers.shift() ?? ''
      if (person !== '') await acknowledgeTest(deps, {...place, id, person})
      return tests.acknowledgements(id)
    }
    const {data} = await testPages({...deps, tests: {...tests, acknowledgements}}, input)
    // Before anybody is waited for, every page was told.
    expect(seen[0]).toEqual(['begun', 'sent', 'sent', 'sent', 'sent', 'sent', 'sent', 'waiting'])
    expect(steps[0]).toEqual({kind: 'begun', id: data.id, people: ['Ana', 'Bia', 'Caio']})
    expect(steps.slice(7)).toMatchObject([
      {kind: 'waiting', until: '2026-01-06T12:00:30.000Z'},
      {kind: 'acknowledged', person: 'Bia', afterSeconds: 1, left: ['Ana', 'Caio']},
      {kind: 'acknowledged', person: 'Caio', afterSeconds: 3, left: ['Ana']},
      {kind: 'acknowledged', person: 'Ana', afterSeconds: 4, left: []},
      {kind: 'closed', page: {channel: 'pagerduty', status: 'delivered'}},
    ])
  })

  it('does not call good what leaves an alert open, and closes what may have arrived', async () => {
    const {deps, input, place, tests, pagerduty} = scene()
    const everybody = async (id: string) => {
      for (const person of ['Ana', 'Bia', 'Caio']) await acknowledgeTest(deps, {...place, id, person})
      return tests.acknowledgements(id)
    }
    const answering = {...deps, tests: {...tests, acknowledgements: everybody}}
    pagerduty.failNext(UNANSWERED, DOWN, DOWN, DOWN)
    const {verdict, data} = await testPages(answering, input)
    expect([verdict, data.closings]).toEqual([
      'unknown',
      [{channel: 'pagerduty', status: 'failed', reason: DOWN.reason}],
    ])
    pagerduty.failNext(DOWN, DOWN, DOWN)
    expect((await testPages(answering, input)).data.closings).toEqual([])
  })

  it('is good when everybody has acknowledged, and says after how long', async () => {
    const {deps, input, place, tests} = scene()
    const answering = {
      ...tests,
      acknowledgements: async (id: string) => {
        for (const person of ['Ana', 'bia', 'Caio']) await acknowledgeTest(deps, {...place, id, person})
        return tests.acknowledgements(id)
      },
    }
    const {verdict, data} = await testPages({...deps, tests: answering}, input)
    expect(verdict).toBe('ok')
    expect(data.people.map(({acknowledgedAfterSeconds}) => acknowledgedAfterSeconds)).toEqual([0, 0, 0])
  })

  it('says which page a channel did not take, and keeps nothing for later', async () => {
    const {deps, input, slack} = scene()
    slack.failNext(DOWN)
    const {data} = await testPages(deps, {...input, waitSeconds: 0})
    expect(data.people[0]?.channels).toEqual([
      {channel: 'slack', status: 'failed', reason: DOWN.reason},
      {channel: 'pagerduty', status: 'delivered', reason: null},
    ])
  })

  it('waits for nobody where no page was taken anywhere', async () => {
    const {deps, input, slack, pagerduty, steps} = scene()
    const rejected = {kind: 'rejected', reason: DOWN.reason} as const
    for (const notifier of [slack, pagerduty]) notifier.failNext(rejected, rejected, rejected)
    const {verdict, data} = await testPages(deps, {...input, waitSeconds: 900})
    expect([verdict, data.people.map(({acknowledgedAt}) => acknowledgedAt)]).toEqual(['bad', [null, null, null]])
    expect(data.waitSeconds).toBe(0)
    expect(steps.map(({kind}) => kind)).not.toContain('waiting')
  })

  it('cannot be without a rota or a channel', async () => {
    const {deps, input} = scene()
    expect((await testPages(deps, {...input, rota: null})).data.lacks).toBe('rota')
    expect((await testPages({...deps, channels: []}, input)).data.lacks).toBe('channel')
  })

  it('is acknowledged by the operator, and by nobody whom the rota does not know', async () => {
    const {deps, place, tests} = scene()
    const {id} = await tests.begin(['Ana'])
    expect((await acknowledgeTest(deps, {...place, id, person: null})).data.acknowledgedBy).toBe('Ana')
    await expect(acknowledgeTest(deps, {...place, id, person: 'Eve'})).rejects.toMatchObject({code: 'notFound'})
    await expect(acknowledgeTest(deps, {...place, id: 'X', person: null})).rejects.toMatchObject({code: 'notFound'})
  })
})
