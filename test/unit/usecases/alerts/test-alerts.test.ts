import {describe, expect, it} from 'vitest'
import {countedBetween} from '../../../../src/domain/alerts/alert-test.js'
import {parseMatcher} from '../../../../src/domain/promql/read-matcher.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {testAlerts} from '../../../../src/usecases/alerts/test-alerts.js'
import {alertTestDeps, alertTestInput} from '../../../support/alert-test.js'
import {aRoute, aRouting, fakeAlertRouting} from '../../../support/fakes/alert-routing.js'
import {anAlert, aSilence, fakeAlerts} from '../../../support/fakes/alerts.js'

const CHAT = aRoute({receiver: 'chat', matchers: [parseMatcher('team=api')], groupWaitSeconds: 60})
const ROUTING = aRouting([CHAT])
const ID = '00000000000000000000000001'

describe('testing the alert path', () => {
  it('sends one marked alert for each route, says which integrations sent it, and resolves them', async () => {
    const routing = fakeAlertRouting(ROUTING, {looks: 3})
    const {verdict, data} = await testAlerts(alertTestDeps({routing}), alertTestInput({yes: true}))
    expect(verdict).toBe('ok')
    expect(data.integrations).toEqual([
      {integration: 'webhook', expected: 1, sent: 1, failed: 0},
      {integration: 'slack', expected: 2, sent: 2, failed: 0},
    ])
    // The slow route waits 60 s: nothing that was counted before can be its.
    expect(data.durationSeconds).toBe(62)
    expect(routing.calls).toHaveLength(2)
    const [sent = [], resolved = []] = routing.calls
    expect(sent.map(({labels}) => labels)).toEqual([
      {alertname: 'FaciTest', faci_test: ID, faci_route: '1'},
      {alertname: 'FaciTest', team: 'api', faci_test: ID, faci_route: '2'},
    ])
    // 60 s of the slow route, 30 s to deliver, a minute more in case the test dies.
    expect(sent.map(({startsAt, endsAt}) => [startsAt, endsAt])[0]).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:02:30.000Z',
    ])
    expect(resolved.map(({labels}) => labels)).toEqual(sent.map(({labels}) => labels))
    expect(resolved[0]?.endsAt).toBe('2026-01-01T00:01:02.000Z')
  })

  it('an integration that fails is bad, silence in time is no answer; both are resolved', async () => {
    const failing = fakeAlertRouting(ROUTING, {failing: ['slack']})
    const bad = await testAlerts(alertTestDeps({routing: failing}), alertTestInput({yes: true, waitSeconds: 5}))
    expect(bad).toMatchObject({verdict: 'bad', data: {durationSeconds: 5, integrations: [{sent: 1}, {failed: 2}]}})
    const silent = fakeAlertRouting(ROUTING, {looks: Infinity})
    const unknown = await testAlerts(alertTestDeps({routing: silent}), alertTestInput({yes: true, waitSeconds: 5}))
    expect(unknown.verdict).toBe('unknown')
    expect([failing, silent].map(({calls}) => calls.length)).toEqual([2, 2])
  })

  it('is no answer when a route waits longer than the test, whatever was counted', async () => {
    const routing = fakeAlertRouting(ROUTING)
    const {verdict, data} = await testAlerts(alertTestDeps({routing}), alertTestInput({yes: true, waitSeconds: 60}))
    expect(data.integrations.every(({expected, sent}) => sent === expected)).toBe(true)
    expect(verdict).toBe('unknown')
  })

  it('expects nothing of an alert that is silenced, and says so', async () => {
    const routing = fakeAlertRouting(ROUTING)
    const labels = {alertname: 'FaciTest', faci_test: ID, faci_route: '1'}
    const silence = aSilence({matchers: [parseMatcher('faci_route="1"')]})
    const alerts = fakeAlerts([anAlert({name: 'FaciTest', labels})], [silence])
    const {verdict, data} = await testAlerts(alertTestDeps({routing, alerts}), alertTestInput({yes: true}))
    expect(verdict).toBe('unknown')
    expect(data.suppressed).toEqual(['default'])
    expect(data.integrations.map(({integration}) => integration)).toEqual(['slack'])
  })

  it('tells nobody without consent, and says what would be accepted', async () => {
    const routing = fakeAlertRouting(ROUTING)
    const deps = alertTestDeps({routing})
    const {verdict, data} = await testAlerts(
      deps,
      alertTestInput({waitSeconds: 90, environment: 'production', production: true}),
    )
    expect(verdict).toBe('refused')
    expect(data.refusal?.accept).toBe('faci alerts test --wait 90s --yes --confirm production')
    expect(deps.shown).toEqual([data.plan])
    expect(routing.calls).toEqual([])
  })

  it('a dry run shows the alerts and sends none', async () => {
    const routing = fakeAlertRouting(
      aRouting([CHAT, aRoute({receiver: 'nobody', matchers: CHAT.matchers, timed: true})]),
    )
    const {data} = await testAlerts(alertTestDeps({routing}), alertTestInput({dryRun: true}))
    expect(data.plan.waitSeconds).toBe(90)
    expect(data.plan.routes.map(({route, integrations, caution}) => [route, integrations.length, caution])).toEqual([
      ['default', 1, null],
      ['team="api"', 2, null],
      ['team="api"', 0, expect.stringContaining('an earlier route may take them all')],
    ])
    expect(routing.calls).toEqual([])
  })

  it('resolves what it sent when it is interrupted, or when Alertmanager goes away', async () => {
    const interrupted = fakeAlertRouting(ROUTING)
    const controller = new AbortController()
    const deps = alertTestDeps({routing: interrupted})
    const sleep = () => {
      controller.abort()
      return Promise.reject(new FaciError('interrupted', 'Interrupted'))
    }
    const input = alertTestInput({yes: true, signal: controller.signal})
    const test = testAlerts({...deps, clock: {...deps.clock, sleep}}, input)
    await expect(test).rejects.toMatchObject({code: 'interrupted'})
    expect(interrupted.calls).toHaveLength(2)
    const leaving = fakeAlertRouting(ROUTING)
    let looks = 0
    const notifications = () =>
      (looks += 1) === 1 ? leaving.notifications() : Promise.reject(new FaciError('unreachable', 'away'))
    const away = testAlerts(alertTestDeps({routing: {...leaving, notifications}}), alertTestInput({yes: true}))
    await expect(away).rejects.toMatchObject({code: 'unreachable'})
    expect(leaving.calls).toHaveLength(2)
  })

  it('is refused where only looking is allowed', async () => {
    const test = testAlerts(alertTestDeps({}), alertTestInput({yes: true, readOnly: true}))
    await expect(test).rejects.toMatchObject({code: 'refused'})
  })

  it('counters that begin anew are all new', () => {
    const expected = new Map([['slack', 2]])
    const counted = (before: number, now: number) =>
      countedBetween(expected, {slack: {sent: before, failed: 0}}, {slack: {sent: now, failed: 1}})[0]
    expect(counted(5, 7)).toEqual({integration: 'slack', expected: 2, sent: 2, failed: 1})
    expect(counted(5, 1)).toMatchObject({sent: 1})
    expect(countedBetween(expected, {}, {})[0]).toMatchObject({sent: 0, failed: 0})
  })
})
