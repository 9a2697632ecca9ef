import {acceptedCommand} from '../../domain/execution/accepted-command.js'
import type {Conclusion} from '../../domain/execution/conclusion.js'
import {type Action, nextAction} from '../../domain/execution/next-action.js'
import type {RunStarted} from '../../domain/execution/events.js'
import type {RunPlan} from '../../domain/execution/plan.js'
import {reduceRun} from '../../domain/execution/run-state.js'
import {reportRun, type RunReport} from '../../domain/execution/run-report.js'
import {summarise} from '../../domain/execution/summary.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {runbookHash} from '../../domain/runbook/block-hash.js'
import {openInputs} from '../../domain/runbook/inputs.js'
import {itemsOf, mitigationsOf} from '../../domain/runbook/runbook.js'
import {endVerify, performRun, performVerify} from './perform-block.js'
import {performGate, performTask} from './perform-gate.js'
import {performEvidence, performLease, releaseLease} from './perform-lease.js'
import {closeLooks, type LookDisplay, performLook} from './perform-look.js'
import {performNotice} from './perform-notice.js'
import {prepareRun} from './prepare-run.js'
import {createRecorder} from './recorder.js'
import type {RunContext, RunDeps, RunInput} from './run-context.js'

async function finish({plan, recorder, deps}: RunContext, conclusion: Conclusion): Promise<void> {
  await deps.progress.pause()
  const {outcome, verdict, reason} = conclusion
  const summary = summarise(plan, reduceRun(recorder.events()), conclusion, 'en')
  await recorder.record({kind: 'run.finished', outcome, verdict, reason, summary}, true)
}

async function skip({plan, deps, recorder}: RunContext, id: string, reason: string): Promise<void> {
  const item = itemsOf(plan.runbook).find((candidate) => candidate.id === id)
  if (item?.role === 'task') deps.progress.say(`☐ ${item.text} (${reason})`)
  else deps.progress.say(`↷ ${id}: skipped, ${reason}`)
  await recorder.record({kind: 'block.skipped', id, reason})
}

type Performers = Readonly<{
  [K in Action['kind']]: (context: RunContext, action: Extract<Action, {kind: K}>, looks: LookDisplay) => Promise<void>
}>

const PERFORMERS: Performers = {
  look: performLook,
  takeLease: performLease,
  gate: performGate,
  keepEvidence: performEvidence,
  run: performRun,
  verify: performVerify,
  endVerify,
  skip: (context, {id, reason}) => skip(context, id, reason),
  askTask: async (context, action) => {
    if (action.last) await releaseLease(context)
    await performTask(context, action)
  },
  notify: performNotice,
  finish: (context, {conclusion}) => finish(context, conclusion),
  done: () => Promise.resolve(),
}

async function perform(context: RunContext, action: Action, looks: LookDisplay): Promise<void> {
  if (action.kind !== 'look') closeLooks(context, looks)
  const performer = PERFORMERS[action.kind] as (
    context: RunContext,
    action: Action,
    looks: LookDisplay,
  ) => Promise<void>
  await performer(context, action, looks)
}

function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (error instanceof FaciError && error.code === 'interrupted')
}

/** A lock lost in the middle of a run ends it like a gate that nobody can open: nothing more is changed. */
async function recover(context: RunContext, action: Action, error: unknown): Promise<void> {
  const {input, recorder} = context
  if (isInterruption(error, input.signal)) {
    await recorder.record({kind: 'run.interrupted', reason: 'interrupted'}, true)
    return
  }
  const lost = error instanceof FaciError && error.code === 'locked' && action.kind === 'run'
  if (!lost) throw error
  context.lost = true
  const {id} = action.block
  await recorder.record({kind: 'gate.answered', id, hash: '', answer: 'refused', how: error.message}, true)
}

async function loop(context: RunContext): Promise<Conclusion> {
  const {plan, recorder, input} = context
  const looks: LookDisplay = {after: undefined, task: null}
  for (;;) {
    const events = recorder.events()
    if (input.signal.aborted && events.every(({kind}) => kind !== 'run.interrupted'))
      await recorder.record({kind: 'run.interrupted', reason: 'interrupted'}, true)
    const action = nextAction(plan, recorder.events())
    try {
      await perform(context, action, looks)
    } catch (error) {
      await recover(context, action, error)
    }
    if (action.kind === 'finish') return action.conclusion
  }
}

/** null when no gate was refused; also when the lock was lost, which no consent changes. */
function acceptFor({plan, input, recorder, lost}: RunContext): string | null {
  const {items} = reduceRun(recorder.events())
  const mitigations = mitigationsOf(plan.runbook)
  const refused = mitigations.find(({id}) => items.get(id)?.gate === 'refused')
  if (refused === undefined || lost) return null
  return acceptedCommand(plan, withoutSecrets(plan, input), mitigations, refused)
}

function withoutSecrets({inputs}: RunPlan, input: RunInput): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(input.inputs).filter(([name]) => !inputs.secrets.includes(name)))
}

function startOf({plan, input, runId}: RunContext): Omit<RunStarted, 'kind'> {
  const {runbook, inputs, mode, force} = plan
  const {service, environment, project, operator, directory} = input.place
  return {
    ...{runId, service, environment, project, operator, directory, mode, force},
    runbook: runbook.name,
    title: runbook.title,
    hash: runbookHash(runbook.source),
    inputs: openInputs(inputs),
    secretInputs: inputs.secrets,
  }
}

/**
 * Runs a runbook: asks the engine what is next, does it through the ports, writes it down, until it is over. Errors: `notFound`,
 * `runbookInvalid`, `usage`, `refused`, `locked`: each before anything was changed.
 */
export async function runRunbook(deps: RunDeps, input: RunInput): Promise<Result<RunReport>> {
  if (input.readOnly && !input.diagnose)
    throw new FaciError('refused', 'this is a block that may only look', {
      suggestions: ['faci runbook NAME --diagnose'],
    })
  const plan = await prepareRun(deps, input)
  const runId = deps.ids.next()
  const recorder = createRecorder(deps, runId, plan.runbook.source)
  const context: RunContext = {deps, input, plan, runId, recorder, lease: null, lost: false}
  try {
    const started = startOf(context)
    await recorder.record({kind: 'run.started', ...started})
    const conclusion = await loop(context)
    const summary = summarise(plan, reduceRun(recorder.events()), conclusion, 'en')
    const data = reportRun(plan, recorder.events(), {started, conclusion, summary, accept: acceptFor(context)})
    return {verdict: conclusion.verdict, data}
  } finally {
    await releaseLease(context)
    await recorder.close()
  }
}
