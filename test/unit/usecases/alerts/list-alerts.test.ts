import {patterns} from '../../../support/patterns.js'
import type {RelabelRule} from '../../../../src/domain/alerts/relabel.js'
import fc from 'fast-check'
import {doubtText} from '../../../../src/render/words/en/alerts.js'
import {describe, expect, it} from 'vitest'
import type {LoadedAlert, LoadedRule} from '../../../../src/domain/alerts/loaded-rule.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {alertRows} from '../../../../src/render/alerts/alerts.js'
import {PLAIN} from '../../../../src/render/text/style.js'
import {listAlerts, type ListAlertsDeps} from '../../../../src/usecases/alerts/list-alerts.js'
import {anAlert, aSilence, fakeAlerts} from '../../../support/fakes/alerts.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {aLoadedRule, fakeLoadedRules} from '../../../support/fakes/loaded-rules.js'

const since = '2026-01-01T00:00:00.000Z'
const labels = {alertname: 'APIDown', job: 'api'}
const away = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'Prometheus at x cannot be reached'))
const gone = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'Alertmanager at y cannot be reached'))

/** Fires after a minute, is evaluated every 15 s. */
function rule(alerts: readonly Partial<LoadedAlert>[], over: Partial<LoadedRule> = {}): LoadedRule {
  const full = alerts.map((alert) => ({
    ...({labels, annotations: {summary: 'API está offline', runbook: 'api-down'}, state: 'firing'} as const),
    ...{since, activeSeconds: 600, value: 1},
    ...alert,
  }))
  return aLoadedRule({state: full.length === 0 ? 'inactive' : 'firing', alerts: full, ...over})
}

async function list(deps: Partial<ListAlertsDeps>, all = false) {
  const clock = fakeClock('2026-01-01T00:10:00.000Z')
  const result = await listAlerts(
    {alerts: fakeAlerts([]), rules: fakeLoadedRules([rule([])]), clock, patterns, ...deps},
    {all},
  )
  return {...result, text: alertRows(result.data, clock.now().getTime(), PLAIN)}
}

const found = (...rules: readonly LoadedRule[]) => ({rules: fakeLoadedRules(rules)})

describe('what fires, as Prometheus and Alertmanager have it together', () => {
  it('is healthy only when both can be seen and nothing fires', async () => {
    expect(await list({})).toMatchObject({verdict: 'healthy', text: '● none firing'})
    expect(await list({rules: null})).toMatchObject({verdict: 'healthy', text: '● none firing'})
  })

  it('tells the page of an alert that names no runbook of faci', async () => {
    const annotations = {summary: 'late', runbook_url: 'https://rb.example/queue-lag'}
    expect((await list(found(rule([{annotations}])))).text).toContain(' https://rb.example/queue-lag ')
    expect((await list(found(rule([{annotations: {...annotations, runbook: 'queue-lag'}}])))).text).toContain(
      ' faci runbook queue-lag ',
    )
    expect((await list(found(rule([{annotations: {runbook_url: 'ask Ana'}}])))).text).toContain(' none')
  })

  it('is unknown, never healthy, when Prometheus cannot be seen; what fires at Alertmanager is told all the same', async () => {
    const blind = await list({rules: {alerts: away, relabeling: away}})
    expect(blind.verdict).toBe('unknown')
    expect(blind.text).toBe('? no alert seen, but not every source could be read\n? Prometheus at x cannot be reached')
    const firing = await list({rules: {alerts: away, relabeling: away}, alerts: fakeAlerts([anAlert({labels})])})
    expect(firing.verdict).toBe('degraded')
    expect(firing.text).toMatch(/APIDown .* firing .*\n\? Prometheus at x cannot be reached/)
  })

  it('is the error of Alertmanager when that cannot be seen, unless Prometheus has something firing', async () => {
    const alerts = {...fakeAlerts([]), active: gone}
    await expect(list({alerts})).rejects.toMatchObject({message: 'Alertmanager at y cannot be reached'})
    await expect(list({alerts, ...found(rule([], {name: 'Watchdog'}))})).rejects.toMatchObject({code: 'unreachable'})
    const firing = await list({alerts, ...found(rule([{}]))})
    expect(firing).toMatchObject({verdict: 'degraded', data: {alerts: [{name: 'APIDown', delivery: 'unknown'}]}})
  })

  it.each([
    ['just now', 60, 'unknown', 'onItsWay', 'firing, not yet at Alertmanager'],
    ['two evaluations and 30 s long', 120, 'unknown', 'onItsWay', 'firing, not yet at Alertmanager'],
    ['longer', 121, 'degraded', 'missing', 'firing, not at Alertmanager'],
  ] as const)('an alert firing %s that Alertmanager lacks', async (_, activeSeconds, verdict, delivery, state) => {
    const {text, ...rest} = await list(found(rule([{activeSeconds}])))
    expect(rest).toMatchObject({verdict, data: {alerts: [{name: 'APIDown', delivery, runbook: 'api-down'}]}})
    expect(text).toContain(state)
  })

  it('shows a pending one with the time until it fires, and a silence that will keep it quiet', async () => {
    const pending = found(rule([{state: 'pending', activeSeconds: 47}]))
    const {verdict, data, text} = await list(pending)
    expect(verdict).toBe('healthy')
    expect(data.alerts).toMatchObject([{name: 'APIDown', state: 'pending', delivery: 'notDue', firesInSeconds: 13}])
    expect(text).toMatch(/^● none firing\nALERT[^]*pending, fires in 13s/)
    const silence = aSilence({endsAt: '2026-01-01T02:00:00.000Z'})
    const quiet = await list({...pending, alerts: fakeAlerts([], [silence])})
    expect(quiet.text).toContain('pending, fires in 13s, silenced')
    expect(quiet.text).toContain('⊘ silenced for 1h 50m more: alertname="APIDown" by ana: deploy')
  })

  it('knows it again by its labels less the external ones, the most exact first', async () => {
    const external = {cluster: 'eu', replica: '0'}
    const sent = fakeAlerts([anAlert({labels: {...labels, instance: 'a', ...external}})])
    const both = found(rule([{}, {labels: {...labels, instance: 'a'}}]))
    const {data} = await list({alerts: sent, ...both})
    expect(data.alerts.map(({delivery, labels: own}) => [delivery, own['instance']])).toEqual([
      ['sent', 'a'],
      ['missing', undefined],
    ])
  })

  it('any external labels: what was sent is never missing', async () => {
    const names = fc.constantFrom('job', 'instance', 'severity', 'path', 'team')
    const some = fc.dictionary(names, fc.constantFrom('a', 'b'), {maxKeys: 4})
    const external = fc.dictionary(fc.constantFrom('cluster', 'replica', 'region'), fc.constantFrom('x', 'y'))
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(some, {selector: (one) => JSON.stringify(Object.entries(one).sort())}),
        external,
        async (sets, added) => {
          const own = sets.map((set) => ({alertname: 'APIDown', ...set}))
          const sent = own.map((set) => anAlert({labels: {...added, ...set}}))
          const {data} = await list({alerts: fakeAlerts(sent), ...found(rule(own.map((set) => ({labels: set}))))})
          expect(data.alerts.map(({delivery}) => delivery)).toEqual(own.map(() => 'sent'))
        },
      ),
    )
  })

  describe('that Prometheus relabels on the way', () => {
    const relabel = (over: Partial<RelabelRule>): RelabelRule => ({
      ...{action: 'replace', sourceLabels: [], separator: ';', regex: '(.*)', targetLabel: '', replacement: '$1'},
      ...over,
    })
    const critical = rule([{labels: {...labels, severity: 'critical', replica: 'a'}}])
    const relabeledBy = (...rules: readonly RelabelRule[]) => ({
      rules: fakeLoadedRules([critical], {externalLabels: {replica: 'b'}, rules}),
    })

    it('is the same under the labels that it is sent with, silenced or not', async () => {
      const rules = relabeledBy(
        relabel({action: 'labeldrop', regex: 'replica'}),
        relabel({sourceLabels: ['severity'], regex: 'critical', targetLabel: 'severity', replacement: 'page'}),
      )
      const alert = anAlert({labels: {...labels, severity: 'page'}})
      expect((await list({...rules, alerts: fakeAlerts([alert])})).data.alerts).toMatchObject([{delivery: 'sent'}])
      const quiet = anAlert({...alert, state: 'suppressed', silencedBy: ['s1']})
      expect(await list({...rules, alerts: fakeAlerts([quiet])})).toMatchObject({verdict: 'healthy'})
      const {verdict, data} = await list(rules)
      expect([verdict, data.alerts.map(({delivery}) => delivery)]).toEqual(['degraded', ['missing']])
    })

    it('is no alert that got lost when it is dropped', async () => {
      const dropped = relabeledBy(relabel({action: 'drop', sourceLabels: ['severity'], regex: 'crit.*'}))
      const {verdict, data, text} = await list(dropped)
      expect([verdict, data.alerts]).toMatchObject(['healthy', [{state: 'suppressed', delivery: 'dropped'}]])
      expect(text).toContain('not sent: dropped by relabeling')
    })

    it.each([
      ['by what cannot be followed', relabeledBy(relabel({action: 'hashmod', sourceLabels: ['severity']}))],
      ['as a server does not tell', {rules: {...relabeledBy().rules, relabeling: away}}],
    ])('is unknown, with its reason, when Alertmanager lacks what is relabeled %s', async (_, rules) => {
      const {verdict, data, text} = await list(rules)
      expect([verdict, data.alerts]).toMatchObject(['unknown', [{state: 'firing', delivery: 'untraced'}]])
      expect(text).toContain('? Alertmanager does not have APIDown, and how Prometheus relabels alerts cannot be told')
    })

    it('is not asked about while everything is where it was found to be', async () => {
      const alerts = fakeAlerts([anAlert({labels: {...labels, severity: 'critical', replica: 'a'}})])
      const never = () => Promise.reject(new Error('asked'))
      expect(await list({alerts, rules: {...relabeledBy().rules, relabeling: never}})).toMatchObject({
        data: {doubts: [], alerts: [{delivery: 'sent'}]},
      })
    })
  })

  it.each([
    ['rules that fail', rule([], {error: 'many-to-many'}), 'Prometheus cannot evaluate APIDown: many-to-many'],
    ['rules not evaluated yet', rule([], {evaluationAgeSeconds: null}), 'Prometheus has not evaluated APIDown yet'],
    ['rules that stand still', rule([], {evaluationAgeSeconds: 61}), 'Prometheus has not evaluated APIDown for 61 s'],
  ])('is unknown with %s', async (_, one, doubt) => {
    const {verdict, data} = await list(found(one))
    expect([verdict, data.doubts.map(doubtText)]).toEqual(['unknown', [doubt]])
  })

  it('is unknown without any rule, unless an alert proves that somebody evaluates some', async () => {
    expect((await list(found())).data.doubts).toEqual([{why: 'noRules'}])
    const watchdog = fakeAlerts([anAlert({name: 'Watchdog'})])
    expect(await list({...found(), alerts: watchdog})).toMatchObject({verdict: 'healthy', data: {alerts: []}})
  })

  it('a watchdog that gets lost is degraded, and shown', async () => {
    const watchdog = found(rule([{labels: {alertname: 'Watchdog'}}], {name: 'Watchdog', forSeconds: 0}))
    expect(await list(watchdog)).toMatchObject({verdict: 'degraded', data: {alerts: [{delivery: 'missing'}]}})
    const sent = fakeAlerts([anAlert({name: 'Watchdog', labels: {alertname: 'Watchdog'}})])
    expect(await list({...watchdog, alerts: sent})).toMatchObject({verdict: 'healthy', data: {alerts: []}})
    expect((await list({...watchdog, alerts: sent}, true)).data.alerts).toHaveLength(1)
  })
})
