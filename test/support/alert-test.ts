import {patterns} from './patterns.js'
import type {AlertTestPlan} from '../../src/domain/alerts/alert-test.js'
import type {TestAlertsDeps, TestAlertsInput} from '../../src/usecases/alerts/test-alerts.js'
import {aRouting, fakeAlertRouting} from './fakes/alert-routing.js'
import {fakeAlerts} from './fakes/alerts.js'
import {fakeClock} from './fakes/clock.js'
import {fakeIds} from './fakes/ids.js'
import {fakeLeases} from './fakes/lease.js'
import {fakeProgress} from './fakes/progress.js'
import {fakePrompt} from './fakes/prompt.js'

interface AlertTestDeps extends TestAlertsDeps {
  readonly shown: readonly AlertTestPlan[]
}

/** Nobody can be asked, unless it is said. */
export function alertTestDeps(over: Partial<TestAlertsDeps>): AlertTestDeps {
  const shown: AlertTestPlan[] = []
  return {
    routing: fakeAlertRouting(aRouting()),
    alerts: fakeAlerts([]),
    clock: fakeClock(),
    ids: fakeIds(),
    leases: fakeLeases(),
    prompt: fakePrompt(),
    progress: fakeProgress(),
    patterns,
    ...over,
    shown,
    showPlan: (plan) => {
      shown.push(plan)
      return Promise.resolve()
    },
  }
}

export function alertTestInput(over: Partial<TestAlertsInput>): TestAlertsInput {
  return {
    ...{
      environment: 'staging',
      production: false,
      project: 'shop',
      yes: false,
      confirm: null,
      dryRun: false,
      runToken: null,
    },
    ...{readOnly: false, signal: new AbortController().signal, operator: 'ana', waitSeconds: null},
    ...over,
  }
}
