import type {FileHandle} from 'node:fs/promises'
import type {JournalEnds} from '../../ports/journal.js'
import {parseJournalLines} from './journal-lines.js'
import {openPlain} from './plain-file.js'

/** A run's last events: an output in an event is cut at 4000 characters, so that several fit. */
const TAIL_BYTES = 16_384
/** Longer than any first event: a larger one is read as torn. */
const HEAD_BYTES = 65_536
/** Where so much holds no whole line the file is no journal, however much more there is of it. */
const MOST_TAIL_BYTES = 16 * 1024 * 1024

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<string> {
  const {buffer, bytesRead} = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString('utf8', 0, bytesRead)
}

function firstLine(text: string): string {
  const end = text.indexOf('\n')
  return end === -1 ? text : text.slice(0, end)
}

/** The last whole lines; further back when not even one line fits, for a change ends with the logs of its services. */
async function lastEvents<E>(handle: FileHandle, size: number): Promise<JournalEnds<E>['last']> {
  for (let length = TAIL_BYTES; ; length *= 4) {
    const from = Math.max(0, size - length)
    const tail = await bytesAt(handle, from, size - from)
    const {events} = parseJournalLines<E>(from === 0 ? tail : tail.slice(tail.indexOf('\n') + 1))
    if (events.length > 0 || from === 0 || length >= MOST_TAIL_BYTES) return events
  }
}

/** The first line and the last whole ones: two reads, however long the file is. Throws what `openPlain` throws. */
export async function readJournalEnds<E>(path: string): Promise<JournalEnds<E>> {
  const handle = await openPlain(path)
  try {
    const {size} = await handle.stat()
    const head = await bytesAt(handle, 0, Math.min(size, HEAD_BYTES))
    const [first = null] = parseJournalLines<E>(firstLine(head)).events
    return {first, last: await lastEvents<E>(handle, size)}
  } finally {
    await handle.close()
  }
}
