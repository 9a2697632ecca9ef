import {access} from 'node:fs/promises'
import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {Leases} from '../../ports/lease.js'
import type {Fate, Outbox, OutboxEntry, SendingRight} from '../../ports/outbox.js'
import {withAttempt} from './outbox-entry.js'
import {
  entriesIn,
  outboxFile,
  type OutboxPlaces,
  readEntries,
  readOne,
  readRoot,
  readWaiting,
  setAsideBad,
  unreadableIn,
} from './outbox-files.js'
import {ulidTime} from '../../domain/time/ulid-time.js'
import {isMissing, syncFolder} from '../../files/atomic-file.js'
import {namesIn} from './names-in.js'
import {makeDirectory, replaceInStore, storeFailure} from './private-files.js'
import {moveInto} from './set-aside.js'

export interface FileOutboxOptions {
  /** `.faci/outbox`. */
  readonly directory: string
  /** The right to send is a lease on the channel, kept apart from those on projects. */
  readonly claims: Leases
}

async function write(directory: string, name: string, content: unknown): Promise<void> {
  await makeDirectory(directory)
  await replaceInStore(join(directory, name), `${JSON.stringify(content, null, 2)}\n`)
}

async function claim(claims: Leases, channel: string): Promise<SendingRight | null> {
  try {
    return await claims.take(channel, {reason: 'sending notices', runId: null, takeover: 'the sender is gone'})
  } catch (error) {
    if (error instanceof FaciError && error.code === 'locked') return null
    throw error
  }
}

async function pending(places: OutboxPlaces): Promise<readonly OutboxEntry[]> {
  return entriesIn(await readWaiting(places)).filter(({status}) => status !== 'delivered')
}

async function recent(places: OutboxPlaces, since: string): Promise<readonly OutboxEntry[]> {
  const isRecent = (name: string): boolean => ulidTime(name) >= Date.parse(since)
  const delivered = await readEntries(places.delivered, isRecent)
  return [...(await pending(places)), ...entriesIn(delivered)]
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw storeFailure(path, error)
  }
}

async function move(places: OutboxPlaces, id: string, to: string): Promise<void> {
  try {
    await moveInto(to, join(places.waiting, outboxFile(id)))
    await syncFolder(to)
  } catch (error) {
    throw error instanceof FaciError ? error : storeFailure(to, error)
  }
}

/** A sender that was killed may have delivered it, and not have moved it. */
async function fateInWaiting(places: OutboxPlaces, id: string): Promise<Fate> {
  const read = (await readWaiting(places)).find((one) => one.kind !== 'missing' && one.id === id)
  if (read?.kind === 'bad') return 'unreadable'
  return read?.kind === 'entry' && read.entry.status === 'delivered' ? 'delivered' : 'waiting'
}

/** Where a notice goes it stays, so that the folders are looked at in the order in which it can pass through them. */
async function fate(places: OutboxPlaces, id: string): Promise<Fate> {
  const order = [
    ['waiting', places.waiting],
    ['delivered', places.delivered],
    ['dropped', places.dropped],
    ['folded', places.folded],
    ['unreadable', places.corrupt],
  ] as const
  for (const [name, directory] of order) {
    if (!(await isThere(join(directory, outboxFile(id))))) continue
    return name === 'waiting' ? await fateInWaiting(places, id) : name
  }
  return 'missing'
}

/** By the listings, so that no id leads anywhere else. */
async function drop(places: OutboxPlaces, id: string): Promise<void> {
  if ((await namesIn(places.waiting)).includes(outboxFile(id))) return move(places, id, places.dropped)
  if ((await namesIn(places.corrupt)).includes(id)) return moveInto(places.dropped, join(places.corrupt, id))
  throw new FaciError('notFound', `No notice ${id} waits in the outbox`, {suggestions: ['faci notify flush']})
}

function rootName(channel: string, thread: string): string {
  return outboxFile(`${channel}.${thread}`)
}

async function keepRoot(places: OutboxPlaces, {notice, message}: OutboxEntry, isRoot: boolean): Promise<void> {
  if (notice.thread === null || message === null) return
  const name = rootName(notice.channel, notice.thread)
  if (isRoot || (await readRoot(places, name)) === null) await write(places.roots, name, message)
}

const UNTRIED: Omit<OutboxEntry, 'notice'> = {
  ...{attempts: [], status: 'pending', nextTryAt: null, message: null},
  ...{unconfirmedSince: null, remaining: null, repeats: 0, held: null, fallback: null},
}

/** Notices as files: those that wait in the folder itself, delivered and dropped ones as a record, threads in `roots/`. */
export function fileOutbox({directory, claims}: FileOutboxOptions): Outbox {
  const places: OutboxPlaces = {
    waiting: directory,
    delivered: join(directory, 'delivered'),
    dropped: join(directory, 'dropped'),
    folded: join(directory, 'folded'),
    roots: join(directory, 'roots'),
    corrupt: join(directory, 'corrupt'),
  }
  const save = (entry: OutboxEntry): Promise<void> => write(places.waiting, outboxFile(entry.notice.id), entry)
  return {
    put: (notice, held = null) => save({notice, ...UNTRIED, held}),
    fate: (noticeId) => fate(places, noticeId),
    claim: (channel) => claim(claims, channel),
    begin: async (noticeId, at, repeats) => save({...(await readOne(places, noticeId)), unconfirmedSince: at, repeats}),
    record: async (noticeId, attempt, after) => {
      const entry = withAttempt(await readOne(places, noticeId), attempt, after)
      await keepRoot(places, entry, after.isRoot)
      await save(entry)
      if (entry.status === 'delivered') await move(places, noticeId, places.delivered)
    },
    handOn: async (noticeId, copy, at) => {
      const entry = await readOne(places, noticeId)
      if ((await fate(places, copy.id)) === 'missing') await save({notice: copy, ...UNTRIED})
      await save({...entry, fallback: {channel: copy.channel, noticeId: copy.id, at}})
    },
    release: async (noticeId) => save({...(await readOne(places, noticeId)), held: null}),
    fold: async (notice) => {
      if ((await fate(places, notice.id)) === 'missing') await save({notice, ...UNTRIED})
      for (const id of notice.folds ?? [])
        if (await isThere(join(places.waiting, outboxFile(id)))) await move(places, id, places.folded)
    },
    recent: (since) => recent(places, since),
    pending: () => pending(places),
    unreadable: () => unreadableIn(places),
    setAside: () => setAsideBad(places),
    drop: (id) => drop(places, id),
    root: (channel, thread) => readRoot(places, rootName(channel, thread)),
  }
}
