import type {DeliveryStatus} from '../notices/notice.js'
import type {StepItem} from '../runbook/runbook.js'
import type {Conclusion} from './conclusion.js'
import {consentHash} from './consent-hash.js'
import type {GateDecision} from '../consent/block-gate.js'
import type {Deed} from '../journal/deed.js'
import type {BlockOutcome, ConditionReading, RunEvent, RunStarted} from '../journal/events.js'
import type {Reason} from '../journal/reason.js'
import type {RunOutcome} from '../journal/run-outcome.js'
import type {RunPlan} from './plan.js'
import {itemState, reduceRun, type RunState} from './run-state.js'

/** What became of one block, notice or task. */
export interface ItemReport {
  readonly id: string
  readonly step: string
  readonly role: StepItem['role']
  readonly language: string | null
  readonly text: string
  readonly outcome:
    BlockOutcome | 'skipped' | 'sent' | Exclude<DeliveryStatus, 'delivered'> | 'done' | 'notDone' | 'open'
  /** Why it was skipped or did not succeed; null when that says itself. */
  readonly reason: Reason | null
  readonly attempts: number
  readonly exitCode: number | null
  readonly durationSeconds: number
  readonly output: string
}

/** A run, as a person or a program wants to know it afterwards: a function of its plan and events. */
export interface RunReport {
  readonly runId: string
  readonly runbook: string
  readonly title: string
  readonly hash: string
  readonly service: string
  readonly environment: string
  readonly production: boolean
  readonly operator: string
  readonly inputs: Readonly<Record<string, string>>
  readonly outcome: RunOutcome
  readonly resolvedBy: string | null
  readonly reason: readonly Reason[]
  readonly deeds: readonly Deed[]
  /** Until it was seen that the incident is over; of a run that did not get there, until its last event. */
  readonly durationSeconds: number
  readonly items: readonly ItemReport[]
  /** `resolved` as it was last seen. */
  readonly conditions: readonly ConditionReading[]
  readonly evidence: readonly string[]
  /** The command that would have been accepted, when a gate could not be opened. */
  readonly accept: string | null
}

type Ending = Omit<ItemReport, 'id' | 'step' | 'role' | 'language' | 'text' | 'attempts'>

const OPEN: Ending = {outcome: 'open', reason: null, exitCode: null, durationSeconds: 0, output: ''}

type Of<K extends RunEvent['kind']> = Extract<RunEvent, {kind: K}>

/** The events that end an item. */
const ENDINGS: {readonly [K in RunEvent['kind']]?: (event: Of<K>) => Ending} = {
  'block.finished': ({outcome, detail, exitCode, durationSeconds, output}) => ({
    outcome,
    reason: detail,
    exitCode,
    durationSeconds,
    output,
  }),
  'block.skipped': ({reason}) => ({...OPEN, outcome: 'skipped', reason}),
  'notice.sent': ({status, why = null, text}) => ({
    ...OPEN,
    reason: why,
    outcome: status === 'delivered' ? 'sent' : status,
    output: text,
  }),
  'task.answered': ({done}) => ({...OPEN, outcome: done ? 'done' : 'notDone'}),
}

function endingIn(event: RunEvent): Ending | null {
  const ending = ENDINGS[event.kind] as ((event: RunEvent) => Ending) | undefined
  return ending?.(event) ?? null
}

function itemReport(item: StepItem, step: string, events: readonly RunEvent[]): ItemReport {
  const own = events.filter((event) => 'id' in event && event.id === item.id)
  const ending = own.map(endingIn).findLast((found) => found !== null) ?? OPEN
  const attempts = own.filter(({kind}) => kind === 'block.started' || kind === 'verify.polled').length
  const language = item.role === 'task' ? null : item.language
  const text = item.role === 'task' ? item.text : item.body
  return {id: item.id, step, role: item.role, language, text, attempts, ...ending}
}

function last<K extends RunEvent['kind']>(events: readonly RunEvent[], kind: K): Of<K> | undefined {
  return events.findLast((event): event is Of<K> => event.kind === kind)
}

export interface EndedRun {
  readonly started: Omit<RunStarted, 'kind'>
  readonly conclusion: Conclusion
  readonly deeds: readonly Deed[]
  readonly accept: string | null
}

export function reportRun(plan: RunPlan, events: readonly RunEvent[], ended: EndedRun): RunReport {
  const {started, conclusion, deeds, accept} = ended
  const {runId, runbook, title, hash, service, environment, operator, inputs} = started
  const {outcome, resolvedBy, resolvedAfterSeconds, reason} = conclusion
  const items = plan.runbook.steps.flatMap((step) => step.items.map((item) => itemReport(item, step.title, events)))
  return {
    ...{runId, runbook, title, hash, service, environment, operator, inputs},
    production: plan.consent.production,
    ...{outcome, resolvedBy, reason, deeds, accept},
    durationSeconds: resolvedAfterSeconds ?? events.at(-1)?.elapsedSeconds ?? 0,
    items,
    conditions: last(events, 'look')?.conditions ?? [],
    evidence: events.flatMap((event) => (event.kind === 'evidence.kept' ? event.files : [])),
  }
}

/** `cutOff`: it was started, and its end is not known. */
export type Past = BlockOutcome | 'sent' | 'undelivered' | 'answered' | 'cutOff'

/** One thing that a run would come to. */
export interface PlannedItem {
  readonly id: string
  readonly step: string
  readonly role: StepItem['role']
  readonly language: string | null
  readonly text: string
  /** Of a block, as written, without the braces: how it is run and judged. */
  readonly attributes: string | null
  /** What `--approve ID@HASH` takes; null for what has no gate, and where the engine does not tell which it is. */
  readonly hash: string | null
  readonly gate: GateDecision | null
  readonly timeoutSeconds: number | null
  /** Why the run does not come to it, whatever happens; null when it may. */
  readonly skipped: Reason | null
  /** What became of it before, when the run goes on. */
  readonly past: Past | null
}

function pastOf(state: RunState, id: string): Past | null {
  const {attempts, ending} = itemState(state, id)
  if (ending === 'skipped') return null
  return ending ?? (attempts > 0 ? 'cutOff' : null)
}

export function plannedItems(
  plan: RunPlan,
  gateOf: (id: string) => GateDecision | null,
  events: readonly RunEvent[],
  skipped: ReadonlyMap<string, Reason>,
): readonly PlannedItem[] {
  const state = reduceRun(events)
  return plan.runbook.steps.flatMap(({title: step, items}) =>
    items.map((item): PlannedItem => {
      const base = {
        id: item.id,
        step,
        role: item.role,
        hash: null,
        gate: null,
        timeoutSeconds: null,
        skipped: skipped.get(item.id) ?? null,
        past: pastOf(state, item.id),
      }
      if (item.role === 'task') return {...base, language: null, text: item.text, attributes: null}
      const block = {...base, language: item.language, text: item.body, attributes: item.attributes}
      if (item.role === 'notify') return block
      const timed = {...block, timeoutSeconds: item.timeoutSeconds}
      if (item.role !== 'mitigate') return timed
      return {...timed, hash: consentHash(plan, item), gate: gateOf(item.id)}
    }),
  )
}
