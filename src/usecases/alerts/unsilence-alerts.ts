import {silencedName, type Silence} from '../../domain/alerts/silence.js'
import type {UnsilenceReport} from '../../domain/alerts/silence-report.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {correctionOf, orMeant} from '../../domain/text/did-you-mean.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'
import type {Leases} from '../../ports/lease.js'
import type {Prompt} from '../../ports/prompt.js'
import {askForConsent} from '../consent/ask-for-consent.js'
import {enterAlertChange, type AlertChangeInput} from './enter-alert-change.js'
import {listed} from './list-silences.js'

export interface UnsilenceAlertsDeps {
  readonly alerts: Alerts
  readonly clock: Clock
  readonly leases: Leases
  readonly prompt: Prompt
  readonly showPlan: (report: UnsilenceReport) => Promise<void>
}

export interface UnsilenceAlertsInput extends AlertChangeInput {
  /** A silence's id, or an alert's name. */
  readonly which: string
}

const LIST = 'faci alerts list --silences'

function chosen(silences: readonly Silence[], which: string): readonly Silence[] {
  const found = silences.filter((silence) => silence.id === which || silencedName(silence) === which)
  if (found.length > 0) return found
  const names = silences.map(silencedName).filter((name) => name !== null)
  const correction = correctionOf(which, [...new Set([...names, ...silences.map(({id}) => id)])])
  throw new FaciError(
    'notFound',
    `there is no silence ${which}, and none for an alert of that name${orMeant(correction?.meant ?? null)}`,
    {
      ...{correction, suggestions: [LIST]},
    },
  )
}

/** One that has ended meanwhile is not there to be ended. */
async function endAll(alerts: Alerts, ids: readonly string[]): Promise<readonly string[]> {
  const ended: string[] = []
  for (const id of ids) {
    try {
      await alerts.expireSilence(id)
      ended.push(id)
    } catch (error) {
      if (!(error instanceof FaciError) || error.code !== 'notFound') throw error
    }
  }
  return ended
}

/** Ends silences: plan, consent, end. Errors: `notFound`, `refused` where only looking is allowed, and those of Alertmanager. */
export async function unsilenceAlerts(
  deps: UnsilenceAlertsDeps,
  input: UnsilenceAlertsInput,
): Promise<Result<UnsilenceReport>> {
  const {alerts, clock, prompt} = deps
  const {dryRun, environment, production, signal, which} = input
  const {consent} = await enterAlertChange(deps, input, 'alerts unsilence')
  const [all, active] = await Promise.all([alerts.silences(), alerts.active()])
  const silences = chosen(all, which).map((silence) => listed(silence, active))
  const at = clock.now().toISOString()
  const report: UnsilenceReport = {at, environment, production, silences, dryRun, refusal: null, ended: []}
  if (dryRun) return {verdict: 'ok', data: report}
  const command = ['faci', 'alerts', 'unsilence', which]
  const act = silences.length === 1 ? 'End this silence' : `End these ${String(silences.length)} silences`
  const question = {environment, production, act, command, showPlan: () => deps.showPlan(report)}
  const answer = await askForConsent(prompt, question, consent, signal)
  if (answer.kind === 'refused') return {verdict: 'refused', data: {...report, refusal: answer.refusal}}
  const ids = silences.map(({id}) => id)
  return {verdict: 'ok', data: {...report, ended: await endAll(alerts, ids)}}
}
