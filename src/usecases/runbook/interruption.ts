import {ladder} from '../../domain/execution/ladder.js'
import {armedRollbacks} from '../../domain/execution/rollback.js'
import type {RunPlan} from '../../domain/execution/plan.js'
import {itemState, reduceRun, type RunState} from '../../domain/execution/run-state.js'
import type {RollbackBlock} from '../../domain/runbook/runbook.js'
import {FaciError} from '../../domain/errors.js'
import {rollbackCard} from './perform-question.js'
import type {RunContext} from './run-context.js'

/** A person who pressed Ctrl-C and went away gets the safe answer. */
const MENU_SECONDS = 10

function isInterruption(error: unknown): boolean {
  return error instanceof FaciError && error.code === 'interrupted'
}

/** What can still be undone: neither undone yet, nor said to be left as it is. */
function openRollbacks(plan: RunPlan, state: RunState): readonly RollbackBlock[] {
  return armedRollbacks(plan, state).filter(({id}) => itemState(state, id).ending === null)
}

/** Ctrl-C at the question itself, or a signal, is an answer too; silence is the default. */
async function ask(context: RunContext, fallback: string, canUndo: boolean): Promise<string> {
  const {deps, plan} = context
  const choices = [
    ...(canUndo ? [{key: 'r', label: 'roll back'}] : []),
    {key: 'c', label: 'continue'},
    {key: 'q', label: 'quit'},
  ]
  const armed = canUndo ? openRollbacks(plan, reduceRun(context.recorder.events())) : []
  const what = canUndo ? `Rolling back would run:\n${rollbackCard(context, armed)}\n` : ''
  const words = choices.find(({key}) => key === fallback)?.label ?? ''
  const question = `\nInterrupted. ${what}What now? In ${String(MENU_SECONDS)} s: ${words}.`
  const patience = AbortSignal.timeout(MENU_SECONDS * 1000)
  context.menu = new AbortController()
  try {
    return await deps.prompt.choose(question, choices, fallback, AbortSignal.any([patience, context.menu.signal]))
  } catch (error) {
    if (!isInterruption(error)) throw error
    return patience.aborted ? fallback : 'q'
  } finally {
    context.menu = null
  }
}

async function menu(context: RunContext): Promise<void> {
  const {deps, plan, recorder} = context
  const state = reduceRun(recorder.events())
  const armed = openRollbacks(plan, state)
  // What people were told of the end stays true: from then on nothing is undone any more.
  const isTold = recorder.events().some((event) => event.kind === 'notice.sent' && event.closing)
  const canUndo = armed.length > 0 && !isTold && plan.rollback !== 'never' && ladder(plan, state).kind !== 'resolved'
  const answer = await ask(context, canUndo ? 'r' : 'q', canUndo)
  if (answer === 'c') {
    deps.progress.say('Going on')
    return
  }
  if (answer === 'r') await recorder.record({kind: 'run.aborted', reason: {why: 'operatorRolledBack'}}, true)
  else {
    if (armed.length > 0)
      await recorder.record({kind: 'rollback.decided', answer: 'keep', how: {why: 'operatorQuit'}}, true)
    await recorder.record({kind: 'run.interrupted', reason: {why: 'operatorQuit'}}, true)
  }
  context.action.abort(new FaciError('interrupted', 'interrupted'))
}

/** Until it is done nothing new begins; a failure stays, and ends the run. */
function pending(context: RunContext, work: Promise<void>): Promise<void> {
  const settled = work.then(() => {
    context.pending = null
  })
  context.pending = settled
  return settled
}

/** Asks what Ctrl-C is to mean, while what is running goes on. Ctrl-C at the menu quits. */
async function openMenu(context: RunContext): Promise<void> {
  if (context.recorder.events().at(-1)?.kind === 'run.finished') return
  if (context.menu !== null) context.menu.abort()
  else
    await pending(
      context,
      context.deps.progress.pause(() => menu(context)),
    )
}

async function end(context: RunContext): Promise<void> {
  context.action.abort(new FaciError('interrupted', 'interrupted'))
  await context.recorder.record({kind: 'run.interrupted', reason: {why: 'interrupted'}}, true)
}

/** From now on signals reach the run: the journal says so before the block that was running has ended. */
export function listen(context: RunContext): void {
  const {signal, onCtrlC} = context.input.interrupts
  const interrupt = (): void => {
    context.menu?.abort()
    void pending(context, end(context)).catch(() => undefined)
  }
  if (signal.aborted) interrupt()
  else signal.addEventListener('abort', interrupt, {once: true})
  if (context.deps.prompt.available) onCtrlC(() => void openMenu(context).catch(() => undefined))
}

/** Until what an interruption means is said and written down. What broke that ends the run as a signal does. */
export async function settleInterruption(context: RunContext): Promise<void> {
  try {
    await context.pending
  } catch {
    context.pending = null
    await end(context)
  }
}

/** An action that ended because of Ctrl-C: at a question of its own nobody has said yet what that means, unless that is being asked. */
export async function afterInterruption(context: RunContext): Promise<void> {
  if (!context.action.signal.aborted && context.pending === null) await openMenu(context)
}

export function isInterrupted(context: RunContext, error: unknown): boolean {
  return context.action.signal.aborted || isInterruption(error)
}
