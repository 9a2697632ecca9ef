import {FaciError} from '../../domain/errors.js'
import type {Alert} from '../../domain/alert/alert.js'
import {matchAlert} from '../../domain/runbook/match-alert.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Library} from '../../ports/library.js'
import type {Prompt} from '../../ports/prompt.js'
import {activeAlerts} from './active-alerts.js'

export interface OfferDeps {
  readonly library: Library
  /** null: faci.yml has no Alertmanager. */
  readonly alerts: Alerts | null
  readonly prompt: Prompt
}

interface Offer {
  readonly name: string
  readonly why: string
}

/** All that an alert is for: between equally specific ones a person chooses. */
function runbooksFor(alert: Alert, runbooks: readonly RunbookSummary[]): readonly string[] {
  const match = matchAlert(alert, runbooks)
  if (match.kind === 'none') return []
  return match.kind === 'one' ? [match.runbook] : match.runbooks
}

function offersFor(firing: readonly Alert[], runbooks: readonly RunbookSummary[]): readonly Offer[] {
  const offers = new Map<string, string>()
  for (const alert of firing)
    for (const name of runbooksFor(alert, runbooks))
      offers.set(name, `${alert.name} is ${alert.state} since ${alert.since}`)
  return [...offers].map(([name, why]) => ({name, why}))
}

/**
 * The name of the runbook to run, chosen by a person among those for the firing alerts. Errors: `usage` without a terminal or without
 * anything to offer; its suggestions are the commands to type.
 */
export async function offerRunbooks({library, alerts, prompt}: OfferDeps): Promise<string> {
  const [runbooks, {active, problem}] = await Promise.all([library.list(), activeAlerts(alerts)])
  const offers = offersFor(active, runbooks)
  if (offers.length > 0 && prompt.available) {
    const choices = offers.map(({name, why}, index) => ({key: String(index + 1), label: `${name} (${why})`}))
    const key = await prompt.choose('Which runbook?', choices)
    const chosen = offers[Number(key) - 1]
    if (chosen !== undefined) return chosen.name
  }
  const said = offers.map(({name, why}) => `faci runbook ${name}   (${why})`)
  const all = runbooks.map(({name, title}) => `faci runbook ${name}   (${title})`)
  const none = problem === null ? 'no alert with a runbook is firing' : `the alerts cannot be seen: ${problem}`
  throw new FaciError('usage', offers.length > 0 ? 'which runbook?' : `which runbook? ${none}`, {
    suggestions: offers.length > 0 ? said : all,
  })
}
