import {patterns} from '../patterns.js'
import {knownTargetsQuery} from '../../../src/domain/signals/known-targets.js'
import {overview} from '../../../src/domain/dashboard/overview.js'
import {FaciError} from '../../../src/domain/errors.js'
import type {RemindedUpdate} from '../../../src/domain/incidents/incident-report.js'
import {masker} from '../../../src/domain/secrets/masker.js'
import type {CheckDocument} from '../../../src/render/json/documents.js'
import {wordedCheck} from '../../../src/render/check/worded-check.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {ENGLISH} from '../../../src/render/words/words.js'
import {type DailyCheckDeps, type DailyCheckInput, runDailyCheck} from '../../../src/usecases/check/run-daily-check.js'
import {notifyCheck, type NotifyCheckDeps} from '../../../src/usecases/check/notify-check.js'
import {changeAction} from '../../../src/usecases/incidents/manage-actions.js'
import {aStackModel} from '../builders/compose-model.js'
import {aContainer} from '../builders/container.js'
import {anAlert, fakeAlerts} from '../fakes/alerts.js'
import {fakeLastNotifiedFindings} from '../fakes/last-notified-findings.js'
import {fakeClock, type FakeClock} from '../fakes/clock.js'
import {fakeEngine} from '../fakes/engine.js'
import {fakeHttp} from '../fakes/http.js'
import {fakeIds} from '../fakes/ids.js'
import {aLoadedRule, fakeLoadedRules} from '../fakes/loaded-rules.js'
import {fakeMetrics} from '../fakes/metrics.js'
import {fakeNotifier} from '../fakes/notifier.js'
import {fakeOutbox} from '../fakes/outbox.js'
import {AGAIN, incidentScene} from '../incident-scene.js'
import {SIGNALS_INPUT} from './signals.js'
import {ONCALL_REPORTS} from './oncall.js'
import {SLO_INPUT} from './slo.js'

const NOW = new Date('2026-11-23T06:30:00.000Z')

export const CHECK_INPUT: DailyCheckInput = {
  service: 'faciliauto',
  environment: 'staging',
  production: false,
  project: 'faciliauto',
  directory: '/srv/faciliauto',
  endpoints: [{name: 'api', url: 'http://localhost:8000/health', timeoutSeconds: 2}],
  signals: SIGNALS_INPUT,
  slos: SLO_INPUT,
  dashboards: [overview({job: 'faciliauto-api', rangeSeconds: null})],
  updates: {P0: 1800, P1: 7200, P2: 86_400},
}

export function checkDeps(over: Partial<DailyCheckDeps> = {}): DailyCheckDeps {
  return {
    engine: fakeEngine([aContainer()]),
    stackModel: aStackModel(['api']),
    runbooks: () => Promise.resolve([]),
    prober: fakeHttp(() => 200),
    metrics: fakeMetrics({}),
    alerts: fakeAlerts([]),
    rules: fakeLoadedRules([aLoadedRule()]),
    clock: fakeClock(NOW.toISOString()),
    incidents: incidentScene().deps.incidents,
    oncall: null,
    patterns,
    ...over,
  }
}

export function notifyDeps(notifier = fakeNotifier('slack')): NotifyCheckDeps & {readonly clock: FakeClock} {
  return {
    outbox: fakeOutbox(),
    clock: fakeClock(NOW.toISOString()),
    ids: fakeIds(),
    notifiers: [notifier],
    masker: masker([]),
    setups: {},
    previews: () => Promise.resolve([]),
    memory: fakeLastNotifiedFindings(),
  }
}

export const NOTIFY_INPUT = {
  title: 'Daily check: faciliauto',
  words: ENGLISH.check,
  channel: null,
  operator: {name: 'cron', host: 'ops-1'},
  covered: [],
}

const TARGETS = knownTargetsQuery(SIGNALS_INPUT.scope)

/** An update and an action item that nobody has seen to. */
async function overdueScene(): Promise<Pick<DailyCheckDeps, 'clock' | 'incidents'>> {
  const {open, deps, clock} = incidentScene()
  await open({severity: 'P0'})
  const dueAt = clock.now().toISOString()
  await changeAction(deps, {name: null, again: AGAIN}, {kind: 'add', text: 'alert on disk space', owner: 'bia', dueAt})
  await changeAction(deps, {name: null, again: AGAIN}, {kind: 'add', text: 'raise the limit', owner: null, dueAt})
  clock.advance(7200)
  return {clock, incidents: deps.incidents}
}

const REMINDED: RemindedUpdate = {
  ...{handle: 'INC-1', title: 'API down', severity: 'P0', dueAt: '2026-11-28T06:30:00.000Z', people: ['Ana']},
  notices: [
    {noticeId: '01K00000000000000000000009', channel: 'slack', status: 'delivered', reason: null},
    {noticeId: '01K00000000000000000000010', channel: 'email', status: 'pending', reason: {why: 'busy'}},
  ],
}

function onCall(index: number): DailyCheckDeps['oncall'] {
  const report = ONCALL_REPORTS[index]
  return report === undefined ? null : () => Promise.resolve(report)
}

/** Something wrong and told, something unknown, little configured, little measured. */
export async function checkDocuments(): Promise<readonly CheckDocument[]> {
  const gone = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'it cannot be reached'))
  const wrong = await runDailyCheck(checkDeps({alerts: fakeAlerts([anAlert({})])}), CHECK_INPUT)
  const late = await overdueScene()
  const results = await Promise.all([
    runDailyCheck(checkDeps({...late, oncall: onCall(0)}), CHECK_INPUT),
    notifyCheck(notifyDeps(), wrong, NOTIFY_INPUT),
    runDailyCheck(checkDeps({metrics: {...fakeMetrics({}), query: gone}}), CHECK_INPUT),
    runDailyCheck(checkDeps({oncall: onCall(2)}), CHECK_INPUT),
    runDailyCheck(checkDeps({oncall: onCall(3)}), CHECK_INPUT),
    runDailyCheck(checkDeps({metrics: null, alerts: null, rules: null}), {...CHECK_INPUT, slos: null}),
    runDailyCheck(checkDeps({metrics: fakeMetrics({[TARGETS]: [{labels: {}, value: 1}]})}), CHECK_INPUT),
  ])
  const [overdue] = results
  const reminded = {...overdue, data: {...overdue.data, reminded: [REMINDED], isReminding: true}}
  return [...results, reminded].map((result) => envelope('check', wordedCheck(result), NOW))
}
