/** A step of a pattern: what byte leads to what other steps. */
export interface Step {
  /** By byte: 1 for those that it takes. */
  readonly members: Uint8Array
  next: readonly number[]
}

/** The least length of matches of which a whole word of memory is one of the first two pairs. */
const LEAST_BYTES = 3

const word = new Uint16Array(1)
const bytesOfWord = new Uint8Array(word.buffer)

/** As this machine reads it. */
function wordOf(first: number, second: number): number {
  bytesOfWord[0] = first
  bytesOfWord[1] = second
  return word[0] ?? 0
}

function listed({members}: Step): readonly number[] {
  return Array.from(members.keys()).filter((byte) => members[byte] === 1)
}

/** Notes every pair of bytes that the one step and then the other takes. */
function note(pairs: Uint8Array, one: Step, other: Step): void {
  const ends = listed(other)
  for (const start of listed(one)) for (const end of ends) pairs[wordOf(start, end)] = 1
}

/**
 * The pairs of bytes that a match begins with, or has behind its first byte: every match has one of them at an even place, so that only
 * every other place has to be looked at. null where a match may be shorter than that.
 */
export function pairsOf(
  steps: readonly Step[],
  first: readonly number[],
  last: ReadonlySet<number>,
): Uint8Array | null {
  const pairs = new Uint8Array(0x1_0000)
  let reached = first
  for (let length = 1; length < LEAST_BYTES; length += 1) {
    if (reached.some((index) => last.has(index))) return null
    const further = new Set<number>()
    for (const one of reached.flatMap((index) => steps[index] ?? [])) {
      for (const after of new Set(one.next)) {
        further.add(after)
        for (const other of steps.slice(after, after + 1)) note(pairs, one, other)
      }
    }
    reached = [...further]
  }
  return pairs
}

/** The bytes as words, those at even places of the memory that they lie in. */
export class Words {
  readonly #words: Uint16Array
  /** The first word's place in the bytes. */
  readonly #start: number

  constructor(bytes: Buffer) {
    this.#start = bytes.byteOffset % 2
    const length = Math.max(0, bytes.length - this.#start) >> 1
    this.#words = new Uint16Array(bytes.buffer, bytes.byteOffset + this.#start, length)
  }

  /** Where the first of the pairs within [from, end) begins, -1 without one. */
  find(pairs: Uint8Array, from: number, end: number): number {
    const words = this.#words
    const last = (end - this.#start) >> 1
    for (let at = (from - this.#start + 1) >> 1; at < last; at += 1)
      if (pairs[words[at] ?? 0] === 1) return 2 * at + this.#start
    return -1
  }
}
