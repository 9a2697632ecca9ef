import {readFile, readdir, rename} from 'node:fs/promises'
import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {MessageReference} from '../../domain/notice/notice.js'
import type {Leases} from '../../ports/lease.js'
import type {Outbox, OutboxEntry, SendingRight} from '../../ports/outbox.js'
import {fileName} from './file-name.js'
import {parseOutboxEntry, withAttempt} from './outbox-entry.js'
import {isMissing, makeDirectory, replaceFile, storeFailure, syncDirectory} from './private-files.js'

export interface FileOutboxOptions {
  /** `.faci/outbox`. */
  readonly directory: string
  /** The right to send is a lease on the channel, kept apart from those on projects. */
  readonly claims: Leases
}

interface Places {
  /** What still waits. */
  readonly waiting: string
  readonly delivered: string
  readonly roots: string
}

const EXTENSION = '.json'

/** What is named `name` in a folder of the outbox, whatever the name holds. */
function pathIn(directory: string, name: string): string {
  return join(directory, fileName(name) + EXTENSION)
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

async function readEntry(directory: string, id: string): Promise<OutboxEntry | null> {
  const text = await readText(pathIn(directory, id))
  return text === null ? null : parseOutboxEntry(text)
}

async function idsIn(directory: string): Promise<readonly string[]> {
  try {
    const names = await readdir(directory)
    return names.filter((name) => /^\w+\.json$/.test(name)).map((name) => name.slice(0, -EXTENSION.length))
  } catch (error) {
    if (isMissing(error)) return []
    throw storeFailure(directory, error)
  }
}

async function write(directory: string, name: string, content: unknown): Promise<void> {
  await makeDirectory(directory)
  await replaceFile(pathIn(directory, name), `${JSON.stringify(content, null, 2)}\n`)
}

async function claim(claims: Leases, channel: string): Promise<SendingRight | null> {
  try {
    return await claims.take(channel, {reason: 'sending notices', runId: null, takeover: 'the sender is gone'})
  } catch (error) {
    if (error instanceof FaciError && error.code === 'locked') return null
    throw error
  }
}

async function pending(places: Places): Promise<readonly OutboxEntry[]> {
  const ids = [...(await idsIn(places.waiting))].sort()
  const entries = await Promise.all(ids.map((id) => readEntry(places.waiting, id)))
  return entries.filter((entry) => entry !== null).filter((entry) => entry.status !== 'delivered')
}

async function archive(places: Places, id: string): Promise<void> {
  await makeDirectory(places.delivered)
  await rename(pathIn(places.waiting, id), pathIn(places.delivered, id))
  await syncDirectory(places.delivered)
}

function rootName(channel: string, thread: string): string {
  return `${channel}.${thread}`
}

async function rootOf(places: Places, channel: string, thread: string): Promise<MessageReference | null> {
  const text = await readText(pathIn(places.roots, rootName(channel, thread)))
  // Written by `keepRoot` only, and atomically.
  return text === null ? null : (JSON.parse(text) as MessageReference)
}

async function keepRoot(places: Places, {notice, message}: OutboxEntry): Promise<void> {
  if (notice.thread === null || message === null) return
  if ((await rootOf(places, notice.channel, notice.thread)) !== null) return
  await write(places.roots, rootName(notice.channel, notice.thread), message)
}

/** Notices as files: those that wait in the folder itself, delivered ones in `delivered/`, threads in `roots/`. */
export function fileOutbox({directory, claims}: FileOutboxOptions): Outbox {
  const places: Places = {
    waiting: directory,
    delivered: join(directory, 'delivered'),
    roots: join(directory, 'roots'),
  }
  return {
    put: (notice) =>
      write(places.waiting, notice.id, {notice, attempts: [], status: 'pending', nextTryAt: null, message: null}),
    claim: (channel) => claim(claims, channel),
    record: async (noticeId, attempt, next) => {
      const entry = await readEntry(places.waiting, noticeId)
      if (entry === null) throw new FaciError('notFound', `No notice ${noticeId} waits in the outbox`)
      const changed = withAttempt(entry, attempt, next)
      await keepRoot(places, changed)
      await write(places.waiting, noticeId, changed)
      if (changed.status === 'delivered') await archive(places, noticeId)
    },
    pending: () => pending(places),
    root: (channel, thread) => rootOf(places, channel, thread),
  }
}
