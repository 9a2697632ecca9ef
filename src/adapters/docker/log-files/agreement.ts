import type {Container} from '../../../domain/stack/container.js'
import type {LogSource} from '../../../ports/log-source.js'
import type {LogPlace} from './find-log-files.js'
import {secondsOf, STAMP_BYTES} from './log-window.js'
import {openLogFiles} from './open-log-files.js'
import {CHUNK_BYTES, readEntries} from './read-entries.js'

/** What may have been written between two looks. */
const LATELY = 10_000
const NEWLINE = 0x0a

async function whole(log: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of log) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The last entries in the files, with their stamps, piece by piece. */
async function lastOf(place: LogPlace, tail: number): Promise<Buffer> {
  const {files, close} = await openLogFiles(place)
  const window = {since: null, until: null, stamped: true}
  const reading = {format: place.format(), window, tail, tty: true, chunk: CHUNK_BYTES, wanted: null}
  const chunks: Buffer[] = []
  try {
    for await (const {bytes} of readEntries(files, reading)) chunks.push(bytes)
    return Buffer.concat(chunks)
  } finally {
    await close()
  }
}

/**
 * Whether the files are those that the engine reads: it may live in a file system of its own, in which the same path is another file. Its
 * last entry must be theirs, or stand among those that have come since. An empty log says nothing.
 */
export async function agrees(
  place: LogPlace,
  container: Container,
  api: LogSource,
  signal: AbortSignal,
): Promise<boolean> {
  const before = await lastOf(place, 1)
  if (before.length === 0) return false
  const range = {tail: 1, since: secondsOf(before.subarray(0, STAMP_BYTES)), follow: false, stamped: true}
  const told = await whole(api.read(container, range, signal))
  if (told.length === 0) return false
  if (told.equals(before)) return true
  const lately = await lastOf(place, LATELY)
  const at = lately.indexOf(told)
  return at === 0 || lately[at - 1] === NEWLINE
}
