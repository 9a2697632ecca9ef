import {FaciError} from '../../domain/errors.js'
import type {Conclusion} from '../../domain/execution/conclusion.js'
import type {Action} from '../../domain/execution/action.js'
import {reduceRun} from '../../domain/execution/run-state.js'
import {deedsOf} from '../../domain/execution/deeds.js'
import type {RunWords} from '../../domain/execution/run-words.js'
import type {Detail} from '../../domain/journal/detail.js'
import type {Notice, NoticeDelivery, NoticeState} from '../../domain/notices/notice.js'
import type {NoticeReason} from '../../domain/notices/undelivered.js'
import {openInputs} from '../../domain/runbook/inputs.js'
import {fillNotice} from '../../domain/runbook/notice-text.js'
import {whatThrew} from '../notices/call-notifier.js'
import type {RunContext} from './run-context.js'

function stateOf(conclusion: Conclusion | null): NoticeState {
  if (conclusion === null) return 'started'
  if (conclusion.resolvedAfterSeconds !== null) return 'resolved'
  if (conclusion.outcome === 'unknown') return 'unknown'
  return conclusion.outcome === 'diagnosed' ? 'info' : 'unresolved'
}

/** What blocks kept, its numbers as people write them. */
function localised(captures: Readonly<Record<string, string>>, {numbers}: RunWords): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(captures).map(([name, value]) => [name, numbers(value)]))
}

function placeholders(context: RunContext, conclusion: Conclusion | null): Readonly<Record<string, string>> {
  const {plan, input, recorder} = context
  const {words, environment, operator} = input.place
  const state = reduceRun(recorder.events())
  return {
    ...openInputs(plan.inputs),
    ...localised(state.captures, words),
    outcome: words.outcome(conclusion?.outcome ?? 'started'),
    duration: words.duration(conclusion?.resolvedAfterSeconds ?? state.elapsedSeconds),
    summary:
      conclusion === null
        ? words.started(operator)
        : words.summary(deedsOf(plan, state, conclusion), conclusion.reason),
    runbook: plan.runbook.name,
    environment,
    operator,
  }
}

function noticeOf(context: RunContext, {block, conclusion}: Extract<Action, {kind: 'notify'}>): Notice {
  const {deps, plan, input, runId} = context
  const {service, environment, operator, host} = input.place
  const values = placeholders(context, conclusion)
  return {
    id: deps.ids.next(),
    channel: block.to,
    thread: runId,
    incident: null,
    severity: plan.runbook.severity,
    state: stateOf(conclusion),
    title: plan.runbook.title,
    body: fillNotice(block.body, values),
    facts: [
      {name: 'Runbook', value: plan.runbook.name},
      {name: input.place.words.run, value: runId},
    ],
    service,
    environment,
    operator,
    host,
    createdAt: deps.clock.now().toISOString(),
  }
}

/** Whatever a channel or the outbox throws, the run goes on: people matter less than the service. */
async function tell({deps}: RunContext, notice: Notice): Promise<Pick<NoticeDelivery, 'status' | 'reason'>> {
  try {
    return await deps.notify(notice)
  } catch (error) {
    const reason: NoticeReason = error instanceof FaciError ? {why: 'error', text: error.message} : whatThrew(error)
    return {status: 'lost', reason}
  }
}

/** Tells people. A message that nobody got waits in the outbox, and stops nothing. */
export async function performNotice(context: RunContext, action: Extract<Action, {kind: 'notify'}>): Promise<void> {
  const {deps, recorder} = context
  const notice = noticeOf(context, action)
  const task = deps.progress.start(`Notify · ${notice.channel}`)
  const {status, reason} = await tell(context, notice)
  const why: Detail | null = status === 'delivered' ? null : {why: 'undelivered', status, reason}
  if (why === null) task.done()
  else task.fail(`Notify · ${notice.channel}: ${deps.screen.reason(why)}`)
  const {id, channel, body: text} = notice
  await recorder.record(
    {
      kind: 'notice.sent',
      id: action.block.id,
      noticeId: id,
      channel,
      status,
      ...(why === null ? {} : {why}),
      text,
      closing: action.conclusion !== null,
    },
    true,
  )
}
