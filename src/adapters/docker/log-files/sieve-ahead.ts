import {existsSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {fileURLToPath} from 'node:url'
import type {Worker} from 'node:worker_threads'
import {byteSearch, type ByteSearch} from '../../../domain/logs/byte-search.js'
import type {LogFile} from './log-file.js'
import type {LogFormat} from './log-format.js'
import {SieveSlots, SLOTS} from './sieve-slots.js'
import type {SieveOrder} from './sieve-thread.js'
import {isSearchable} from './wanted-bytes.js'

/** Beside the bundle. Run from its sources faci has no such file, and searches by itself. */
const THREAD = new URL('log-sieve-thread.cjs', import.meta.url)
/** Of a smaller log it is done before the thread has begun. */
const LEAST_BYTES = 24 * 1024 * 1024
/** A slot takes half a millisecond; a thread that is stopped for so long, or dead, is not waited for again. */
const PATIENCE_MS = 500
const MIB = {maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4}

/** A search that another thread does ahead, as far as it gets: what it has not begun is searched here. */
export class SieveAhead {
  readonly #slots: SieveSlots
  readonly #search: ByteSearch
  readonly #thread: Worker
  #isTrusted = true

  constructor(slots: SieveSlots, search: ByteSearch, thread: Worker) {
    this.#slots = slots
    this.#search = search
    this.#thread = thread
    thread.once('error', () => {
      this.#isTrusted = false
    })
    thread.unref()
  }

  /** Whether it is of use: what it has found can be told from what is left of another search. */
  get isTrusted(): boolean {
    return this.#isTrusted
  }

  /** How many slots were made ready: the turn of the next. */
  get turns(): number {
    return this.#slots.readyCount
  }

  bytes(turn: number): Buffer {
    return this.#slots.bytes(turn % SLOTS)
  }

  makeReady(turn: number, length: number): void {
    this.#slots.makeReady(turn % SLOTS, length)
  }

  /** Where matches end, ascending; null: nothing is known of it, so that all may be wanted. */
  found(turn: number): Int32Array | null {
    if (!this.#isTrusted) return null
    const slot = turn % SLOTS
    this.#slots.searchIfReady(slot, this.#search)
    this.#slots.awaitSearched(slot, PATIENCE_MS)
    const found = this.#slots.found(slot)
    this.#isTrusted = found !== null
    return found
  }

  /** Called once. */
  end(): void {
    running -= 1
    this.#slots.end()
    void this.#thread.terminate()
  }
}

/** Where the thread's code lies, from what size of a file on it is begun, and how many there are at once. */
interface SieveOptions {
  readonly code: URL
  readonly leastBytes: number
  readonly mostThreads: number
}

/** A core is for who reads; of several logs that are read at once each takes memory and a thread of its own. */
function usual(): SieveOptions {
  return {code: THREAD, leastBytes: LEAST_BYTES, mostThreads: availableParallelism() - 1}
}

let running = 0

/** null: this system has no thread to give. */
async function begun(file: URL, order: SieveOrder): Promise<Worker | null> {
  const {Worker} = await import('node:worker_threads')
  try {
    return new Worker(fileURLToPath(file), {workerData: order, resourceLimits: MIB})
  } catch {
    return null
  }
}

/** null where a second thread is of no use, or there is none to have: little is read, or nothing may be passed over. */
export async function sieveAhead(
  files: readonly LogFile[],
  {wanted, format: {form}}: {readonly wanted: RegExp | null; readonly format: LogFormat},
  {code, leastBytes, mostThreads}: SieveOptions = usual(),
): Promise<SieveAhead | null> {
  const isLarge = files.some(({size, isCompressed}) => !isCompressed && size >= leastBytes)
  if (wanted === null || !isLarge || !isSearchable(wanted) || running >= mostThreads || !existsSync(code)) return null
  const slots = new SieveSlots()
  running += 1
  const thread = await begun(code, {memory: slots.memory, source: wanted.source, flags: wanted.flags, form})
  if (thread !== null) return new SieveAhead(slots, byteSearch(wanted, {form}), thread)
  running -= 1
  return null
}
