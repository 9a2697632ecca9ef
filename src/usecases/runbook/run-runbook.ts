import {acceptedCommand} from '../../domain/execution/accepted-command.js'
import type {Conclusion} from '../../domain/execution/conclusion.js'
import type {Action} from '../../domain/execution/action.js'
import {ENGINE_UNKNOWN} from '../../domain/execution/consent-hash.js'
import {decideGate} from '../../domain/consent/block-gate.js'
import {nextAction} from '../../domain/execution/next-action.js'
import type {RunEvent, RunStarted} from '../../domain/journal/events.js'
import type {RunPlan} from '../../domain/execution/plan.js'
import {canGoOn, refusedGates} from '../../domain/execution/refused-gates.js'
import {isRollbackUnsaid} from '../../domain/execution/rollback.js'
import {reduceRun} from '../../domain/execution/run-state.js'
import {reportRun, type RunReport} from '../../domain/execution/run-report.js'
import {deedsOf} from '../../domain/execution/deeds.js'
import type {Reason} from '../../domain/journal/reason.js'
import {FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {runbookHash} from '../../domain/runbook/runbook-hash.js'
import {openInputs} from '../../domain/runbook/inputs.js'
import {itemsOf, type MitigateBlock, mitigationsOf} from '../../domain/runbook/runbook.js'
import {visible} from '../../domain/text/visible.js'
import {endVerify, performRun, performVerify} from './perform-block.js'
import {listen, settleInterruption} from './interruption.js'
import {performGate} from './perform-gate.js'
import {performEvidence, performLease, releaseLease} from './perform-lease.js'
import {closeLooks, type LookDisplay, performLook} from './perform-look.js'
import {performNotice} from './perform-notice.js'
import {performAskRollback, performStep, performTask} from './perform-question.js'
import {prepareRun} from './prepare-run.js'
import {createRecorder, type Recorder} from './recorder.js'
import {recover} from './recover.js'
import type {RunContext, RunDeps, RunInput} from './run-context.js'
import {command} from '../../domain/text/shell-command.js'

async function finish({plan, recorder, deps}: RunContext, conclusion: Conclusion): Promise<void> {
  await deps.progress.pause()
  const deeds = deedsOf(plan, reduceRun(recorder.events()), conclusion)
  await recorder.record({kind: 'run.finished', ...conclusion, deeds}, true)
}

async function skip({plan, deps, recorder}: RunContext, id: string, reason: Reason): Promise<void> {
  const why = deps.screen.reason(reason)
  const item = itemsOf(plan.runbook).find((candidate) => candidate.id === id)
  if (item?.role === 'task') deps.progress.say(visible(`☐ ${item.text} (${why})`))
  else deps.progress.say(visible(`↷ ${id}: skipped, ${why}`))
  await recorder.record({kind: 'block.skipped', id, reason})
}

type Performers = Readonly<{
  [K in Action['kind']]: (context: RunContext, action: Extract<Action, {kind: K}>, looks: LookDisplay) => Promise<void>
}>

const PERFORMERS: Performers = {
  look: performLook,
  takeLease: performLease,
  gate: performGate,
  askStep: performStep,
  askRollback: performAskRollback,
  decideRollback: ({recorder}, {answer, how}) => recorder.record({kind: 'rollback.decided', answer, how}, true),
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

/** An end that is not on disk is none that can be relied on. */
function onlyWhatIsKept({isLost}: Recorder, conclusion: Conclusion): Conclusion {
  const isRelied = ['ok', 'undelivered', 'bad'].includes(conclusion.verdict)
  return isLost() && isRelied ? {...conclusion, verdict: 'unknown'} : conclusion
}

async function loop(context: RunContext): Promise<Conclusion> {
  const {plan, recorder} = context
  const looks: LookDisplay = {after: undefined, task: null}
  for (;;) {
    await settleInterruption(context)
    if (context.action.signal.aborted) context.action = new AbortController()
    const action = nextAction(plan, recorder.events())
    try {
      await perform(context, action, looks)
    } catch (error) {
      await recover(context, action, error)
    }
    if (action.kind === 'finish') return onlyWhatIsKept(recorder, action.conclusion)
  }
}

/** The command that opens the gates of `refused`; it goes on with `resumed`, else begins anew. */
function commandFor(
  {plan, input}: RunContext,
  refused: readonly MitigateBlock[],
  resumed: string | null,
): string | null {
  return acceptedCommand(plan, {resumed, inputs: withoutSecrets(plan, input)}, mitigationsOf(plan.runbook), refused)
}

/** null when no gate was refused; also when the lock was lost, which no consent changes. */
function acceptFor(context: RunContext, {outcome}: Conclusion): string | null {
  const {plan, recorder, lost, runId} = context
  const state = reduceRun(recorder.events())
  const wasRefused = [...state.items.values()].some(({gate}) => gate === 'refused')
  if (!wasRefused || lost) return null
  return commandFor(context, refusedGates(plan, state), canGoOn(outcome) ? runId : null)
}

/** A gate that nobody will be able to open is told before anything is waited for. */
function tellRefused(context: RunContext, past: Past | null): void {
  const {plan, recorder, runId, deps} = context
  const refused = refusedGates(plan, reduceRun(recorder.events()))
  const [first] = refused
  const decision = first === undefined ? null : decideGate(first, plan.consent)
  if (first === undefined || decision?.kind !== 'refuse') return
  deps.progress.say(
    `! Unless it is resolved before, this run stops at the gate \`${first.id}\`: ${deps.screen.reason(decision.reason)}`,
  )
  const command = commandFor(context, refused, past === null ? null : runId)
  deps.progress.say(
    command === null
      ? `  It cannot be approved beforehand: ${ENGINE_UNKNOWN}`
      : `  To approve beforehand, run: ${command}`,
  )
}

function withoutSecrets({inputs}: RunPlan, input: RunInput): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(input.inputs).filter(([name]) => !inputs.secrets.includes(name)))
}

function startOf({plan, input, runId}: RunContext): Omit<RunStarted, 'kind'> {
  const {runbook, inputs, mode, force, selection} = plan
  const {service, environment, production, project, operator, directory, incident} = input.place
  return {
    ...{runId, service, environment, production, project, operator, directory, mode, force, selection},
    runbook: runbook.name,
    title: runbook.title,
    hash: runbookHash(runbook.source),
    inputs: openInputs(inputs),
    secretInputs: inputs.secrets,
    ...(incident === null ? {} : {incident}),
  }
}

/** What a resumed run did before. */
export interface Past {
  readonly started: Omit<RunStarted, 'kind'>
  readonly events: readonly RunEvent[]
}

async function begin(context: RunContext, past: Past | null): Promise<Omit<RunStarted, 'kind'>> {
  const {recorder, plan, input} = context
  if (past === null) {
    const started = startOf(context)
    await recorder.record({kind: 'run.started', ...started})
    return started
  }
  const {operator, host} = input.place
  await recorder.record({kind: 'run.resumed', operator, host, hash: runbookHash(plan.runbook.source)})
  return past.started
}

/** Where nobody can be asked later, it must be said now. Errors: `refused`. */
function checkRollback(plan: RunPlan): void {
  const {runbook} = plan
  if (!isRollbackUnsaid(plan)) return
  const again = command`faci runbook ${runbook.name} --yes --rollback`
  throw new FaciError('refused', `\`${runbook.name}\` has rollbacks, and there is no terminal to ask on`, {
    suggestions: [`${again} always   (undo what was done when it ends unresolved)`, `${again} never`],
  })
}

/** What holds the run's lock and its journal goes on, or ends with them. */
async function close(context: RunContext): Promise<void> {
  try {
    await releaseLease(context)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    context.deps.progress.say(`The lock could not be given back: ${error.message}`)
  }
  await context.recorder.close()
}

/** Carries out a plan, from its start or from where `past` ends. Errors: `refused`, `locked`: each before anything was changed. */
export async function carryOut(
  deps: RunDeps,
  plan: RunPlan,
  input: RunInput,
  past: Past | null,
): Promise<Result<RunReport>> {
  checkRollback(plan)
  const runId = past?.started.runId ?? deps.ids.next()
  const recorder = createRecorder(deps, runId, plan.runbook.source, {
    past: past?.events ?? [],
    onEvent: (event) => {
      if (event.kind === 'journal.lost')
        deps.progress.say(`! ${deps.screen.reason(event.reason)}: nothing more is changed`)
      input.onEvent(runId, event)
    },
  })
  const alone = {lease: null, endSilences: null, lost: false, action: new AbortController(), pending: null, menu: null}
  const known = past?.events.length ?? null
  const context: RunContext = {deps, input, plan, runId, recorder, known, ...alone}
  try {
    const started = await begin(context, past)
    listen(context)
    tellRefused(context, past)
    const conclusion = await loop(context)
    const data = reportRun(plan, recorder.events(), {
      started,
      conclusion,
      deeds: deedsOf(plan, reduceRun(recorder.events()), conclusion),
      accept: acceptFor(context, conclusion),
    })
    return {verdict: conclusion.verdict, data}
  } finally {
    await close(context)
  }
}

/**
 * Runs a runbook: asks the engine what is next, does it through the ports, writes it down, until it is over. Errors: `notFound`,
 * `runbookInvalid`, `usage`, `refused`, `locked`: each before anything was changed.
 */
export async function runRunbook(deps: RunDeps, input: RunInput): Promise<Result<RunReport>> {
  if (input.readOnly && !input.diagnose)
    throw new FaciError('refused', 'a read-only block cannot run mitigations', {
      suggestions: ['faci runbook NAME --diagnose'],
    })
  return carryOut(deps, await prepareRun(deps, input), input, null)
}
