import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {visible} from '../../domain/text/visible.js'
import type {AlertRequest, RunbookChoice} from '../../usecases/runbook/choose-runbook.js'
import {offerRunbooks} from '../../usecases/runbook/offer-runbooks.js'
import type {PrepareInput} from '../../usecases/runbook/run-context.js'
import {doubtText} from '../../render/words/en/alerts.js'
import type {App} from '../app/app-ports.js'
import {readValue} from './read-value.js'
import {command} from '../../domain/text/shell-command.js'

const STDIN = '-'

export const ALERT_FLAG = Flags.string({
  description:
    'the runbook for this alert, whose labels fill inputs that say fromAlert; - reads a webhook or a list of alerts',
  helpValue: 'ALERT',
})

async function wishOf(alert: string): Promise<AlertRequest> {
  if (alert !== STDIN) return {kind: 'selector', text: alert}
  const {text} = await import('node:stream/consumers')
  return {kind: 'document', text: await text(process.stdin)}
}

/** Loaded only when it is asked for: a runbook that is named needs nothing of it. */
async function forAlert(app: App, alert: string): Promise<RunbookChoice> {
  const [{chooseRunbook}, library, alerts, rules, wish] = await Promise.all([
    import('../../usecases/runbook/choose-runbook.js'),
    app.library(),
    app.alerts(),
    app.loadedRules(),
    wishOf(alert),
  ])
  return chooseRunbook({library, alerts, rules, readValue, doubtText, patterns: app.patterns}, wish)
}

/** The runbook that is meant: by its name, for an alert, or chosen by a person. Its notes are said, or under --json left for `noted`. */
export async function chosenRunbook(
  app: App,
  name: string | undefined,
  {alert, json}: {readonly alert: string | undefined; readonly json: boolean},
): Promise<RunbookChoice> {
  if (name !== undefined && alert !== undefined)
    throw new FaciError('usage', `give ${name} or --alert ${alert}, not both`, {
      suggestions: [command`faci runbook ${name}`, command`faci runbook --alert ${alert}`],
    })
  if (name !== undefined) return {name, inputs: {}, notes: []}
  if (alert === undefined) {
    const [library, prompt, alerts, rules] = await Promise.all([
      app.library(),
      app.prompt(),
      app.alerts(),
      app.loadedRules(),
    ])
    const {times, patterns} = app
    return {
      name: await offerRunbooks({library, prompt, alerts, rules, doubtText, times, patterns}),
      inputs: {},
      notes: [],
    }
  }
  const choice = await forAlert(app, alert)
  if (json) return choice
  const progress = await app.progress()
  const taken = Object.entries(choice.inputs).map(([input, value]) => `${input}=${value}`)
  for (const note of choice.notes) progress.say(visible(`! ${note}`))
  progress.say(visible([`${alert === STDIN ? 'the alert' : alert} is for ${choice.name}`, ...taken].join(' · ')))
  return {...choice, notes: []}
}

/** `--input` wins over the alert. */
export function withAlertInputs(input: PrepareInput, {inputs}: RunbookChoice): PrepareInput {
  return {...input, inputs: {...inputs, ...input.inputs}}
}

export function noted<D>(result: Result<D>, {notes}: RunbookChoice): Result<D> {
  return notes.length === 0 ? result : {...result, warnings: [...notes, ...(result.warnings ?? [])]}
}
