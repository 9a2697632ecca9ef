import {patterns} from '../../../support/patterns.js'
import {describe, expect, it} from 'vitest'
import type {LoadedAlert} from '../../../../src/domain/alerts/loaded-rule.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {showAlert, type ShowAlertDeps} from '../../../../src/usecases/alerts/show-alert.js'
import {anAlert, aSilence, fakeAlerts} from '../../../support/fakes/alerts.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {aLoadedRule, fakeLoadedRules} from '../../../support/fakes/loaded-rules.js'

const since = '2026-01-01T00:00:00.000Z'
const labels = {alertname: 'APIDown', instance: 'a:1'}
const found = (over: Partial<LoadedAlert> = {}): LoadedAlert => ({
  ...{labels, annotations: {}, state: 'firing', since, activeSeconds: 90, value: 3},
  ...over,
})
const away = () => Promise.reject(new FaciError('unreachable', 'Prometheus is away'))

function show(deps: Partial<ShowAlertDeps>, name = 'APIDown') {
  return showAlert({alerts: null, rules: null, clock: fakeClock(), patterns, ...deps}, {name})
}

describe('showing an alert', () => {
  it('joins what Prometheus finds with what Alertmanager does with it, external labels or not', async () => {
    const sent = anAlert({labels: {...labels, cluster: 'eu'}, receivers: ['ops']})
    const rules = fakeLoadedRules([aLoadedRule({alerts: [found()], state: 'firing'})])
    const {verdict, data} = await show({alerts: fakeAlerts([sent]), rules})
    expect(verdict).toBe('degraded')
    expect(data).toMatchObject({state: 'firing', severity: 'critical', priority: 'P0', runbook: 'api-down'})
    expect(data.instances).toMatchObject([{state: 'firing', value: 3, receivers: ['ops'], labels: {cluster: 'eu'}}])
  })

  it('shows what only one of them has', async () => {
    const other = found({labels: {...labels, instance: 'b:1'}, state: 'pending'})
    const rules = fakeLoadedRules([aLoadedRule({alerts: [other]})])
    const {data} = await show({alerts: fakeAlerts([anAlert({labels})]), rules})
    expect(data.instances).toMatchObject([
      {state: 'firing', value: null, receivers: []},
      {state: 'pending', value: 3, receivers: null},
    ])
  })

  it('tells who keeps it quiet: silences, and inhibiting alerts by their names', async () => {
    const inhibited = anAlert({name: 'Slow', fingerprint: 'f2', state: 'suppressed', inhibitedBy: ['f1', 'f9']})
    const alerts = fakeAlerts([anAlert({labels}), inhibited], [aSilence()])
    const {data, verdict} = await show({alerts})
    expect(data).toMatchObject({state: 'suppressed', instances: [{silences: [{id: 's1', comment: 'deploy'}]}]})
    expect(verdict).toBe('healthy')
    expect((await show({alerts}, 'Slow')).data.instances).toMatchObject([{inhibitedBy: ['APIDown', 'f9']}])
  })

  it('is healthy when it is only defined, or always fires on purpose', async () => {
    const rules = fakeLoadedRules([aLoadedRule(), aLoadedRule({name: 'Watchdog', alerts: [found()]})])
    expect(await show({rules})).toMatchObject({verdict: 'healthy', data: {state: 'inactive', instances: []}})
    expect(await show({rules}, 'Watchdog')).toMatchObject({verdict: 'healthy', data: {state: 'firing'}})
  })

  it('is unknown when its rule fails, or what could be firing cannot be seen', async () => {
    const failing = fakeLoadedRules([aLoadedRule({error: 'many-to-many'})])
    expect(await show({rules: failing})).toMatchObject({
      verdict: 'unknown',
      data: {problems: ['its rule cannot be evaluated: many-to-many']},
    })
    const alerts = {...fakeAlerts([]), active: away}
    expect(await show({rules: fakeLoadedRules([aLoadedRule()]), alerts})).toMatchObject({
      verdict: 'unknown',
      data: {problems: ['Prometheus is away']},
    })
  })

  it('an unknown name is notFound, with what was meant; but not when one of them cannot be asked', async () => {
    const rules = fakeLoadedRules([aLoadedRule()])
    await expect(show({rules}, 'APIDwn')).rejects.toMatchObject({
      code: 'notFound',
      suggestions: ['faci alerts show APIDown'],
    })
    await expect(show({rules: {alerts: away, relabeling: away}, alerts: fakeAlerts([])})).rejects.toMatchObject({
      code: 'unreachable',
    })
  })
})
