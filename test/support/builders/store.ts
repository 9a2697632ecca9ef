import type {StoreUsage, UsedKind} from '../../../src/domain/retention/store-usage.js'
import type {
  StoreContents,
  Stored,
  StoredIncident,
  StoredNotice,
  StoredRun,
  StoredTest,
} from '../../../src/domain/retention/stored.js'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const DAY = 86_400_000

/** A ULID of this moment; `nth`: another one of the same. */
export function ulidAt(moment: number, nth = 0): string {
  let time = ''
  for (let left = moment, count = 0; count < 10; count += 1, left = Math.floor(left / 32))
    time = (DIGITS[left % 32] ?? '') + time
  return time + String(nth).padStart(16, '0')
}

function stored(id: string): Stored {
  return {id, bytes: 4096, files: 1, version: '1', barrier: null}
}

/** A run that ended as soon as it began, without evidence. */
export function aRun(begun: number, over: Partial<StoredRun> = {}): StoredRun {
  const at = new Date(begun).toISOString()
  const id = over.id ?? ulidAt(begun)
  return {
    ...{...stored(id), begunAt: at, lastAt: at, ending: 'ended', isInUse: false, runbook: null, incident: null},
    ...{images: [], isMixed: false, evidence: {...stored(id), bytes: 0, files: 0}, ...over},
  }
}

/** One that was resolved an hour after it began. */
export function anIncident(begun: number, over: Partial<StoredIncident> = {}): StoredIncident {
  const end = begun + 3_600_000
  return {
    ...{...stored(over.id ?? ulidAt(begun)), handle: 'INC-1', ending: 'ended', lastAt: new Date(end).toISOString()},
    ...{span: {start: begun, end}, openActions: 0, mergedInto: null, isMixed: false, ...over},
  }
}

export function aNotice(delivered: number, over: Partial<StoredNotice> = {}): StoredNotice {
  return {...stored(over.id ?? ulidAt(delivered)), lastAt: new Date(delivered).toISOString(), ...over}
}

export function aTest(begun: number, over: Partial<StoredTest> = {}): StoredTest {
  return {...stored(over.id ?? ulidAt(begun)), at: new Date(begun).toISOString(), isMixed: false, ...over}
}

export function aStore(over: Partial<StoreContents> = {}): StoreContents {
  return {
    ...{runs: [], incidents: [], notices: [], pageTests: [], leftovers: [], neededNotices: [], foreign: []},
    ...over,
  }
}

const DISK_BYTES = 100 * 1024 ** 3

/** On a disk of 100 GiB: shares of it by kind, and what of it is free. */
export function aUsage(
  shares: Partial<Record<UsedKind, number>> = {},
  free = 0.5,
  over: Partial<StoreUsage> = {},
): StoreUsage {
  const size = (kind: UsedKind) => {
    const bytes = Math.round((shares[kind] ?? 0) * DISK_BYTES)
    return {bytes, files: bytes === 0 ? 0 : 1000}
  }
  return {
    kinds: {
      ...{runs: size('runs'), evidence: size('evidence'), incidents: size('incidents')},
      ...{notices: size('notices'), oncall: size('oncall'), other: size('other')},
    },
    fileSystem: {totalBytes: DISK_BYTES, freeBytes: free * DISK_BYTES, totalFiles: 1_000_000, freeFiles: 900_000},
    ...{isComplete: true, unfinished: 0, ...over},
  }
}
