import {patterns} from './patterns.js'
import type {SilencePlan, UnsilenceReport} from '../../src/domain/alerts/silence-report.js'
import type {AlertChangeInput} from '../../src/usecases/alerts/enter-alert-change.js'
import type {SilenceAlertsDeps, SilenceAlertsInput} from '../../src/usecases/alerts/silence-alerts.js'
import type {UnsilenceAlertsInput} from '../../src/usecases/alerts/unsilence-alerts.js'
import {fakeAlerts} from './fakes/alerts.js'
import {fakeClock} from './fakes/clock.js'
import {fakeLeases} from './fakes/lease.js'
import {fakePrompt} from './fakes/prompt.js'

interface SilencingDeps extends Omit<SilenceAlertsDeps, 'showPlan'> {
  readonly showPlan: (plan: SilencePlan | UnsilenceReport) => Promise<void>
  /** Plans that were shown before a question. */
  readonly shown: readonly (SilencePlan | UnsilenceReport)[]
}

/** Nobody can be asked, and nothing is known of rules, unless it is said. */
export function silencingDeps(over: Partial<Omit<SilenceAlertsDeps, 'showPlan'>>): SilencingDeps {
  const shown: (SilencePlan | UnsilenceReport)[] = []
  return {
    alerts: fakeAlerts([]),
    alertRules: null,
    clock: fakeClock(),
    leases: fakeLeases(),
    prompt: fakePrompt(),
    patterns,
    ...over,
    shown,
    showPlan: (plan) => {
      shown.push(plan)
      return Promise.resolve()
    },
  }
}

const INPUT: AlertChangeInput = {
  environment: 'staging',
  production: false,
  project: 'shop',
  yes: false,
  confirm: null,
  dryRun: false,
  runToken: null,
  readOnly: false,
  signal: new AbortController().signal,
}

export function silencingInput(over: Partial<SilenceAlertsInput>): SilenceAlertsInput {
  const wish = {name: 'APIDown', matchers: [], durationSeconds: 7200, comment: "Ana's deploy", author: 'ana'}
  return {...INPUT, ...wish, ...over}
}

export function unsilencingInput(over: Partial<UnsilenceAlertsInput>): UnsilenceAlertsInput {
  return {...INPUT, which: 'APIDown', ...over}
}
