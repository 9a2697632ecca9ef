import type {HandedBudget} from '../../domain/incidents/handover.js'
import {handoverNotice} from '../../render/incidents/handover.js'
import type {HandoverDeps} from '../../usecases/incidents/hand-over.js'
import {reportSlos} from '../../usecases/slo/report-slos.js'
import type {App} from '../app/app-ports.js'
import {wordsOf} from '../app/audience.js'
import type {Terminal} from '../process/terminal.js'
import {tellDeps} from './incident-wiring.js'
import {sloDeps, sloInput} from './slo-wiring.js'

async function budgetsOf(app: App): Promise<readonly HandedBudget[]> {
  if (app.config.slos.length === 0) return []
  const input = await sloInput(app, [], {at: undefined, prefersRecorded: true})
  const {data} = await reportSlos(await sloDeps(app), input)
  return data.objectives.map(({name, budget}) => ({objective: name, remaining: budget.remaining}))
}

export async function handoverDeps(
  app: App,
  terminal: Terminal,
  {json, send}: {readonly json: boolean; readonly send: boolean},
): Promise<HandoverDeps> {
  const [deps, alerts, outbox] = await Promise.all([
    tellDeps(app, terminal, {json, quiet: !send}),
    app.alerts(),
    app.outbox(),
  ])
  const {config} = app
  const written: HandoverDeps['written'] = (handover, channel) =>
    handoverNotice(handover, wordsOf(config, channel), config.timezone)
  return {...deps, alerts, outbox, budgets: () => budgetsOf(app), written}
}
