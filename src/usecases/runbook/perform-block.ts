import {captureProblem} from '../../domain/execution/captures.js'
import type {Detail} from '../../domain/journal/detail.js'
import type {BlockResult} from '../../domain/journal/events.js'
import {FOUND_BAD, foundBad} from '../../domain/execution/found-bad.js'
import type {RunWords} from '../../domain/execution/run-words.js'
import type {Action} from '../../domain/execution/action.js'
import {FaciError} from '../../domain/errors.js'
import type {CommandBlock} from '../../domain/runbook/runbook.js'
import type {ConditionState} from '../../domain/condition-state.js'
import type {Lease} from '../../ports/lease.js'
import type {Task} from '../../ports/progress.js'
import type {RunContext} from './run-context.js'
import {type QueryBlock, runQueryBlock} from './query-block.js'
import {runScript} from './run-script.js'

type Of<K extends Action['kind']> = Extract<Action, {kind: K}>

/** What an event keeps of a block's output; the whole of it is a file beside the journal. */
const KEPT_CHARACTERS = 4000

/** Everything but a script, which is all that bash may run. */
function isQuery(block: CommandBlock): block is QueryBlock {
  return block.language !== 'sh'
}

async function perform(
  context: RunContext,
  block: CommandBlock,
  timeoutSeconds: number,
  task: Task | null,
): Promise<BlockResult> {
  if (!isQuery(block)) return await runScript(context, block, timeoutSeconds, task)
  const inputs = context.plan.inputs.values
  const before = context.recorder.captures()
  const values = {...inputs, ...before}
  const result = await runQueryBlock(context.deps, {block, values, timeoutSeconds, signal: context.action.signal})
  const problem = captureProblem(result.captured, before, inputs)
  return problem === null ? result : {...result, outcome: 'failed', detail: problem, captured: {}}
}

const KEPT_HEAD = 1000

/** A long output is kept whole in a file, and its two ends in the event: the file's name stands between them, where it could be kept. */
async function shortened(context: RunContext, id: string, attempt: number, result: BlockResult): Promise<BlockResult> {
  if (result.output.length <= KEPT_CHARACTERS) return result
  const file = await context.recorder.keep(`${id}-${String(attempt)}.out`, result.output).catch(() => null)
  const end = result.output.slice(KEPT_HEAD - KEPT_CHARACTERS)
  const head = result.output.slice(0, KEPT_HEAD)
  return {...result, output: `${head}\n… ${file ?? ''} …\n${end.slice(end.indexOf('\n') + 1)}`}
}

const TITLES = {diagnose: 'Diagnose', mitigate: 'Mitigate', verify: 'Verify', rollback: 'Roll back'} as const

function detailText(words: RunWords, detail: Detail | null): string {
  return detail === null ? '' : words.reason(detail)
}

function tell(task: Task, block: CommandBlock, result: BlockResult, words: RunWords): void {
  const isEmpty = block.language === 'promql' && result.output === '' && result.detail === null
  const said = isEmpty ? words.reason({why: 'noData'}) : result.output
  if (block.language !== 'sh') for (const line of said.split('\n')) if (line !== '') task.output(line)
  if (result.outcome === 'ok') task.done()
  else if (foundBad(block, result)) task.found(`${TITLES.diagnose} · ${block.id}: ${FOUND_BAD}`)
  else task.fail(`${TITLES[block.role]} · ${block.id}: ${detailText(words, result.detail)}`)
}

/** Errors: `locked` where there is none: nothing is changed without it. */
function heldLease({lease}: RunContext): Lease {
  if (lease === null) throw new FaciError('locked', 'the lock is not held: nothing is changed without it')
  return lease
}

/** Runs one attempt of a diagnosis or a mitigation. The lock is looked at before anything is changed. */
export async function performRun(context: RunContext, action: Of<'run'>): Promise<void> {
  const {deps, recorder} = context
  const {block, attempt, final, waitSeconds, timeoutSeconds} = action
  const changes = block.role !== 'diagnose'
  if (waitSeconds > 0) await deps.clock.sleep(waitSeconds, context.action.signal)
  if (changes) await heldLease(context).recheck()
  await recorder.record({kind: 'block.started', id: block.id, attempt}, changes)
  const task = deps.progress.start(
    `${TITLES[block.role]} · ${block.id}${attempt > 1 ? `, attempt ${String(attempt)}` : ''}`,
    {keep: block.role === 'diagnose'},
  )
  const result = await perform(context, block, timeoutSeconds, task)
  tell(task, block, result, deps.screen)
  const kept = await shortened(context, block.id, attempt, result)
  const over = final || result.outcome === 'ok' || result.outcome === 'aborted'
  if (over) await recorder.record({kind: 'block.finished', id: block.id, ...kept}, changes)
  else await recorder.record({kind: 'block.retried', id: block.id, attempt, ...kept}, changes)
}

const TRUTH: Readonly<Record<BlockResult['outcome'], ConditionState>> = {
  ok: 'true',
  failed: 'false',
  timedOut: 'false',
  unknown: 'unknown',
  aborted: 'unknown',
  notStarted: 'unknown',
}

/** The last line, for what has nothing else to tell. */
function printed(output: string): Detail | null {
  const text = output.split('\n').at(-1) ?? ''
  return text === '' ? null : {why: 'printed', text}
}

/** One look of a verify block. */
export async function performVerify(
  context: RunContext,
  {block, waitSeconds, timeoutSeconds}: Of<'verify'>,
): Promise<void> {
  const {deps, recorder} = context
  if (waitSeconds > 0) await deps.clock.sleep(waitSeconds, context.action.signal)
  const result = await perform(context, block, timeoutSeconds, null)
  await recorder.record({
    kind: 'verify.polled',
    id: block.id,
    state: TRUTH[result.outcome],
    detail: result.detail ?? printed(result.output),
  })
}

export async function endVerify(context: RunContext, action: Of<'endVerify'>): Promise<void> {
  const {block, outcome, detail, durationSeconds} = action
  const task = context.deps.progress.start(`Verify · ${block.id}`)
  if (outcome === 'ok') task.done()
  else task.fail(`Verify · ${block.id}: ${detailText(context.deps.screen, detail)}`)
  const output = detail?.why === 'printed' ? detail.text : ''
  const result = {outcome, detail: outcome === 'ok' ? null : detail, exitCode: null, durationSeconds, output}
  await context.recorder.record({kind: 'block.finished', id: block.id, ...result, captured: {}}, true)
}
