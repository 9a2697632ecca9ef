import {FaciError} from '../../../src/domain/errors.js'
import type {PruneItem} from '../../../src/domain/retention/prune-plan.js'
import type {PrunedGroup} from '../../../src/domain/retention/prune-report.js'
import type {StoreUsage} from '../../../src/domain/retention/store-usage.js'
import type {StoreContents, Stored} from '../../../src/domain/retention/stored.js'
import type {PruneEntry, StoreKeeper} from '../../../src/ports/store-keeper.js'

const NOTHING = {bytes: 0, files: 0}
export const NO_USAGE: StoreUsage = {
  kinds: {runs: NOTHING, evidence: NOTHING, incidents: NOTHING, notices: NOTHING, oncall: NOTHING, other: NOTHING},
  ...{fileSystem: null, isComplete: true, unfinished: 0},
}

export interface FakeStoreKeeper extends StoreKeeper {
  readonly entries: readonly PruneEntry[]
  readonly isHeld: () => boolean
}

interface Troubles {
  /** Names of what cannot be removed. */
  readonly stuck?: readonly string[]
  /** Names of what is written to meanwhile. */
  readonly written?: readonly string[]
  /** Names of what comes back. */
  readonly undead?: readonly string[]
  readonly isFull?: boolean
  readonly isLocked?: boolean
  /** Called after each removal. */
  readonly onRemoval?: () => void
  readonly usage?: StoreUsage
}

function without<T extends Stored>(all: readonly T[], {id}: PruneItem): readonly T[] {
  return all.filter((one) => one.id !== id)
}

function less(contents: StoreContents, item: PruneItem): StoreContents {
  if (item.kind !== 'evidence') return {...contents, [item.kind]: without(contents[item.kind], item)}
  const bare = (run: StoreContents['runs'][number]) =>
    run.id === item.id ? {...run, evidence: {...run.evidence, ...NOTHING}} : run
  return {...contents, runs: contents.runs.map(bare)}
}

function thingOf({runs, ...others}: StoreContents, {kind, id}: PruneItem): Stored | undefined {
  if (kind === 'runs') return runs.find((run) => run.id === id)
  if (kind !== 'evidence') return others[kind].find((one: Stored) => one.id === id)
  return runs.find((run) => run.id === id && run.evidence.files > 0)?.evidence
}

function namesOfRuns({kind, names}: PrunedGroup): readonly string[] {
  return kind === 'runs' ? names : []
}

/** A store in memory. */
export function fakeStoreKeeper(first: StoreContents, troubles: Troubles = {}): FakeStoreKeeper {
  const {
    stuck = [],
    written = [],
    undead = [],
    isFull = false,
    isLocked = false,
    onRemoval,
    usage = NO_USAGE,
  } = troubles
  let contents = first
  let isHeld = false
  const entries: PruneEntry[] = []
  const locked = (): FaciError => new FaciError('locked', 'ana on vm (pid 7) prunes this store since 06:00')
  return {
    entries,
    isHeld: () => isHeld,
    contents: () => Promise.resolve(contents),
    claim: () => {
      if (isLocked || isHeld) return Promise.reject(locked())
      isHeld = true
      const release = (): Promise<void> => Promise.resolve().then(() => void (isHeld = false))
      return Promise.resolve({isNoted: !isFull, recheck: () => Promise.resolve(), release})
    },
    remove: async (item) => {
      await Promise.resolve()
      const thing = thingOf(contents, item)
      if (thing === undefined) return 'gone'
      if (written.includes(item.name) || thing.version !== item.version) return 'changed'
      if (stuck.includes(item.name)) throw new FaciError('unreachable', `Can't use the store at ${item.name}: EACCES`)
      if (!undead.includes(item.name)) contents = less(contents, item)
      onRemoval?.()
      return 'removed'
    },
    remaining: (items) => Promise.resolve(items.filter((item) => thingOf(contents, item) !== undefined)),
    record: (entry) => {
      if (isFull) return Promise.reject(new FaciError('unreachable', "Can't use the store at prunes: ENOSPC"))
      entries.push(entry)
      return Promise.resolve()
    },
    prunedRun: (wanted) => {
      const ended = entries.flatMap((entry) => (entry.kind === 'prune.ended' ? entry.removed : [])).flatMap(namesOfRuns)
      const cutOff = entries
        .flatMap((entry, at) =>
          entry.kind === 'prune.started' && entries[at + 1]?.kind !== 'prune.ended' ? entry.goes : [],
        )
        .flatMap(namesOfRuns)
      const ids = [...ended, ...cutOff]
      const met = [...new Set(ids.filter((id) => id.startsWith(wanted) || id.endsWith(wanted)))]
      const id = met.includes(wanted) || met.length === 1 ? (met.find((one) => one === wanted) ?? met[0]) : undefined
      return Promise.resolve(
        id === undefined ? null : {id, at: '2026-11-30T06:00:00.000Z', by: 'ana@vm', isCutOff: !ended.includes(id)},
      )
    },
    usage: () => Promise.resolve(usage),
  }
}
