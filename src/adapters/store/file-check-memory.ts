import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {CheckMemory} from '../../ports/check-memory.js'
import type {Clock} from '../../ports/clock.js'
import type {Lease, Leases} from '../../ports/lease.js'
import {fileName} from './file-name.js'
import {isMissing, makeDirectory, replaceFile, storeFailure} from './private-files.js'

export interface CheckMemoryOptions {
  readonly directory: string
  /** Leases kept in that directory: one for each check. */
  readonly claims: Leases
  readonly clock: Clock
}

/** A check that is at it sends one notice; that has its own deadline. */
const PATIENCE_SECONDS = 30
const POLL_SECONDS = 0.2

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw storeFailure(path, error)
  }
}

async function claim({claims, clock}: CheckMemoryOptions, check: string): Promise<Lease> {
  const deadline = clock.monotonicSeconds() + PATIENCE_SECONDS
  for (;;) {
    try {
      return await claims.take(check, {
        reason: `faci check ${check}`,
        runId: null,
        takeover: 'the check before was ended',
      })
    } catch (error) {
      const isHeld = error instanceof FaciError && error.code === 'locked'
      if (!isHeld || clock.monotonicSeconds() >= deadline) throw error
      await clock.sleep(POLL_SECONDS)
    }
  }
}

/** One small file for each check. */
export function fileCheckMemory(options: CheckMemoryOptions): CheckMemory {
  const {directory} = options
  return {
    update: async (check, work) => {
      await makeDirectory(directory)
      const lease = await claim(options, check)
      try {
        const path = join(directory, `${fileName(check)}.txt`)
        const before = await readText(path)
        const after = await work(before)
        if (after !== before) await replaceFile(path, after)
      } finally {
        await lease.release()
      }
    },
  }
}
