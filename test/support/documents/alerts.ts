import {patterns} from '../patterns.js'
import {leasedComment} from '../../../src/domain/alerts/silence-lease.js'
import {noiseQueries, notificationQueries, oldestQuery} from '../../../src/domain/alerts/noise-queries.js'
import type {
  AlertsLintDocument,
  AlertsNoiseDocument,
  AlertsShowDocument,
  AlertsSilenceDocument,
  AlertsSilencesDocument,
  AlertsTestDocument,
  AlertsUnsilenceDocument,
} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {listSilences} from '../../../src/usecases/alerts/list-silences.js'
import {inWords} from '../../../src/render/findings/worded-findings.js'
import {alertFaultText} from '../../../src/render/words/en/lint/alerts.js'
import {lintAlerts} from '../../../src/usecases/alerts/lint-alerts.js'
import {reviewNoise} from '../../../src/usecases/alerts/review-noise.js'
import {showAlert} from '../../../src/usecases/alerts/show-alert.js'
import {silenceAlerts} from '../../../src/usecases/alerts/silence-alerts.js'
import {testAlerts} from '../../../src/usecases/alerts/test-alerts.js'
import {unsilenceAlerts} from '../../../src/usecases/alerts/unsilence-alerts.js'
import {FaciError} from '../../../src/domain/errors.js'
import {definedRules} from '../defined-rules.js'
import {parseMatcher} from '../../../src/domain/promql/read-matcher.js'
import {alertTestDeps, alertTestInput} from '../alert-test.js'
import {aRoute, aRouting, fakeAlertRouting} from '../fakes/alert-routing.js'
import {fakeAlertRules} from '../fakes/alert-rules.js'
import {anAlert, aSilence, fakeAlerts} from '../fakes/alerts.js'
import {fakeClock} from '../fakes/clock.js'
import {aLoadedRule, fakeLoadedRules} from '../fakes/loaded-rules.js'
import {fakeMetrics} from '../fakes/metrics.js'
import {fakePrompt} from '../fakes/prompt.js'
import {fakeRuleChecker} from '../fakes/rule-checker.js'
import {alertRule} from '../lint-deps.js'
import {fakeLibrary} from '../fakes/library.js'
import {silencingDeps, silencingInput, unsilencingInput} from '../silencing.js'

const NOW = new Date('2026-11-23T06:30:00.000Z')
const LEASE = {runId: '01ARZ3NDEKTSV4RRFFQ69G5F01', until: '2026-01-01T02:00:00.000Z'}

/** Made, refused, leased to a run, and of nothing that is active. */
export async function alertsSilenceDocuments(): Promise<readonly AlertsSilenceDocument[]> {
  const alerts = fakeAlerts([anAlert({labels: {alertname: 'APIDown', instance: 'a:1'}})])
  const rules = fakeAlertRules([alertRule('APIDown')])
  const deps = silencingDeps({alerts, alertRules: rules})
  await deps.leases.take('shop', {reason: 'runbook api-down', runId: LEASE.runId})
  await deps.leases.keepFor(4242, 'token-1')
  const results = [
    await silenceAlerts(
      deps,
      silencingInput({yes: true, environment: 'production', production: true, confirm: 'production'}),
    ),
    await silenceAlerts(deps, silencingInput({yes: true, environment: 'production', production: true})),
    await silenceAlerts(deps, silencingInput({runToken: 'token-1'})),
    await silenceAlerts(deps, silencingInput({dryRun: true, name: null, matchers: ['severity="none"']})),
    await silenceAlerts(
      silencingDeps({alerts: fakeAlerts([anAlert({severity: null})]), prompt: fakePrompt(['n'])}),
      silencingInput({name: null, matchers: ['alertname!="x"', 'a=~"b|"', 'c!~d', 'service=""', 'alertname=~.+']}),
    ),
  ]
  return results.map((result) => envelope('alerts-silence', result, NOW))
}

const SILENCES = [
  aSilence(),
  aSilence({id: 's2', state: 'pending', comment: leasedComment('deploy', LEASE)}),
  aSilence({
    id: 's3',
    matchers: [
      {label: 'a', operator: '=~', value: 'x.*'},
      {label: 'b', operator: '!=', value: 'y'},
      {label: 'c', operator: '!~', value: 'z'},
    ],
  }),
]

export async function alertsSilencesDocuments(): Promise<readonly AlertsSilencesDocument[]> {
  const {clock} = silencingDeps({})
  const result = await listSilences({alerts: fakeAlerts([anAlert()], SILENCES), clock})
  return [envelope('alerts-silences', result, NOW)]
}

/** Ended, and refused. */
export async function alertsUnsilenceDocuments(): Promise<readonly AlertsUnsilenceDocument[]> {
  const deps = silencingDeps({alerts: fakeAlerts([anAlert()], SILENCES)})
  const results = [
    await unsilenceAlerts(
      deps,
      unsilencingInput({which: 's3', environment: 'production', production: true, yes: true}),
    ),
    await unsilenceAlerts(deps, unsilencingInput({which: 's3', dryRun: true})),
    await unsilenceAlerts(deps, unsilencingInput({yes: true})),
    await unsilenceAlerts(
      silencingDeps({alerts: fakeAlerts([anAlert()], SILENCES), prompt: fakePrompt(['n'])}),
      unsilencingInput({}),
    ),
  ]
  return results.map((result) => envelope('alerts-unsilence', result, NOW))
}

/** Firing, silenced, inhibited, pending, inactive, and with a rule that fails. */
export async function alertsShowDocuments(): Promise<readonly AlertsShowDocument[]> {
  const {clock} = silencingDeps({})
  const since = '2026-01-01T00:00:00.000Z'
  const labels = {alertname: 'APIDown', instance: 'a'}
  const annotations = {summary: 'down'}
  const pending = {
    labels: {...labels, instance: 'b'},
    annotations,
    state: 'pending',
    since,
    activeSeconds: 9,
    value: null,
  } as const
  const rules = fakeLoadedRules([
    aLoadedRule({alerts: [{...pending, labels, state: 'firing', value: 0}, pending], state: 'firing'}),
    aLoadedRule({name: 'Idle', state: 'pending', error: 'many-to-many matching not allowed'}),
    aLoadedRule({name: 'Bare', labels: {}, annotations: {description: 'x'}}),
  ])
  const both = fakeAlerts(
    [anAlert({labels, receivers: ['ops']}), anAlert({name: 'Slow', inhibitedBy: ['f1'], state: 'suppressed'})],
    SILENCES,
  )
  const loud = fakeAlerts([anAlert({labels})])
  const shared = {clock, patterns}
  const shown = [
    await showAlert({alerts: both, rules, ...shared}, {name: 'APIDown'}),
    await showAlert({alerts: loud, rules, ...shared}, {name: 'APIDown'}),
    await showAlert({alerts: both, rules: null, ...shared}, {name: 'Slow'}),
    await showAlert({alerts: null, rules, ...shared}, {name: 'Idle'}),
    await showAlert({alerts: null, rules, ...shared}, {name: 'Bare'}),
    await showAlert(
      {alerts: null, rules: fakeLoadedRules([aLoadedRule({alerts: [pending]})]), ...shared},
      {name: 'APIDown'},
    ),
  ]
  return shown.map((result) => envelope('alerts-show', result, NOW))
}

/** With each piece of advice, and without Alertmanager's own metrics. */
export async function alertsNoiseDocuments(): Promise<readonly AlertsNoiseDocument[]> {
  const windowSeconds = 3600
  const names = ['Flapping', 'Constant', 'Frequent', 'Bare', 'Fine', 'Quiet']
  const {firings, flaps, firing} = noiseQueries({intervalSeconds: 15, names}, windowSeconds)
  const samples = (label: string, values: readonly number[]) =>
    values.map((value, index) => ({labels: {[label]: label === 'alertname' ? (names[index] ?? '') : 'webhook'}, value}))
  const known = {
    [firings]: samples('alertname', [4, 0, 2, 1, 1]),
    [flaps]: samples('alertname', [3]),
    [firing]: samples('alertname', [8, 200, 2, 1, 1]),
    [oldestQuery(windowSeconds)]: [{labels: {}, value: 0}],
  }
  const sent = notificationQueries(windowSeconds)
  const told = {...known, [sent.sent]: samples('integration', [5]), [sent.failed]: samples('integration', [1])}
  const rules = fakeLoadedRules(
    names.map((name) => aLoadedRule({name, ...(name === 'Bare' ? {labels: {}, annotations: {}} : {})})),
  )
  const results = [known, told].map((answers) =>
    reviewNoise({metrics: fakeMetrics(answers), rules, clock: fakeClock()}, {windowSeconds}),
  )
  return (await Promise.all(results)).map((result) => envelope('alerts-noise', result, NOW))
}

/** Every check broken; and against a Prometheus that is away. */
export async function alertsLintDocuments(): Promise<readonly AlertsLintDocument[]> {
  const alertRules = fakeAlertRules([], definedRules())
  const library = fakeLibrary({book: '---\ntitle: x\n---\n'})
  const refused = new Map([[definedRules()[0]?.file ?? '', [{said: 'not like this', place: null}]]])
  const checker = fakeRuleChecker({version: '2.42.0', refused})
  const away = () => Promise.reject(new FaciError('unreachable', 'Prometheus is away'))
  const metrics = [fakeMetrics({}), {query: away, queryRange: away, retention: away, type: away, version: away}]
  const results = [
    await lintAlerts({alertRules, library, patterns, checker, live: null}, {directory: '/srv'}),
    ...(await Promise.all(
      metrics.map((one) =>
        lintAlerts(
          {...{alertRules, library, patterns, checker}, live: {metrics: one, clock: fakeClock()}},
          {directory: '/'},
        ),
      ),
    )),
  ]
  return results.map((result) => envelope('alerts-lint', inWords(result, alertFaultText), NOW))
}

/** Sent, refused, only planned, with a route that no alert takes and one whose alert is silenced. */
export async function alertsTestDocuments(): Promise<readonly AlertsTestDocument[]> {
  const matchers = [parseMatcher('team=api')]
  const routing = fakeAlertRouting(aRouting([aRoute({matchers}), aRoute({matchers})]))
  const labels = {alertname: 'FaciTest', faci_test: '00000000000000000000000001', faci_route: '2'}
  const silence = aSilence({matchers: [parseMatcher('team="api"')]})
  const alerts = fakeAlerts([anAlert({name: 'FaciTest', labels: {...labels, team: 'api'}})], [silence])
  const results = [
    await testAlerts(alertTestDeps({routing, alerts}), alertTestInput({yes: true})),
    await testAlerts(alertTestDeps({routing}), alertTestInput({})),
    await testAlerts(alertTestDeps({routing, prompt: fakePrompt(['n'])}), alertTestInput({})),
    await testAlerts(alertTestDeps({}), alertTestInput({dryRun: true})),
  ]
  return results.map((result) => envelope('alerts-test', result, NOW))
}
