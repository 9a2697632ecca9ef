import {byteSearch, type ByteSearch, reachesBeyond, type TextForm} from '../../../domain/logs/byte-search.js'

/** Where in bytes that are read from their start to their end something stands that is looked for. */
export interface Wanted {
  readonly begin: (bytes: Buffer, end: number) => void
  /** Whether a match ends within [from, end); asked for one place after another. */
  readonly isWithin: (from: number, end: number) => boolean
}

class WantedBytes implements Wanted {
  readonly #search: ByteSearch
  #bytes: Buffer = Buffer.alloc(0)
  #end = 0
  /** The last byte of the next match, the end of the bytes where there is none. */
  #next = -1

  constructor(search: ByteSearch) {
    this.#search = search
  }

  begin(bytes: Buffer, end: number): void {
    this.#bytes = bytes
    this.#end = end
    this.#next = -1
  }

  isWithin(from: number, end: number): boolean {
    if (this.#next < from) {
      const found = this.#search(this.#bytes, from, this.#end)
      this.#next = found === -1 ? this.#end : found
    }
    return this.#next < end
  }
}

const [OPENING_BRACE, CLOSING_BRACE] = [0x7b, 0x7d]

/** Whether something may be passed over: not where what is wanted may be found by what stands around an object. */
export function isSearchable(wanted: RegExp): boolean {
  return !reachesBeyond(wanted, {first: OPENING_BRACE, last: CLOSING_BRACE})
}

/** null where nothing may be passed over. */
export function wantedBytes(wanted: RegExp | null, form: TextForm): Wanted | null {
  return wanted === null || !isSearchable(wanted) ? null : new WantedBytes(byteSearch(wanted, {form}))
}
