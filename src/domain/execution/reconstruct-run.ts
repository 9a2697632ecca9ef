import {isProduction} from '../environment.js'
import type {Runbook} from '../runbook/runbook.js'
import type {Conclusion} from './conclusion.js'
import type {RunEvent, RunStarted} from '../journal/events.js'
import {planRun, type RunPlan} from './plan.js'
import {resolvedBy} from './run-list.js'
import {reduceRun} from './run-state.js'
import type {RunStatus} from '../journal/run-status.js'
import {reportRun, type RunReport} from './run-report.js'
import {deedsOf} from './deeds.js'

export interface RunHistory {
  readonly started: RunStarted
  readonly status: RunStatus
  readonly events: readonly ({readonly at: string; readonly by: string} & RunEvent)[]
}

/** Stands for a runbook that cannot be read any more: what it was called, and no steps. */
export function lostRunbook({runbook, title}: RunStarted): Runbook {
  return {
    name: runbook,
    file: '',
    title,
    severity: 'warning',
    alerts: [],
    services: [],
    owner: null,
    reviewEverySeconds: null,
    timeoutSeconds: 0,
    inputs: [],
    uses: [],
    resolved: null,
    introduction: '',
    steps: [],
    source: '',
  }
}

/** As it was planned; what was consented to beforehand is in the events only. */
function planOf(started: RunStarted, runbook: Runbook): RunPlan {
  const {environment, mode, force, selection, inputs, secretInputs, service, project} = started
  return planRun({
    runbook,
    inputs: {values: inputs, secrets: secretInputs},
    ...{mode, force, selection, step: false, rollback: 'never'},
    consent: {
      environment,
      production: isProduction(environment, started.production),
      attended: false,
      yes: false,
      approved: new Set(),
      confirmed: false,
    },
    channels: [],
    ground: {service, project, engineId: null, uses: []},
  })
}

type Finished = Extract<RunEvent, {kind: 'run.finished'}>

function conclusionOf({status, events}: RunHistory, finished: Finished | undefined): Conclusion {
  if (finished !== undefined) {
    const {outcome, verdict, reason, resolvedAfterSeconds = null} = finished
    return {outcome, verdict, reason, resolvedBy: resolvedBy(events) ?? null, resolvedAfterSeconds}
  }
  const open = {resolvedBy: null, resolvedAfterSeconds: null}
  return status === 'running'
    ? {outcome: 'unknown', verdict: 'unknown', reason: [{why: 'stillRunning'}], ...open}
    : {outcome: 'interrupted', verdict: 'interrupted', reason: [{why: 'noEnd'}], ...open}
}

/** The report of a run from what was written of it; without an end it says so. */
export function reconstructRun(history: RunHistory, runbook: Runbook): RunReport {
  const {started, events} = history
  const plan = planOf(started, runbook)
  const latest = events.findLast(({kind}) => kind === 'run.finished' || kind === 'run.resumed')
  // A run that goes on has no end yet.
  const finished = latest?.kind === 'run.finished' ? latest : undefined
  const conclusion = conclusionOf(history, finished)
  const deeds = finished?.deeds ?? deedsOf(plan, reduceRun(events), conclusion)
  return reportRun(plan, events, {started, conclusion, deeds, accept: null})
}
