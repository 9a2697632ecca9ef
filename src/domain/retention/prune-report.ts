import type {Refusal} from '../consent/refusal.js'
import type {Environment} from '../environment.js'
import type {IsoTime} from '../time/iso-time.js'
import {type Barred, PRUNED_KINDS, type PruneItem, type PrunedKind, type PrunePlan, type Staying} from './prune-plan.js'
import type {KeptKind} from './retention.js'
import {type Size, sum} from './stored.js'

/** Things of one kind that go. */
export interface PrunedGroup extends Size {
  readonly kind: PrunedKind
  readonly count: number
  /** When the first and the last of them ended. */
  readonly oldestAt: IsoTime
  readonly newestAt: IsoTime
  /** As people call them. */
  readonly names: readonly string[]
}

export interface PlannedPrune extends Environment {
  readonly at: IsoTime
  /** Kinds that were asked for, and for how long each is kept; null: for ever. */
  readonly retention: readonly {readonly kind: KeptKind; readonly keptSeconds: number | null}[]
  readonly goes: readonly PrunedGroup[]
  readonly stays: readonly Staying[]
  readonly barred: readonly Barred[]
  /** What faci did not write, and never removes. */
  readonly foreign: readonly string[]
}

/** Something that was to go and is still there. */
export interface Unremoved {
  readonly kind: PrunedKind
  readonly name: string
  /** `changed`: somebody has written to it since the plan. `remains`: it was there again when it was read back. */
  readonly why: 'changed' | 'failed' | 'remains'
  readonly reason: string | null
}

export interface PruneReport {
  readonly plan: PlannedPrune
  readonly dryRun: boolean
  readonly refusal: Refusal | null
  readonly isInterrupted: boolean
  readonly removed: readonly PrunedGroup[]
  readonly unremoved: readonly Unremoved[]
}

export function groupsOf(items: readonly PruneItem[]): readonly PrunedGroup[] {
  return PRUNED_KINDS.flatMap((kind): readonly PrunedGroup[] => {
    const own = items.filter((item) => item.kind === kind)
    const times = own.map(({at}) => at).sort()
    const [oldestAt] = times
    const newestAt = times.at(-1)
    if (oldestAt === undefined || newestAt === undefined) return []
    return [{kind, count: own.length, ...sum(own), oldestAt, newestAt, names: own.map(({name}) => name)}]
  })
}

export function reported({
  goes,
  stays,
  barred,
  foreign,
}: PrunePlan): Pick<PlannedPrune, 'goes' | 'stays' | 'barred' | 'foreign'> {
  return {goes: groupsOf(goes), stays, barred, foreign}
}
