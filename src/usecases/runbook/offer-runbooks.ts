import {FaciError} from '../../domain/errors.js'
import type {Alert} from '../../domain/alerts/alert.js'
import {matchAlert} from '../../domain/runbook/match-alert.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import type {Expressions} from '../../domain/text/expressions.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {Library} from '../../ports/library.js'
import type {Prompt} from '../../ports/prompt.js'
import {withExpressions} from '../patterns/with-expressions.js'
import {activeAlerts, type ActiveAlertsDeps} from './active-alerts.js'
import {command} from '../../domain/text/shell-command.js'

export interface OfferDeps extends ActiveAlertsDeps {
  readonly library: Library
  readonly prompt: Prompt
  readonly times: ScreenTimes
}

interface Offer {
  readonly name: string
  readonly why: string
}

/** All that an alert is for: between equally specific ones a person chooses. */
function runbooksFor(alert: Alert, runbooks: readonly RunbookSummary[], expressions: Expressions): readonly string[] {
  const match = matchAlert(alert, runbooks, expressions)
  if (match.kind === 'none') return []
  return match.kind === 'one' ? [match.runbook] : match.runbooks
}

function offersFor(
  firing: readonly Alert[],
  runbooks: readonly RunbookSummary[],
  {moment}: ScreenTimes,
  expressions: Expressions,
): readonly Offer[] {
  const offers = new Map<string, string>()
  for (const alert of firing)
    for (const name of runbooksFor(alert, runbooks, expressions))
      offers.set(name, `${alert.name}: ${alert.state} since ${moment(alert.since)}`)
  return [...offers].map(([name, why]) => ({name, why}))
}

function ask(prompt: Prompt, question: string, offers: readonly Offer[]): Promise<string> {
  const choices = offers.map(({name, why}, index) => ({key: String(index + 1), label: name, note: why}))
  return prompt.choose(question, choices)
}

/**
 * The name of the runbook to run, chosen by a person among those for the firing alerts; where there are none, among all. Errors: `usage`
 * without a terminal or without any runbook; its suggestions are the commands to type.
 */
export async function offerRunbooks({library, prompt, times, ...backends}: OfferDeps): Promise<string> {
  const [runbooks, {active, problem}] = await Promise.all([library.list(), activeAlerts(backends)])
  const firing = await withExpressions(backends, (expressions) => offersFor(active, runbooks, times, expressions))
  const none = problem === null ? 'No alert with a runbook is firing' : `Not all alerts can be seen: ${problem}`
  const offers = firing.length > 0 ? firing : runbooks.map(({name, title}) => ({name, why: title}))
  const question = firing.length > 0 ? 'Which runbook?' : `${none}.\nChoose a runbook:`
  if (offers.length > 0 && prompt.available) {
    const chosen = offers[Number(await ask(prompt, question, offers)) - 1]
    if (chosen !== undefined) return chosen.name
  }
  throw new FaciError('usage', firing.length > 0 ? 'which runbook?' : `${none}: name the runbook`, {
    suggestions:
      offers.length === 0
        ? ['faci runbook list']
        : offers.map(({name, why}) => `${command`faci runbook ${name}`}   (${why})`),
  })
}
