import type {BlockOutcome, BlockResult} from '../../domain/execution/events.js'
import type {CommandBlock} from '../../domain/runbook/runbook.js'
import type {ShellOutcome} from '../../ports/shell.js'
import type {Task} from '../../ports/progress.js'
import type {RunContext} from './run-context.js'
import {judgeText} from './run-command.js'

/** Between TERM and KILL. */
const GRACE_SECONDS = 5
/** Linux takes at most 128 KiB for one variable. */
const LONGEST_VARIABLE = 32_000
const NAME = /^[a-z][a-z0-9_]*$/

/** What a script finds in its environment; never pasted into its text. */
function blockEnvironment(context: RunContext, block: CommandBlock): Readonly<Record<string, string>> {
  const {plan, recorder, input, runId, lease} = context
  const values = {...plan.inputs.values, ...recorder.captures()}
  const changes = block.role === 'mitigate' || block.role === 'rollback'
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    value.replaceAll('\0', '').slice(0, LONGEST_VARIABLE),
  ])
  return {
    ...(Object.fromEntries(shown) as Record<string, string>),
    FACI_CONFIG: input.place.configFile,
    FACI_RUN_ID: runId,
    FACI_READ_ONLY: changes ? '' : '1',
    FACI_RUN_TOKEN: changes && lease !== null ? lease.token : '',
  }
}

function ending({ending: how, exitCode, stderr}: ShellOutcome): {outcome: BlockOutcome; detail: string} {
  if (how === 'timedOut') return {outcome: 'timedOut', detail: 'it ran out of time and was ended'}
  if (how === 'aborted') return {outcome: 'aborted', detail: 'interrupted'}
  if (exitCode === 0) return {outcome: 'ok', detail: ''}
  const said = stderr.trim().split('\n').at(-1) ?? ''
  const code = exitCode === null ? 'ended by a signal' : `exit ${String(exitCode)}`
  return {outcome: 'failed', detail: said === '' ? code : `${code}: ${said}`}
}

/** An input is what was consented to: no script changes it. */
function capturedBy(
  block: CommandBlock,
  outcome: ShellOutcome,
  inputs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const written = Object.fromEntries(
    Object.entries(outcome.outputs).filter(([name]) => NAME.test(name) && !Object.hasOwn(inputs, name)),
  )
  if (block.capture === null || outcome.ending !== 'exited') return written
  return {...written, [block.capture]: outcome.stdout.trim()}
}

/** Runs an sh block; whatever it does is a result. */
export async function runScript(
  context: RunContext,
  block: CommandBlock,
  timeoutSeconds: number,
  task: Task | null,
): Promise<BlockResult> {
  const {deps, input} = context
  const outcome = await deps.shell.run(
    {
      script: block.body,
      environment: blockEnvironment(context, block),
      directory: input.place.directory,
      timeoutSeconds,
      graceSeconds: GRACE_SECONDS,
    },
    (_, text) => task?.output(text),
    context.action.signal,
  )
  const inputs = context.plan.inputs.values
  const captured = capturedBy(block, outcome, inputs)
  const {exitCode, durationSeconds, stdout, stderr} = outcome
  const refused = Object.keys(outcome.outputs).filter((name) => Object.hasOwn(inputs, name))
  const notes = refused.map((name) => `\`${name}\` is an input: what was written to $FACI_OUTPUT for it does not count`)
  const output = [stdout.trimEnd(), stderr.trimEnd(), ...notes].filter((text) => text !== '').join('\n')
  const ended = ending(outcome)
  const judged =
    ended.outcome === 'ok' && block.expect !== null
      ? judgeText(stdout, block.expect, {...inputs, ...context.recorder.captures()})
      : ended
  return {exitCode, durationSeconds, output, captured, ...judged}
}
