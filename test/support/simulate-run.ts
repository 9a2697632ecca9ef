import type {BlockOutcome, RunEvent, StepAnswer} from '../../src/domain/journal/events.js'
import type {Action} from '../../src/domain/execution/action.js'
import type {Conclusion} from '../../src/domain/execution/conclusion.js'
import {nextAction} from '../../src/domain/execution/next-action.js'
import type {RunPlan} from '../../src/domain/execution/plan.js'
import {RUN} from '../../src/render/words/en/run.js'
import type {ConditionState} from '../../src/domain/condition-state.js'

/** How the world answers a run: each is asked with what is being done, and may be a constant. */
export interface World {
  readonly look?: (after: string | null, index: number) => ConditionState
  readonly run?: (id: string, attempt: number) => BlockOutcome
  readonly verify?: (id: string) => ConditionState
  readonly step?: (id: string) => StepAnswer
  readonly rollback?: () => 'rollback' | 'keep'
  readonly gate?: (id: string) => 'yes' | 'skip' | 'quit'
  readonly seconds?: (action: Action) => number
  readonly interruptAt?: number
  /** The Ctrl-C menu, answered with "roll back". */
  readonly abortAt?: number
  /** The journal can no longer be written. */
  readonly journalLostAt?: number
  /** How often an interrupted or refused run goes on. */
  readonly resumes?: number
  readonly delivered?: boolean
  /** A signal comes when it has gone on, before it has the lock. */
  readonly interruptedEarly?: boolean
}

export interface Simulated {
  /** Of the last end. */
  readonly conclusion: Conclusion
  readonly events: readonly RunEvent[]
  readonly actions: readonly Action[]
}

const LIMIT = 5000

const RESULT = {exitCode: 0, durationSeconds: 0, output: '', detail: null, captured: {}}

type Answers = Readonly<{
  [K in Action['kind']]: (action: Extract<Action, {kind: K}>, world: World, index: number) => readonly Unstamped[]
}>

const ANSWERS: Answers = {
  look: ({after}, world, index) => [
    {kind: 'look', after, state: world.look?.(after, index) ?? 'false', conditions: []},
  ],
  takeLease: () => [{kind: 'lease.taken', takenFrom: null}],
  gate: ({block: {id}, decision}, world) =>
    decision.kind === 'ask'
      ? [
          {kind: 'gate.asked', id, hash: ''},
          {kind: 'gate.answered', id, hash: '', answer: world.gate?.(id) ?? 'yes', how: {why: 'typed'}},
        ]
      : [
          {
            kind: 'gate.answered',
            id,
            hash: '',
            ...(decision.kind === 'open'
              ? {answer: 'yes', how: decision.how}
              : {answer: 'refused', how: decision.reason}),
          },
        ],
  keepEvidence: ({block: {id}}) => [{kind: 'evidence.kept', id, files: [], problems: []}],
  run: ({block: {id}, attempt, final}, world) => {
    const outcome = world.run?.(id, attempt) ?? 'ok'
    const kind = outcome === 'ok' || outcome === 'aborted' || final ? 'block.finished' : 'block.retried'
    return [
      {kind: 'block.started', id, attempt},
      {kind, id, attempt, ...RESULT, outcome},
    ]
  },
  verify: ({block: {id}}, world) => [{kind: 'verify.polled', id, state: world.verify?.(id) ?? 'true', detail: null}],
  endVerify: ({block: {id}, outcome}) => [{kind: 'block.finished', id, ...RESULT, outcome}],
  askStep: ({block: {id}}, world) => [
    {kind: 'step.asked', id},
    {kind: 'step.answered', id, answer: world.step?.(id) ?? 'run'},
  ],
  askRollback: ({blocks}, world) => [
    {kind: 'rollback.asked', ids: blocks.map(({id}) => id)},
    {kind: 'rollback.decided', answer: world.rollback?.() ?? 'rollback', how: {why: 'operatorSaidSo'}},
  ],
  decideRollback: ({answer, how}) => [{kind: 'rollback.decided', answer, how}],
  skip: ({id, reason}) => [{kind: 'block.skipped', id, reason}],
  askTask: ({task: {id}}) => [
    {kind: 'task.asked', id},
    {kind: 'task.answered', id, done: true},
  ],
  notify: ({block: {id}, conclusion}, world) => {
    const status = world.delivered === false ? 'pending' : 'delivered'
    return [{kind: 'notice.sent', id, noticeId: 'n', channel: 'slack', status, text: '', closing: conclusion !== null}]
  },
  finish: ({conclusion}) => [{kind: 'run.finished', ...conclusion, deeds: []}],
  done: () => [],
}

function answers(action: Action, world: World, index: number): readonly Unstamped[] {
  const answer = ANSWERS[action.kind] as (action: Action, world: World, index: number) => readonly Unstamped[]
  return answer(action, world, index)
}

type Unstamped = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'elapsedSeconds'> : never) : never

function waited(action: Action): number {
  return 'waitSeconds' in action ? action.waitSeconds : 0
}

const OPEN_OUTCOMES: readonly unknown[] = ['interrupted', 'refused', 'unknown']

function isOpen(events: readonly RunEvent[]): boolean {
  const last = events.at(-1)
  return last?.kind === 'run.finished' && OPEN_OUTCOMES.includes(last.outcome)
}

/** What a person does meanwhile. */
function meddling(world: World, index: number, action: Action, events: readonly RunEvent[]): readonly Unstamped[] {
  const isTold = events.some((event) => event.kind === 'notice.sent' && event.closing)
  if (action.kind === 'finish') return []
  return [
    ...(world.journalLostAt === index
      ? [{kind: 'journal.lost', reason: {why: 'error', text: 'disk full'}} as const]
      : []),
    ...(world.interruptAt === index ? [{kind: 'run.interrupted', reason: {why: 'operatorQuit'}} as const] : []),
    ...(world.abortAt === index && !isTold ? [{kind: 'run.aborted', reason: {why: 'operatorQuit'}} as const] : []),
  ]
}

/** Adds what the world answers to an action; the time when it is over. */
function perform(events: RunEvent[], from: number, action: Action, world: World, index: number): number {
  let elapsedSeconds = from
  for (const [position, answer] of answers(action, world, index).entries()) {
    if (position > 0 || action.kind !== 'gate') elapsedSeconds += world.seconds?.(action) ?? 0
    events.push({...answer, elapsedSeconds})
  }
  return elapsedSeconds
}

function conclusionIn(actions: readonly Action[]): Conclusion {
  const last = actions.findLast((action) => action.kind === 'finish')
  if (last?.kind !== 'finish') throw new Error('done without an end')
  return last.conclusion
}

/** Runs a plan to its end against a made-up world. Time passes by the waits and by `seconds` of each action. */
export function simulate(plan: RunPlan, world: World): Simulated {
  const events: RunEvent[] = []
  const actions: Action[] = []
  let elapsedSeconds = 0
  let resumes = world.resumes ?? 0
  for (let index = 0; index < LIMIT; index += 1) {
    const action = nextAction(plan, events)
    actions.push(action)
    if (action.kind === 'done') {
      if (!isOpen(events) || resumes === 0) return {events, actions, conclusion: conclusionIn(actions)}
      resumes -= 1
      events.push({kind: 'run.resumed', operator: 'bob', host: 'h', hash: '', elapsedSeconds})
      if (world.interruptedEarly === true)
        events.push({kind: 'run.interrupted', reason: {why: 'interrupted'}, elapsedSeconds})
      continue
    }
    elapsedSeconds = perform(events, elapsedSeconds + waited(action), action, world, index)
    for (const event of meddling(world, index, action, events)) events.push({...event, elapsedSeconds})
  }
  throw new Error(`no end after ${String(LIMIT)} actions`)
}

const TOLD: Readonly<Record<string, (action: never) => string>> = {
  takeLease: () => 'lease',
  finish: ({conclusion}: Extract<Action, {kind: 'finish'}>) => `finish ${conclusion.outcome} ${conclusion.verdict}`,
  skip: ({id, reason}: Extract<Action, {kind: 'skip'}>) => `skip ${id}: ${RUN.reason(reason)}`,
  askTask: ({task}: Extract<Action, {kind: 'askTask'}>) => `task ${task.id}`,
  gate: ({block, decision}: Extract<Action, {kind: 'gate'}>) => `gate ${block.id} ${decision.kind}`,
}

/** What was done, as `kind id`, looks left out. */
export function told({actions}: Simulated): readonly string[] {
  return actions
    .filter(({kind}) => kind !== 'look' && kind !== 'done')
    .map((action) => {
      const tell = TOLD[action.kind] as ((action: Action) => string) | undefined
      return tell?.(action) ?? `${action.kind} ${'block' in action ? action.block.id : ''}`
    })
}
