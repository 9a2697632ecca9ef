import {LogFileDoubt} from './log-format.js'

const LONGEST_VARINT = 10
/** A byte of a number, and those above it, is not its last. */
const MORE = 0x80
/** Protobuf's kinds of values. */
const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5]

/** Reads one protobuf message; the place of the value that `next` has come to is left in its fields. */
export class Message {
  field = 0
  from = 0
  to = 0
  #at = 0
  #end = 0
  #bytes: Buffer = Buffer.alloc(0)

  open(bytes: Buffer, from: number, end: number): void {
    this.#bytes = bytes
    this.#at = from
    this.#end = end
  }

  /** False at the end. */
  next(): boolean {
    if (this.#at === this.#end) return false
    const tag = this.#number()
    this.field = tag >>> 3
    switch (tag & 7) {
      case VARINT:
        return this.#pass(this.#varintLength())
      case FIXED64:
        return this.#pass(8)
      case BYTES:
        return this.#pass(this.#number())
      case FIXED32:
        return this.#pass(4)
      default:
        throw new LogFileDoubt('it has an unknown kind of value')
    }
  }

  #pass(length: number): true {
    this.from = this.#at
    this.to = this.#at + length
    this.#at = this.to
    if (this.to > this.#end) throw new LogFileDoubt('it has a broken entry')
    return true
  }

  /** A tag or a length: most are of one byte or two. */
  #number(): number {
    const first = this.#byte(0)
    if (first < MORE) {
      this.#at += 1
      return first
    }
    const second = this.#byte(1)
    if (second < MORE) {
      this.#at += 2
      return first - MORE + second * MORE
    }
    this.#pass(this.#varintLength())
    return Number(this.number())
  }

  /** Of those that come next; as one that others follow, where there is none. */
  #byte(index: number): number {
    const at = this.#at + index
    return at < this.#end ? (this.#bytes[at] ?? MORE) : MORE
  }

  #varintLength(): number {
    for (let length = 1; length <= LONGEST_VARINT && this.#at + length <= this.#end; length += 1)
      if ((this.#bytes[this.#at + length - 1] ?? 0) < MORE) return length
    throw new LogFileDoubt('it has a broken number')
  }

  /** The number that `next` has come to. */
  number(): bigint {
    let low = 0
    let factor = 1
    let value = 0n
    for (let at = this.from; at < this.to; at += 1) {
      const bits = (this.#bytes[at] ?? 0) & 0x7f
      const index = at - this.from
      // Seven bits a byte: six bytes stay within what a number holds exactly.
      if (index < 6) low += bits * factor
      else value |= BigInt(bits) << BigInt(7 * index)
      factor *= 128
    }
    return value | BigInt(low)
  }
}
