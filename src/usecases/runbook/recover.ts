import type {Action} from '../../domain/execution/action.js'
import type {BlockResult} from '../../domain/journal/events.js'
import {FaciError} from '../../domain/errors.js'
import {afterInterruption, isInterrupted} from './interruption.js'
import {hasBegun, JournalLost} from './recorder.js'
import type {RunContext} from './run-context.js'

type Of<K extends Action['kind']> = Extract<Action, {kind: K}>

type Endings = Readonly<{
  [K in Action['kind']]: (context: RunContext, action: Extract<Action, {kind: K}>, why: string) => Promise<void>
}>

const NO_RESULT = {exitCode: null, durationSeconds: 0, output: '', captured: {}} as const

function failure(text: string) {
  return {why: 'error', text} as const
}

/** What became of a block that broke for a reason of ours: nothing of it ran, or nobody knows. */
async function endBlock({recorder}: RunContext, {block: {id}}: Of<'run'>, text: string): Promise<void> {
  const last = recorder.events().at(-1)
  const outcome: BlockResult['outcome'] = last?.kind === 'block.started' && last.id === id ? 'unknown' : 'notStarted'
  await recorder.record({kind: 'block.finished', id, outcome, detail: failure(text), ...NO_RESULT}, true)
}

async function refuse({recorder}: RunContext, id: string, text: string): Promise<void> {
  await recorder.record({kind: 'gate.answered', id, hash: '', answer: 'refused', how: failure(text)}, true)
}

/** A lock lost in the middle of a run ends it like a gate that nobody can open: nothing more is changed. */
async function lockLost(context: RunContext, {block: {id, role}}: Of<'run'>, text: string): Promise<void> {
  context.lost = true
  if (role === 'mitigate') return refuse(context, id, text)
  await context.recorder.record(
    {kind: 'block.finished', id, outcome: 'failed', detail: failure(text), ...NO_RESULT},
    true,
  )
}

function rethrown(error: unknown): Promise<never> {
  return Promise.reject(error instanceof Error ? error : new Error('unknown reason'))
}

/** The event by which each action ends that could not be carried out, whatever the reason: so every run comes to its end. */
const ENDINGS: Endings = {
  look: ({recorder}, {after}, why) =>
    recorder.record({
      ...{kind: 'look', after, state: 'unknown'},
      conditions: [{condition: 'resolved', state: 'unknown', detail: failure(why)}],
    }),
  takeLease: (_, __, why) => rethrown(new Error(why)),
  gate: (context, {block}, why) => refuse(context, block.id, why),
  askStep: ({recorder}, {block: {id}}) => recorder.record({kind: 'step.answered', id, answer: 'quit'}, true),
  askRollback: ({recorder}, _, text) =>
    recorder.record({kind: 'rollback.decided', answer: 'keep', how: failure(text)}, true),
  decideRollback: (_, __, why) => rethrown(new Error(why)),
  keepEvidence: ({recorder}, {block: {id}}, why) =>
    recorder.record(
      {kind: 'evidence.kept', id, files: [], problems: [{why: 'notKept', container: null, text: why}]},
      true,
    ),
  run: endBlock,
  verify: ({recorder}, {block: {id}}, why) =>
    recorder.record({kind: 'verify.polled', id, state: 'unknown', detail: failure(why)}),
  endVerify: ({recorder}, {block: {id}, ...ended}, why) =>
    recorder.record({kind: 'block.finished', id, ...NO_RESULT, outcome: ended.outcome, detail: failure(why)}, true),
  skip: ({recorder}, {id, reason}) => recorder.record({kind: 'block.skipped', id, reason}),
  askTask: ({recorder}, {task: {id}}) => recorder.record({kind: 'task.answered', id, done: false}, true),
  notify: ({recorder}, {block, conclusion}, why) =>
    recorder.record({
      ...{
        kind: 'notice.sent',
        id: block.id,
        noticeId: '',
        channel: block.to,
        status: 'lost',
        text: '',
        why: failure(why),
      },
      closing: conclusion !== null,
    }),
  finish: (_, __, why) => rethrown(new Error(why)),
  done: () => Promise.resolve(),
}

/** After an action that threw: an interruption is asked about, anything else is written down as what became of the action. */
export async function recover(context: RunContext, action: Action, error: unknown): Promise<void> {
  if (isInterrupted(context, error)) return afterInterruption(context)
  // The recorder has said so already, and the block has not begun.
  if (error instanceof JournalLost) return
  // Before anything was changed there is nothing to bring to an end: the error itself is the answer.
  if (action.kind === 'takeLease' || !hasBegun(context.recorder.events())) throw error
  const why = error instanceof Error ? error.message : 'unknown reason'
  if (error instanceof FaciError && error.code === 'locked' && action.kind === 'run')
    return lockLost(context, action, why)
  const end = ENDINGS[action.kind] as (context: RunContext, action: Action, why: string) => Promise<void>
  await end(context, action, why)
}
