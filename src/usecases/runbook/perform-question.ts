import {visible} from '../../domain/text/visible.js'
import type {Action} from '../../domain/execution/action.js'
import type {StepAnswer} from '../../domain/journal/events.js'
import {gateCard} from '../../domain/execution/gate-card.js'
import type {RollbackBlock} from '../../domain/runbook/runbook.js'
import type {RunContext} from './run-context.js'

type Of<K extends Action['kind']> = Extract<Action, {kind: K}>

/** A `- [ ]` item, ticked by a person. */
export async function performTask(context: RunContext, {task}: Of<'askTask'>): Promise<void> {
  const {deps, recorder} = context
  await deps.progress.pause()
  await recorder.record({kind: 'task.asked', id: task.id})
  const choices = [
    {key: 'y', label: 'yes'},
    {key: 'n', label: 'no'},
  ]
  const question = `\n☐ ${visible(deps.masker.mask(task.text))}\nDone?`
  const done = (await deps.prompt.choose(question, choices, undefined, context.action.signal)) === 'y'
  await recorder.record({kind: 'task.answered', id: task.id, done}, true)
}

const STEP_CHOICES = [
  {key: 'r', label: 'run'},
  {key: 's', label: 'skip'},
  {key: 'a', label: 'all from here'},
  {key: 'q', label: 'quit'},
] as const

const STEP_ANSWERS: Readonly<Record<string, StepAnswer>> = {r: 'run', s: 'skip', a: 'rest', q: 'quit'}

/** `--step`: one block is shown and asked about. */
export async function performStep(context: RunContext, {block}: Of<'askStep'>): Promise<void> {
  const {deps, plan, recorder, action} = context
  const {id} = block
  await deps.progress.pause()
  await recorder.record({kind: 'step.asked', id})
  const card = deps.drawGate(gateCard(plan, recorder.events(), block, deps.masker.mask))
  const key = await deps.prompt.choose(`${card}\nRun it?`, STEP_CHOICES, undefined, action.signal)
  await recorder.record({kind: 'step.answered', id, answer: STEP_ANSWERS[key] ?? 'quit'}, true)
}

/** What would be undone, the last first, and the exact texts. */
export function rollbackCard({plan, deps, recorder}: RunContext, blocks: readonly RollbackBlock[]): string {
  return blocks.map((block) => deps.drawGate(gateCard(plan, recorder.events(), block, deps.masker.mask))).join('')
}

/** Whether what was done is undone: a person says so. */
export async function performAskRollback(context: RunContext, {blocks}: Of<'askRollback'>): Promise<void> {
  const {deps, recorder, action} = context
  await deps.progress.pause()
  await recorder.record({kind: 'rollback.asked', ids: blocks.map(({id}) => id)})
  const choices = [
    {key: 'r', label: 'roll back'},
    {key: 'k', label: 'keep it as it is'},
  ]
  const question = `\nIt is not resolved. What was done can be undone:\n${rollbackCard(context, blocks)}\nUndo it?`
  const answer = (await deps.prompt.choose(question, choices, undefined, action.signal)) === 'r' ? 'rollback' : 'keep'
  const how = {why: answer === 'rollback' ? 'operatorSaidSo' : 'operatorKept'} as const
  await recorder.record({kind: 'rollback.decided', answer, how}, true)
}
