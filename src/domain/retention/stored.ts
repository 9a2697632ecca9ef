import type {IsoTime} from '../time/iso-time.js'

export interface Size {
  /** As the disk gives them back. */
  readonly bytes: number
  readonly files: number
}

export const NOTHING: Size = {bytes: 0, files: 0}

export function sum(sizes: readonly Size[]): Size {
  return sizes.reduce((all, {bytes, files}) => ({bytes: all.bytes + bytes, files: all.files + files}), NOTHING)
}

/** What can be removed as a whole. */
export interface Stored extends Size {
  /** ULID; of a notice, its file's name. */
  readonly id: string
  /** Changes with whatever is written to it: it is removed only while it is as it was looked at. Opaque. */
  readonly version: string
  /** Why this account cannot remove it; null: it can. */
  readonly barrier: string | null
}

/** An image that a change kept for going back to, or that a `down` released. */
export interface NotedImage {
  readonly as: 'kept' | 'released'
  /** Of the image before of a service, by project and service. */
  readonly name: string
  readonly imageId: string
}

/** `unknown`: of what lies there nobody can say that it ended. */
export type Ending = 'ended' | 'notEnded' | 'unknown'

export interface StoredRun extends Stored {
  readonly begunAt: IsoTime
  /** Its last event. */
  readonly lastAt: IsoTime
  readonly ending: Ending
  /** Somebody writes to it now, or the lock is held for it. */
  readonly isInUse: boolean
  /** null: a direct change. */
  readonly runbook: string | null
  /** The incident that it was run for. */
  readonly incident: string | null
  readonly images: readonly NotedImage[]
  /** Holds something that faci did not write. */
  readonly isMixed: boolean
  /** Logs, inspections and outputs that were kept beside the journal; the size of the run is without them. */
  readonly evidence: Stored
}

export interface StoredIncident extends Stored {
  /** `INC-7`. */
  readonly handle: string
  readonly ending: Ending
  /** The last thing that was entered. */
  readonly lastAt: IsoTime
  /** What began within these, in ms since the epoch, is in its timeline. */
  readonly span: {readonly start: number; readonly end: number}
  readonly openActions: number
  /** The handle of the incident that it is a part of. */
  readonly mergedInto: string | null
  readonly isMixed: boolean
}

/** Delivered, or given up. */
export interface StoredNotice extends Stored {
  readonly lastAt: IsoTime
}

export interface StoredTest extends Stored {
  readonly at: IsoTime
  readonly isMixed: boolean
}

export interface StoreContents {
  /** Each in the order of ids, which is that of age. */
  readonly runs: readonly StoredRun[]
  readonly incidents: readonly StoredIncident[]
  readonly notices: readonly StoredNotice[]
  readonly pageTests: readonly StoredTest[]
  /** Of a prune or a writer that was killed: nothing refers to it. */
  readonly leftovers: readonly Stored[]
  /** Ids of notices that what waits, pages or was found still asks for. */
  readonly neededNotices: readonly string[]
  /** What faci did not write, by its place. */
  readonly foreign: readonly string[]
}
