// The code of the thread that searches a log ahead of the one that reads it; bin/build.mts makes a file of it.
import {workerData} from 'node:worker_threads'
import {byteSearch, type TextForm} from '../../../domain/logs/byte-search.js'
import {SieveSlots, SLOTS} from './sieve-slots.js'

/** What the thread is handed. */
export interface SieveOrder {
  readonly memory: SharedArrayBuffer
  readonly source: string
  readonly flags: string
  readonly form: TextForm
}

/** Before it looks whether it is all over: nothing depends on it. */
const WAIT_MS = 1000

function run({memory, source, flags, form}: SieveOrder): void {
  const slots = new SieveSlots(memory)
  const search = byteSearch(new RegExp(source, flags), {form})
  for (let turn = 0; !slots.isOver;) {
    if (slots.readyCount <= turn) {
      slots.awaitReady(turn, WAIT_MS)
      continue
    }
    slots.searchIfReady(turn % SLOTS, search)
    turn += 1
  }
}

run(workerData as SieveOrder)
