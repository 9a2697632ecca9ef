import type {Environment} from '../../domain/environment.js'
import {FaciError} from '../../domain/errors.js'
import {planPrune, type PruneItem, type PrunePlan} from '../../domain/retention/prune-plan.js'
import {
  groupsOf,
  type PlannedPrune,
  type PruneReport,
  reported,
  type Unremoved,
} from '../../domain/retention/prune-report.js'
import type {PruneRules} from '../../domain/retention/retention.js'
import type {Result} from '../../domain/result.js'
import type {Verdict} from '../../domain/verdict.js'
import type {Clock} from '../../ports/clock.js'
import type {Prompt} from '../../ports/prompt.js'
import type {PruneEntry, PruningRight, StoreKeeper} from '../../ports/store-keeper.js'
import {askForConsent} from '../consent/ask-for-consent.js'

export interface PruneStoreDeps {
  readonly keeper: StoreKeeper
  readonly clock: Clock
  readonly prompt: Prompt
  readonly showPlan: (plan: PlannedPrune) => Promise<void>
}

export interface PruneStoreInput extends Environment {
  readonly rules: PruneRules
  /** What was typed, without consent. */
  readonly command: readonly string[]
  readonly yes: boolean
  readonly dryRun: boolean
  readonly signal: AbortSignal
}

function planned(plan: PrunePlan, {rules, environment, production}: PruneStoreInput, now: Date): PlannedPrune {
  const {kinds, retention} = rules
  return {
    ...{at: now.toISOString(), environment, production, ...reported(plan)},
    retention: kinds.map((kind) => ({kind, keptSeconds: retention[kind]})),
  }
}

interface Pruned {
  readonly removed: readonly PruneItem[]
  readonly unremoved: readonly Unremoved[]
  readonly isInterrupted: boolean
}

/** One thing that cannot be removed keeps no other from going. What is gone already was somebody else's to remove. */
async function removeOne(keeper: StoreKeeper, item: PruneItem): Promise<Unremoved | 'removed' | 'gone'> {
  const {kind, name} = item
  try {
    const removal = await keeper.remove(item)
    return removal === 'changed' ? {kind, name, why: 'changed', reason: null} : removal
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return {kind, name, why: 'failed', reason: error.message}
  }
}

/** So often it is asked whether the right is still ours. */
const BETWEEN_CHECKS = 50

async function removeAll(
  {keeper}: PruneStoreDeps,
  goes: readonly PruneItem[],
  right: PruningRight,
  signal: AbortSignal,
): Promise<Pruned> {
  const removed: PruneItem[] = []
  const unremoved: Unremoved[] = []
  for (const [index, item] of goes.entries()) {
    if (signal.aborted) return {removed, unremoved, isInterrupted: true}
    if (index % BETWEEN_CHECKS === 0) await right.recheck()
    const done = await removeOne(keeper, item)
    if (done === 'removed') removed.push(item)
    else if (done !== 'gone') unremoved.push(done)
  }
  return {removed, unremoved, isInterrupted: false}
}

/** What was removed, read back. */
async function verified(keeper: StoreKeeper, pruned: Pruned): Promise<Pruned> {
  const still = new Set(await keeper.remaining(pruned.removed))
  const back = [...still].map(({kind, name}): Unremoved => ({kind, name, why: 'remains', reason: null}))
  return {
    ...pruned,
    removed: pruned.removed.filter((item) => !still.has(item)),
    unremoved: [...pruned.unremoved, ...back],
  }
}

/** Why it could not be written down, which keeps nothing from being pruned: a disk may be full. */
async function recorded(keeper: StoreKeeper, entry: PruneEntry): Promise<readonly string[]> {
  try {
    await keeper.record(entry)
    return []
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return [`the record of this prune is incomplete: ${error.message}`]
  }
}

const UNNOTED = 'the disk is too full to note that this store is being pruned: another prune may have run as well'

async function prune(
  deps: PruneStoreDeps,
  plan: PrunePlan,
  signal: AbortSignal,
): Promise<Pruned & {readonly warnings: readonly string[]}> {
  const {keeper} = deps
  const right = await keeper.claim()
  try {
    const begun = await recorded(keeper, {kind: 'prune.started', goes: groupsOf(plan.goes)})
    const pruned = await verified(keeper, await removeAll(deps, plan.goes, right, signal))
    const {removed, unremoved, isInterrupted} = pruned
    const ended = await recorded(keeper, {kind: 'prune.ended', removed: groupsOf(removed), unremoved, isInterrupted})
    return {...pruned, warnings: [...(right.isNoted ? [] : [UNNOTED]), ...new Set([...begun, ...ended])]}
  } finally {
    await right.release().catch(() => undefined)
  }
}

/** What somebody has written to meanwhile stays, as it should: no failure. */
function verdictOf({unremoved, isInterrupted}: Pruned, {barred}: PrunePlan): Verdict {
  if (isInterrupted) return 'interrupted'
  return barred.length > 0 || unremoved.some(({why}) => why !== 'changed') ? 'bad' : 'ok'
}

/** Removes what is older than it is kept for: shows it, asks, removes it, and reads back what has become of it. */
export async function pruneStore(deps: PruneStoreDeps, input: PruneStoreInput): Promise<Result<PruneReport>> {
  const {keeper, clock, prompt} = deps
  const {environment, rules, yes, dryRun, command, signal} = input
  const now = clock.now()
  const plan = planPrune(await keeper.contents(), rules, now)
  const shown = planned(plan, input, now)
  const nothing = {plan: shown, dryRun, refusal: null, isInterrupted: false, removed: [], unremoved: []}
  const unasked = verdictOf({...nothing, removed: []}, plan)
  if (dryRun || plan.goes.length === 0) return {verdict: unasked, data: nothing}
  // Nothing of production is touched by it: a plain yes is enough there too.
  const asked = {environment, production: false, act: 'Prune the store of faci', command}
  const showPlan = (): Promise<void> => deps.showPlan(shown)
  const answer = await askForConsent(prompt, {...asked, showPlan}, {yes, confirm: null, inRun: false}, signal)
  if (answer.kind === 'refused') return {verdict: 'refused', data: {...nothing, refusal: answer.refusal}}
  const {warnings, ...pruned} = await prune(deps, plan, signal)
  const {unremoved, isInterrupted} = pruned
  const data = {...nothing, isInterrupted, removed: groupsOf(pruned.removed), unremoved}
  return {verdict: verdictOf(pruned, plan), data, warnings}
}
