/** A step of a pattern: what byte leads to what other steps. */
export interface Step {
  /** By byte: 1 for those that it takes. */
  readonly members: Uint8Array
  next: readonly number[]
}

/** The least length of matches of which a whole word of memory is one of the first two pairs. */
const LEAST_BYTES = 3

/** Where in a match a pair may stand: at its start, behind its first byte. */
const [AT_START, SECOND] = [1, 2]

/** The pair as this machine reads a word of memory. */
const IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
const [FIRST_BITS, SECOND_BITS] = IS_LITTLE ? [0, 8] : [8, 0]

/** Of the members, which many steps share. */
const lists = new WeakMap<Uint8Array, Uint8Array>()

function listed({members}: Step): Uint8Array {
  const known = lists.get(members)
  if (known !== undefined) return known
  const list = members.map((_, byte) => byte).filter((byte) => members[byte] === 1)
  lists.set(members, list)
  return list
}

/** Notes every pair of bytes that the one step and then the other takes. */
function note(pairs: Uint8Array, one: Step, other: Step, place: number): void {
  const ends = listed(other)
  for (const start of listed(one)) {
    for (const end of ends) {
      const pair = (start << FIRST_BITS) | (end << SECOND_BITS)
      pairs[pair] = (pairs[pair] ?? 0) | place
    }
  }
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
        for (const other of steps.slice(after, after + 1)) note(pairs, one, other, length === 1 ? AT_START : SECOND)
      }
    }
    reached = [...further]
  }
  return pairs
}

/** The bytes as words, those at even places of the memory that they lie in. */
export class Words {
  readonly #bytes: Buffer
  readonly #words: Uint16Array
  /** The first word's place in the bytes. */
  readonly #start: number

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#start = bytes.byteOffset % 2
    const length = Math.max(0, bytes.length - this.#start) >> 1
    this.#words = new Uint16Array(bytes.buffer, bytes.byteOffset + this.#start, length)
  }

  /** A place within [from, end) before which no match begins; -1: none begins before the last two bytes. */
  find(pairs: Uint8Array, from: number, end: number): number {
    const words = this.#words
    const last = (end - this.#start) >> 1
    for (let at = (from - this.#start + 1) >> 1; at < last; at += 1) {
      const places = pairs[words[at] ?? 0] ?? 0
      const begun = places === 0 ? -1 : this.#beginning(pairs, places, 2 * at + this.#start, from, end)
      if (begun !== -1) return begun
    }
    return -1
  }

  /** Where a match may begin that has one of the pairs at `at`: both of its first pairs must be there. */
  #beginning(pairs: Uint8Array, places: number, at: number, from: number, end: number): number {
    if ((places & SECOND) !== 0 && at > from && this.#has(pairs, at - 1, AT_START)) return at - 1
    return (places & AT_START) !== 0 && (at + 2 >= end || this.#has(pairs, at + 1, SECOND)) ? at : -1
  }

  #has(pairs: Uint8Array, at: number, place: number): boolean {
    const pair = ((this.#bytes[at] ?? 0) << FIRST_BITS) | ((this.#bytes[at + 1] ?? 0) << SECOND_BITS)
    return ((pairs[pair] ?? 0) & place) !== 0
  }
}
