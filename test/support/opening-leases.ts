import {join} from 'node:path'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {Leases} from '../../src/ports/lease.js'

/** The right to open incidents, as the store in this folder has it. */
export function openingLeases(directory: string): () => Promise<Leases> {
  return () =>
    Promise.resolve(fileLeases({directory: join(directory, 'incidents'), clock: systemClock, operator: 'ana'}))
}
