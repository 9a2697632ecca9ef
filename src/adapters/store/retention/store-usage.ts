import {statfs} from 'node:fs/promises'
import {join} from 'node:path'
import {type FileSystem, type StoreUsage, type UsedKind} from '../../../domain/retention/store-usage.js'
import {NOTHING, type Size} from '../../../domain/retention/stored.js'
import {isMoved} from '../moved-folder.js'
import {entriesOf, entriesUntil} from './folder-entries.js'

/** By the part of the store. */
const KIND: Readonly<Record<string, UsedKind>> = {
  runs: 'runs',
  incidents: 'incidents',
  outbox: 'notices',
  oncall: 'oncall',
}
const OF_A_RUN = /(?:\.jsonl(?:\.writer)?|^runbook(?:-\d+)?\.md)$/

async function fileSystemOf(directory: string): Promise<FileSystem | null> {
  try {
    const {bsize, blocks, bavail, files, ffree} = await statfs(directory)
    const counts = files === 0 ? null : {totalFiles: files, freeFiles: ffree}
    return {
      ...{totalBytes: bsize * blocks, freeBytes: bsize * bavail},
      ...(counts ?? {totalFiles: null, freeFiles: null}),
    }
  } catch {
    return null
  }
}

interface Counting {
  readonly kinds: Record<UsedKind, Size>
  readonly isLate: () => boolean
  unfinished: number
}

function add(kinds: Counting['kinds'], kind: UsedKind, bytes: number): void {
  kinds[kind] = {bytes: kinds[kind].bytes + bytes, files: kinds[kind].files + 1}
}

function kindOf(top: string, name: string): UsedKind {
  const kind = KIND[top] ?? 'other'
  return kind === 'runs' && !OF_A_RUN.test(name) ? 'evidence' : kind
}

/** False: there was no time for all of it. */
async function count(directory: string, top: string, counting: Counting): Promise<boolean> {
  const folders = [directory]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (counting.isLate()) return false
    for await (const {name, kind, bytes} of entriesUntil(folder, counting.isLate)) {
      if (isMoved(name)) counting.unfinished += 1
      if (kind === 'folder') folders.push(join(folder, name))
      else add(counting.kinds, kindOf(top, name), bytes)
    }
  }
  return !counting.isLate()
}

/** Counts what there is, part by part, and stops when the time is over. */
export async function storeUsage(directory: string, isLate: () => boolean): Promise<StoreUsage> {
  const kinds = {
    ...{runs: NOTHING, evidence: NOTHING, incidents: NOTHING},
    ...{notices: NOTHING, oncall: NOTHING, other: NOTHING},
  }
  const counting: Counting = {kinds, isLate, unfinished: 0}
  let isComplete = true
  for (const {name, kind, bytes} of await entriesOf(directory)) {
    if (kind === 'folder') isComplete = (await count(join(directory, name), name, counting)) && isComplete
    else add(kinds, 'other', bytes)
  }
  return {kinds, fileSystem: await fileSystemOf(directory), isComplete, unfinished: counting.unfinished}
}
