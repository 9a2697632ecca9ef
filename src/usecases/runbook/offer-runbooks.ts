import {FaciError} from '../../domain/errors.js'
import type {Alert} from '../../domain/alert/alert.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Library} from '../../ports/library.js'
import type {Prompt} from '../../ports/prompt.js'

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

function offersFor(firing: readonly Alert[], runbooks: readonly RunbookSummary[]): readonly Offer[] {
  const offers = new Map<string, string>()
  for (const alert of firing) {
    const runbook = runbooks.find(({name, alerts}) => name === alert.runbook || alerts.includes(alert.name))
    if (runbook !== undefined) offers.set(runbook.name, `${alert.name} is ${alert.state} since ${alert.since}`)
  }
  return [...offers].map(([name, why]) => ({name, why}))
}

async function activeAlerts(alerts: Alerts | null): Promise<{active: readonly Alert[]; problem: string | null}> {
  if (alerts === null) return {active: [], problem: 'faci.yml has no alertmanager'}
  try {
    return {active: await alerts.active(), problem: null}
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return {active: [], problem: error.message}
  }
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
