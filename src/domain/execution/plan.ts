import {channelOf} from '../notices/channels.js'
import type {ResolvedInputs} from '../runbook/inputs.js'
import {
  type ClimbBlock,
  type MitigateBlock,
  type NotifyBlock,
  type PersonTask,
  type RollbackBlock,
  type Runbook,
  type StepItem,
  itemsOf,
} from '../runbook/runbook.js'
import type {RunMode, Selection} from '../journal/events.js'
import type {ConsentGround} from './consent-ground.js'
import type {Consent} from '../consent/block-gate.js'

/** `--rollback`: what becomes of armed rollbacks when a run ends unresolved. */
export type RollbackPolicy = 'ask' | 'always' | 'never'

/** One thing to come to, in order. A `look` follows each mitigation and its verifies. */
type FlowNode =
  | {readonly kind: 'block'; readonly block: ClimbBlock}
  | {readonly kind: 'task'; readonly task: PersonTask}
  | {readonly kind: 'look'; readonly of: MitigateBlock}

/** A notice that knows its channel. */
export interface PlannedNotice extends NotifyBlock {
  readonly to: string
}

/** Everything that is decided before a run: pure data, so the same plan and events always lead to the same next action. */
export interface RunPlan {
  readonly runbook: Runbook
  readonly inputs: ResolvedInputs
  readonly mode: RunMode
  readonly force: boolean
  readonly selection: Selection
  /** `--step`: asks before every block. */
  readonly step: boolean
  readonly rollback: RollbackPolicy
  readonly consent: Consent
  /** Of faci.yml, the default one first. */
  readonly channels: readonly string[]
  readonly ground: ConsentGround
  readonly flow: readonly FlowNode[]
  readonly rollbacks: readonly RollbackBlock[]
  readonly notices: readonly PlannedNotice[]
  /** Tasks after the first notify block: asked when everything else is over. */
  readonly lastTasks: readonly PersonTask[]
}

export type PlanInput = Omit<RunPlan, 'flow' | 'rollbacks' | 'notices' | 'lastTasks'>

function lastOfUnit(items: readonly StepItem[], mitigation: MitigateBlock): StepItem {
  return items.findLast((item) => item.role === 'verify' && item.of === mitigation.id) ?? mitigation
}

function flowOf(items: readonly StepItem[]): readonly FlowNode[] {
  const lookAfter = new Map<StepItem, MitigateBlock>()
  for (const item of items) if (item.role === 'mitigate') lookAfter.set(lastOfUnit(items, item), item)
  return items.flatMap((item): readonly FlowNode[] => {
    if (item.role === 'notify' || item.role === 'rollback') return []
    if (item.role === 'task') return [{kind: 'task', task: item}]
    const mitigation = lookAfter.get(item)
    const node: FlowNode = {kind: 'block', block: item}
    return mitigation === undefined ? [node] : [node, {kind: 'look', of: mitigation}]
  })
}

export function planRun(input: PlanInput): RunPlan {
  const items = itemsOf(input.runbook)
  const firstNotice = items.findIndex(({role}) => role === 'notify')
  const isLast = (index: number): boolean => firstNotice !== -1 && index > firstNotice
  return {
    ...input,
    flow: flowOf(items.filter((item, index) => item.role !== 'task' || !isLast(index))),
    rollbacks: items.filter((item) => item.role === 'rollback'),
    notices: items.flatMap((item) =>
      item.role === 'notify' ? [{...item, to: channelOf(item.to, input.channels)}] : [],
    ),
    lastTasks: items.filter((item, index) => item.role === 'task' && isLast(index)) as readonly PersonTask[],
  }
}
