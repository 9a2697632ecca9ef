import type {Readable} from 'node:stream'

const MEBIBYTE = 1024 * 1024
/** Of one answer. */
const MOST_OF_ONE = 64 * MEBIBYTE
/** Of all answers that are being read: a backend is asked many things at once, and JSON grows when it is parsed. */
const MOST_AT_ONCE = 128 * MEBIBYTE

let held = 0

/** An answer that is larger than is taken; the message says in which way. */
export class TooLarge extends Error {
  constructor(bytes: number, how: string) {
    super(`more than ${String(bytes / MEBIBYTE)} MiB${how}`)
    this.name = 'TooLarge'
  }
}

function checkRoom(own: number): void {
  if (own > MOST_OF_ONE) throw new TooLarge(MOST_OF_ONE, '')
  if (held > MOST_AT_ONCE) throw new TooLarge(MOST_AT_ONCE, ' to all that was asked at once')
}

/** Reads a body to its end and gives what `use` makes of its text. Errors: `TooLarge`; those of the stream. */
export async function readWhole<T>(stream: Readable, use: (text: string) => T): Promise<T> {
  const chunks: Buffer[] = []
  let own = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      own += chunk.length
      held += chunk.length
      checkRoom(own)
    }
    return use(Buffer.concat(chunks).toString('utf8'))
  } finally {
    held -= own
  }
}
