import type {ConditionReading} from '../../domain/journal/events.js'
import type {Action} from '../../domain/execution/action.js'
import type {RunWords} from '../../domain/execution/run-words.js'
import {AFTER_ROLLBACK} from '../../domain/execution/rollback.js'
import {shortCondition} from '../../domain/execution/short-condition.js'
import {allOf} from '../../domain/condition-state.js'
import type {Task} from '../../ports/progress.js'
import {lookAtConditions} from './look-at-resolved.js'
import type {RunContext} from './run-context.js'

/** One task shows all looks after the same mitigation. */
export interface LookDisplay {
  after: string | null | undefined
  task: Task | null
}

function note(conditions: readonly ConditionReading[], {reason}: RunWords): string {
  return conditions
    .filter(({state}) => state !== 'true')
    .map(
      ({condition, state, detail}) =>
        `${shortCondition(condition)}: ${state === 'unknown' ? 'cannot be seen, ' : ''}${reason(detail)}`,
    )
    .join('; ')
}

/** A line for each condition, as it was last seen. */
function tell(task: Task, conditions: readonly ConditionReading[], {reason}: RunWords): void {
  const signs = {true: '✔', false: '✖', unknown: '?'} as const
  for (const {condition, state, detail} of conditions) task.output(`${signs[state]} ${condition}: ${reason(detail)}`)
}

/** Ends the task of the looks that are over. */
export function closeLooks(context: RunContext, display: LookDisplay): void {
  const {task} = display
  if (task === null) return
  const last = context.recorder.events().findLast((event) => event.kind === 'look')
  if (last?.kind === 'look') {
    const said = note(last.conditions, context.deps.screen)
    tell(task, last.conditions, context.deps.screen)
    if (last.state === 'true') task.done('Resolved: every condition holds')
    else if (last.state === 'unknown') task.fail(`Cannot be seen: ${said}`)
    else if (last.after === null) task.found(`Not resolved: ${said}`)
    else task.fail(`Still not resolved: ${said}`)
  }
  display.task = null
  display.after = undefined
}

function titleOf(after: string | null): string {
  if (after === null) return 'Look at resolved'
  return `Wait for resolved after ${after === AFTER_ROLLBACK ? 'the rollback' : after}`
}

/** One look at `resolved`. */
export async function performLook(
  context: RunContext,
  action: Extract<Action, {kind: 'look'}>,
  display: LookDisplay,
): Promise<void> {
  const {deps, input, plan, recorder} = context
  if (display.after !== action.after) closeLooks(context, display)
  display.after = action.after
  display.task ??= deps.progress.start(titleOf(action.after), {keep: true})
  if (action.waitSeconds > 0) await deps.clock.sleep(action.waitSeconds, context.action.signal)
  const conditions = await lookAtConditions(deps, {
    conditions: plan.runbook.resolved?.conditions ?? [],
    endpoints: input.place.endpoints,
    values: plan.inputs.values,
  })
  const state = allOf(conditions.map((condition) => condition.state))
  const said = note(conditions, deps.screen)
  display.task.note(
    said === ''
      ? `every condition holds, for ${String(plan.runbook.resolved?.holdSeconds ?? 0)} s together it counts`
      : said,
  )
  await recorder.record({kind: 'look', after: action.after, state, conditions})
}
