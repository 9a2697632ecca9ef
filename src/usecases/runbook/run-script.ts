import {captureProblem, undeclaredProblem, valueProblem} from '../../domain/execution/captures.js'
import type {CaptureProblem} from '../../domain/journal/capture-problem.js'
import type {Detail} from '../../domain/journal/detail.js'
import type {BlockOutcome, BlockResult} from '../../domain/journal/events.js'
import type {CommandBlock} from '../../domain/runbook/runbook.js'
import type {ShellOutcome} from '../../ports/shell.js'
import type {Task} from '../../ports/progress.js'
import type {RunContext} from './run-context.js'
import {judgeText} from './query-block.js'

/** Between TERM and KILL. */
const GRACE_SECONDS = 5

function changes({role}: CommandBlock): boolean {
  return role === 'mitigate' || role === 'rollback'
}

/** What a script finds in its environment; never pasted into its text. */
function blockEnvironment(context: RunContext, block: CommandBlock): Readonly<Record<string, string>> {
  const {plan, recorder, input, runId} = context
  const values = {...plan.inputs.values, ...recorder.captures()}
  return {
    ...values,
    FACI_CONFIG: input.place.configFile,
    FACI_RUN_ID: runId,
    FACI_READ_ONLY: changes(block) ? '' : '1',
  }
}

/** The last line that says something; what a tool suggests to type next, as faci does after an arrow, is no reason. */
function lastReason(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim())
  const said = lines.filter((line) => line !== '')
  return said.findLast((line) => !line.startsWith('→')) ?? said.at(-1) ?? ''
}

function ending(
  {ending: how, exitCode, stderr}: ShellOutcome,
  problem: CaptureProblem | null,
): {readonly outcome: BlockOutcome; readonly detail: Detail | null} {
  if (how === 'timedOut') return {outcome: 'timedOut', detail: {why: 'ranOutOfTime', problem}}
  if (how === 'aborted') return {outcome: 'aborted', detail: {why: 'cutShort', problem}}
  if (exitCode === 0) return {outcome: problem === null ? 'ok' : 'failed', detail: problem}
  return {outcome: 'failed', detail: {why: 'exited', exitCode, said: lastReason(stderr), problem}}
}

/** What a block captured, and why that cannot be used. */
function capturedBy(
  {plan, recorder}: RunContext,
  block: CommandBlock,
  {ending: how, stdout, outputs, outputProblem}: ShellOutcome,
): {readonly captured: Readonly<Record<string, string>>; readonly problem: CaptureProblem | null} {
  const own = block.capture === null || how !== 'exited' ? {} : {[block.capture]: stdout.trim()}
  const captured = {...outputs, ...own}
  const problem =
    outputProblem ??
    captureProblem(captured, recorder.captures(), plan.inputs.values) ??
    undeclaredProblem(outputs, block.outputs)
  return problem === null ? {captured, problem} : {captured: {}, problem}
}

function notStarted(detail: Detail): BlockResult {
  return {outcome: 'notStarted', exitCode: null, durationSeconds: 0, output: '', detail, captured: {}}
}

interface Start {
  readonly block: CommandBlock
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
}

/** The shell throws only when nothing of the block ran. */
async function started(
  {deps, input, action, lease}: RunContext,
  {block, environment, timeoutSeconds}: Start,
  task: Task | null,
): Promise<ShellOutcome | Error> {
  try {
    return await deps.shell.run(
      {
        script: block.body,
        environment,
        mayJoin: changes(block) && lease !== null,
        directory: input.place.directory,
        timeoutSeconds,
        graceSeconds: GRACE_SECONDS,
      },
      (_, text) => task?.output(text),
      action.signal,
    )
  } catch (error) {
    return error instanceof Error ? error : new Error('unknown reason')
  }
}

/** Runs an sh block; whatever it does is a result. */
export async function runScript(
  context: RunContext,
  block: CommandBlock,
  timeoutSeconds: number,
  task: Task | null,
): Promise<BlockResult> {
  const {plan, recorder} = context
  const environment = blockEnvironment(context, block)
  for (const [name, value] of Object.entries(environment)) {
    const problem = valueProblem(name, value)
    if (problem !== null) return notStarted({why: 'notStarted', problem})
  }
  const outcome = await started(context, {block, environment, timeoutSeconds}, task)
  if (outcome instanceof Error) return notStarted({why: 'error', text: outcome.message})
  const {captured, problem} = capturedBy(context, block, outcome)
  const {exitCode, durationSeconds, stdout, stderr} = outcome
  const output = [stdout.trimEnd(), stderr.trimEnd()].filter((text) => text !== '').join('\n')
  const result = {exitCode, durationSeconds, output, captured}
  const ended = ending(outcome, problem)
  if (ended.outcome !== 'ok' || block.expect === null) return {...result, ...ended}
  return {...result, ...judgeText(stdout, block.expect, {...plan.inputs.values, ...recorder.captures()})}
}
