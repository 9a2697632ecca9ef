import {expressionsIn} from '../../domain/promql/matcher.js'
import {readAlertDocument} from '../../domain/alerts/alert-document.js'
import {FaciError} from '../../domain/errors.js'
import {alertInputs} from '../../domain/runbook/alert-inputs.js'
import {type AlertSelector, parseAlertSelector, selects} from '../../domain/promql/alert-selector.js'
import type {AlertFacts} from '../../domain/alerts/alert-facts.js'
import {type AlertMatch, isMisled, matchAlert} from '../../domain/runbook/match-alert.js'
import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {Library} from '../../ports/library.js'
import {type ReadValueDeps, sourcedValues, valueRulesFor} from './sourced-values.js'
import {type ExpressionDeps, expressionProblem, withExpressions} from '../patterns/with-expressions.js'
import {activeAlerts, type ActiveAlertsDeps} from './active-alerts.js'
import {command} from '../../domain/text/shell-command.js'

export interface ChooseRunbookDeps extends ActiveAlertsDeps, ReadValueDeps {
  readonly library: Library
}

/** What somebody wants a runbook for. */
export type AlertRequest =
  /** `APIDown`, or `APIDown{service="api"}`. */
  | {readonly kind: 'selector'; readonly text: string}
  /** A webhook or a list of alerts, as JSON. */
  | {readonly kind: 'document'; readonly text: string}

export interface RunbookChoice {
  readonly name: string
  /** From the labels and annotations of the alerts. */
  readonly inputs: Readonly<Record<string, string>>
  /** What a person should know of how it was chosen. */
  readonly notes: readonly string[]
}

interface Wanted {
  readonly alerts: readonly AlertFacts[]
  readonly notes: readonly string[]
}

async function readSelector(deps: ExpressionDeps, text: string): Promise<AlertSelector> {
  const read = parseAlertSelector(text)
  const wrong = read.ok ? await expressionProblem(deps, expressionsIn(read.selector.matchers)) : null
  if (read.ok && wrong === null) return read.selector
  const why = read.ok ? wrong?.problem : `${read.message}, at character ${String(read.offset + 1)}`
  throw new FaciError('usage', `--alert ${text}: ${why ?? ''}`, {
    suggestions: [`--alert APIDown`, `--alert 'APIDown{service="api"}'`],
  })
}

/** An alert that nobody sees has the labels that were asked for. */
function assumed({name, matchers}: AlertSelector): AlertFacts {
  const labels = matchers.filter(({operator}) => operator === '=').map(({label, value}) => [label, value] as const)
  return {name, labels: Object.fromEntries(labels), annotations: {}}
}

async function wantedAlerts(deps: ActiveAlertsDeps, wish: AlertRequest): Promise<Wanted> {
  if (wish.kind === 'document') return {alerts: readAlertDocument(wish.text), notes: []}
  const selector = await readSelector(deps, wish.text)
  const {active, problem} = await activeAlerts(deps)
  const found = await withExpressions(deps, (expressions) =>
    active.filter((alert) => selects(selector, alert, expressions)),
  )
  if (found.length > 0) return {alerts: found, notes: []}
  const why = problem === null ? `${wish.text} is not active` : `the alerts cannot be seen: ${problem}`
  return {alerts: [assumed(selector)], notes: [`${why}; continuing with ${wish.text} as given`]}
}

function none(alert: AlertFacts, runbooks: readonly RunbookSummary[]): FaciError {
  const known = runbooks.flatMap(({alerts}) =>
    alerts.flatMap((text) => {
      const read = parseAlertSelector(text)
      return read.ok ? [read.selector.name] : []
    }),
  )
  const near = known.includes(alert.name) ? null : closest(alert.name, [...new Set(known)])
  return new FaciError('usage', `no runbook handles ${alert.name}`, {
    suggestions: [
      ...(near === null ? [] : [command`faci runbook --alert ${near}`]),
      'faci runbook list',
      `add \`alerts: [${alert.name}]\` to the runbook that handles it`,
    ],
  })
}

function runbookFor(alert: AlertFacts, match: AlertMatch, runbooks: readonly RunbookSummary[]): string {
  if (match.kind === 'one') return match.runbook
  if (match.kind === 'none') throw none(alert, runbooks)
  throw new FaciError('usage', `${alert.name} matches several runbooks equally well`, {
    suggestions: match.runbooks.map((name) => command`faci runbook ${name}`),
  })
}

interface Matched {
  readonly alert: AlertFacts
  readonly match: AlertMatch
  readonly isMisled: boolean
}

function matchedBy(deps: ChooseRunbookDeps, {alerts}: Wanted, runbooks: readonly RunbookSummary[]) {
  return withExpressions(deps, (expressions): readonly Matched[] =>
    alerts.map((alert) => ({
      alert,
      match: matchAlert(alert, runbooks, expressions),
      isMisled: isMisled(alert, runbooks, expressions),
    })),
  )
}

function theOne(matched: readonly Matched[], runbooks: readonly RunbookSummary[]): string {
  const names = new Map<string, string[]>()
  for (const {alert, match} of matched) {
    const runbook = runbookFor(alert, match, runbooks)
    names.set(runbook, [...(names.get(runbook) ?? []), alert.name])
  }
  const [first, ...others] = names
  if (first !== undefined && others.length === 0) return first[0]
  throw new FaciError('usage', 'these alerts have different runbooks', {
    suggestions: [...names].map(
      ([name, because]) => `${command`faci runbook ${name}`}   (${[...new Set(because)].join(', ')})`,
    ),
  })
}

/** What is wrong with the runbook is told when it is prepared. */
async function inputsFor(deps: ChooseRunbookDeps, name: string, alerts: readonly AlertFacts[]) {
  const read = await deps.library.read(name)
  const declarations = read.kind === 'valid' ? read.runbook.inputs : []
  const [sourced, rules] = await Promise.all([sourcedValues(deps, declarations), valueRulesFor(deps, declarations)])
  return alertInputs(alerts, declarations, {sourced, rules})
}

function misledNotes(matched: readonly Matched[]): readonly string[] {
  const notes = matched
    .filter(({isMisled}) => isMisled)
    .map(({alert: {name, annotations}}) => {
      const runbook = annotations['runbook'] ?? ''
      return `annotation runbook=${runbook} ignored: ${runbook} does not name ${name} in its \`alerts\``
    })
  return [...new Set(notes)]
}

/**
 * The runbook for an alert: one alert, one runbook. Errors: `usage` when none is for it, or several equally, or the alerts lead to
 * different ones; its suggestions are the commands to type.
 */
export async function chooseRunbook(deps: ChooseRunbookDeps, wish: AlertRequest): Promise<RunbookChoice> {
  const [wanted, runbooks] = await Promise.all([wantedAlerts(deps, wish), deps.library.list()])
  const matched = await matchedBy(deps, wanted, runbooks)
  const name = theOne(matched, runbooks)
  const {inputs, ignored} = await inputsFor(deps, name, wanted.alerts)
  return {name, inputs, notes: [...wanted.notes, ...misledNotes(matched), ...ignored]}
}
