/** The memory that two threads share: slots of bytes, and where in each something was found that is looked for. */
export const SLOTS = 4
const SLOT_BYTES = 768 * 1024
/** In one slot; behind the last of so many all counts as wanted. */
const MOST_FOUND = 2048

/** What a slot is: nobody's, ready to be searched, being searched, searched. */
const STATE = {free: 0, ready: 1, searched: 2, done: 3} as const
type State = (typeof STATE)[keyof typeof STATE]

/** Words before the slots: how many were ever made ready, and whether there will be no more. */
const [READY_COUNT, IS_OVER, COMMON] = [0, 1, 2]
/** Words of each slot: its state, how many bytes are in it, how many places were found. */
const [OWN_STATE, LENGTH, FOUND_COUNT, OWN] = [0, 1, 2, 3]
const WORD_BYTES = 4
const WORDS = COMMON + SLOTS * (OWN + MOST_FOUND)

/** Where the next match within [from, end) has its last byte, -1 without one. */
type Search = (bytes: Buffer, from: number, end: number) => number

export class SieveSlots {
  readonly memory: SharedArrayBuffer
  readonly #words: Int32Array

  constructor(memory = new SharedArrayBuffer(WORDS * WORD_BYTES + SLOTS * SLOT_BYTES)) {
    this.memory = memory
    this.#words = new Int32Array(memory, 0, WORDS)
  }

  #at(slot: number, word: number): number {
    return COMMON + slot * (OWN + MOST_FOUND) + word
  }

  bytes(slot: number): Buffer {
    return Buffer.from(this.memory, WORDS * WORD_BYTES + slot * SLOT_BYTES, SLOT_BYTES)
  }

  makeReady(slot: number, length: number): void {
    this.#words[this.#at(slot, LENGTH)] = length
    Atomics.store(this.#words, this.#at(slot, OWN_STATE), STATE.ready)
    Atomics.add(this.#words, READY_COUNT, 1)
    Atomics.notify(this.#words, READY_COUNT)
  }

  /** Searches it, if nobody else has begun to. */
  searchIfReady(slot: number, search: Search): void {
    const state = this.#at(slot, OWN_STATE)
    if (Atomics.compareExchange(this.#words, state, STATE.ready, STATE.searched) !== STATE.ready) return
    this.#search(slot, search)
    Atomics.store(this.#words, state, STATE.done)
    Atomics.notify(this.#words, state)
  }

  #search(slot: number, search: Search): void {
    const bytes = this.bytes(slot)
    const end = this.#words[this.#at(slot, LENGTH)] ?? 0
    let count = 0
    for (let from = 0; count < MOST_FOUND; count += 1) {
      const found = search(bytes, from, end)
      if (found === -1) break
      this.#words[this.#at(slot, OWN + count)] = found
      from = found + 1
    }
    this.#words[this.#at(slot, FOUND_COUNT)] = count
  }

  /** The last bytes of matches, ascending; null: it has not been searched to the end. */
  found(slot: number): Int32Array | null {
    if (this.#state(slot) !== STATE.done) return null
    const start = this.#at(slot, OWN)
    return this.#words.slice(start, start + (this.#words[this.#at(slot, FOUND_COUNT)] ?? 0))
  }

  #state(slot: number): State {
    return Atomics.load(this.#words, this.#at(slot, OWN_STATE)) as State
  }

  /** Until the other thread has searched it, so many milliseconds at most. */
  awaitSearched(slot: number, milliseconds: number): void {
    if (this.#state(slot) === STATE.searched)
      Atomics.wait(this.#words, this.#at(slot, OWN_STATE), STATE.searched, milliseconds)
  }

  /** Until more than `count` were ever made ready, so many milliseconds at most. */
  awaitReady(count: number, milliseconds: number): void {
    Atomics.wait(this.#words, READY_COUNT, count, milliseconds)
  }

  get readyCount(): number {
    return Atomics.load(this.#words, READY_COUNT)
  }

  get isOver(): boolean {
    return Atomics.load(this.#words, IS_OVER) !== 0
  }

  end(): void {
    Atomics.store(this.#words, IS_OVER, 1)
    Atomics.notify(this.#words, READY_COUNT)
  }
}

/** Whether all behind the last of these places counts as wanted. */
export function isCut(found: Int32Array): boolean {
  return found.length === MOST_FOUND
}
