import type {Size} from './stored.js'

/** What takes room in a store. */
export const USED_KINDS = ['runs', 'evidence', 'incidents', 'notices', 'oncall', 'other'] as const
export type UsedKind = (typeof USED_KINDS)[number]

export interface FileSystem {
  readonly totalBytes: number
  /** For this account. */
  readonly freeBytes: number
  /** null: it does not say, as it makes them when it needs them. */
  readonly totalFiles: number | null
  readonly freeFiles: number | null
}

export interface StoreUsage {
  readonly kinds: Readonly<Record<UsedKind, Size>>
  /** null: it cannot be asked. */
  readonly fileSystem: FileSystem | null
  /** False: the store has more than could be counted in time. */
  readonly isComplete: boolean
  /** What a prune that was cut off has left. */
  readonly unfinished: number
}

/** What is worth a warning. Ratios of the file system. */
const LIMITS = {
  fullRatio: 0.9,
  filesRatio: 0.9,
  shareRatio: 0.2,
  /** Of a full disk a store takes its part from here on: below, pruning would not help. */
  worthRatio: 0.01,
} as const

export type UsageWarning = 'full' | 'filesFull' | 'large' | 'unfinished'

export interface UsageShares {
  /** Of the file system that is taken by the store; null: it cannot be asked. */
  readonly store: number | null
  readonly full: number | null
  readonly files: number | null
}

export function usedBytes({kinds}: StoreUsage): number {
  return USED_KINDS.reduce((bytes, kind) => bytes + kinds[kind].bytes, 0)
}

function ratio(part: number, whole: number | null): number | null {
  return whole === null || whole <= 0 ? null : Math.min(1, Math.max(0, part / whole))
}

export function sharesOf(usage: StoreUsage): UsageShares {
  const {fileSystem: disk} = usage
  if (disk === null) return {store: null, full: null, files: null}
  const takenFiles = (disk.totalFiles ?? 0) - (disk.freeFiles ?? 0)
  return {
    store: ratio(usedBytes(usage), disk.totalBytes),
    full: ratio(disk.totalBytes - disk.freeBytes, disk.totalBytes),
    files: ratio(takenFiles, disk.totalFiles),
  }
}

/** The gravest first; null: nothing. */
export function usageWarning(usage: StoreUsage): UsageWarning | null {
  const {store, full, files} = sharesOf(usage)
  if (full !== null && full >= LIMITS.fullRatio) return 'full'
  if (files !== null && files >= LIMITS.filesRatio) return 'filesFull'
  if (store !== null && store >= LIMITS.shareRatio) return 'large'
  return usage.unfinished > 0 ? 'unfinished' : null
}

/** Whether pruning can be what helps: the store takes more than a trifle, or nobody knows how much. */
export function isWorthPruning(usage: StoreUsage): boolean {
  const {store} = sharesOf(usage)
  return store === null || !usage.isComplete || store >= LIMITS.worthRatio
}
