import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {MessageReference} from '../../domain/notices/notice.js'
import type {OutboxEntry, UnreadableEntry} from '../../ports/outbox.js'
import {parseOutboxEntry, parseReference} from './outbox-entry.js'
import {fileName} from '../../files/file-name.js'
import {inBatches} from './in-batches.js'
import {namesIn} from './names-in.js'
import {type OwnFile, ownersOf, readOwnFile} from './read-own-file.js'
import {moveInto} from './set-aside.js'

export interface OutboxPlaces {
  /** What still waits. */
  readonly waiting: string
  readonly delivered: string
  readonly dropped: string
  /** What is part of another. */
  readonly folded: string
  readonly roots: string
  /** What could not be read. */
  readonly corrupt: string
}

type Read =
  | {readonly kind: 'entry'; readonly id: string; readonly entry: OutboxEntry}
  | {readonly kind: 'missing'}
  /** `movable`: it is no notice, whoever looks at it. */
  | {readonly kind: 'bad'; readonly id: string; readonly reason: string; readonly movable: boolean}

const EXTENSION = '.json'
const MAX_BYTES = 8 * 1024 * 1024

/** The file of what is named `name`, whatever the name holds. */
export function outboxFile(name: string): string {
  return fileName(name) + EXTENSION
}

function asEntry(id: string, file: OwnFile): Read {
  switch (file.kind) {
    case 'missing':
      return file
    case 'foreign':
    case 'closed':
      return {kind: 'bad', id, reason: file.reason, movable: file.kind === 'foreign'}
    case 'text': {
      const entry = parseOutboxEntry(file.text, id)
      if (entry !== null) return {kind: 'entry', id, entry}
      return {kind: 'bad', id, reason: file.text === '' ? 'is empty' : 'is not a complete notice', movable: true}
    }
  }
}

/** Everything in the folder that ought to be a notice, each read for itself; in the order of ids, which is that of age. */
export function readWaiting({waiting}: OutboxPlaces): Promise<readonly Read[]> {
  return readEntries(waiting, () => true)
}

/** Of a folder, those whose name is wanted. */
export async function readEntries(folder: string, isWanted: (name: string) => boolean): Promise<readonly Read[]> {
  const owners = await ownersOf(folder)
  const all = (await namesIn(folder)).filter((name) => name.endsWith(EXTENSION) && !name.startsWith('.'))
  return inBatches(all.filter(isWanted).sort(), async (name) =>
    asEntry(name.slice(0, -EXTENSION.length), await readOwnFile(join(folder, name), MAX_BYTES, owners)),
  )
}

export function entriesIn(read: readonly Read[]): readonly OutboxEntry[] {
  return read.flatMap((one) => (one.kind === 'entry' ? [one.entry] : []))
}

/** Errors: `notFound` when no such notice waits. */
export async function readOne(places: OutboxPlaces, id: string): Promise<OutboxEntry> {
  const path = join(places.waiting, outboxFile(id))
  const read = asEntry(id, await readOwnFile(path, MAX_BYTES, await ownersOf(places.waiting)))
  if (read.kind === 'entry') return read.entry
  throw new FaciError('notFound', `No notice ${id} waits in the outbox`)
}

export async function unreadableIn(places: OutboxPlaces): Promise<readonly UnreadableEntry[]> {
  const [waiting, aside] = await Promise.all([readWaiting(places), namesIn(places.corrupt)])
  return [
    ...waiting.flatMap((read) => (read.kind === 'bad' ? [{id: read.id, reason: read.reason}] : [])),
    ...aside.map((name) => ({id: name, reason: `set aside in ${places.corrupt}`})),
  ]
}

/** What somebody else may be able to read stays where it is. */
export async function setAsideBad(places: OutboxPlaces): Promise<void> {
  for (const read of await readWaiting(places)) {
    if (read.kind !== 'bad' || !read.movable) continue
    await moveInto(places.corrupt, join(places.waiting, read.id + EXTENSION)).catch(() => undefined)
  }
}

export async function readRoot(places: OutboxPlaces, name: string): Promise<MessageReference | null> {
  const path = join(places.roots, name)
  const file = await readOwnFile(path, MAX_BYTES, await ownersOf(places.roots))
  const reference = file.kind === 'text' ? parseReference(file.text) : null
  // A thread without its root begins anew, which is better than a notice that nobody gets.
  if (reference === null && file.kind !== 'missing') await moveInto(places.corrupt, path).catch(() => undefined)
  return reference
}
