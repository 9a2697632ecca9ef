import {FaciError} from '../../../src/domain/errors.js'
import type {MessageReference} from '../../../src/domain/notices/notice.js'
import {ulidTime} from '../../../src/domain/time/ulid-time.js'
import type {Outbox, OutboxEntry, UnreadableEntry} from '../../../src/ports/outbox.js'

export interface FakeOutbox extends Outbox {
  /** Everything that was ever put, delivered ones too, oldest first. */
  readonly entries: () => readonly OutboxEntry[]
  /** Something that cannot be read. */
  readonly corrupt: (entry: UnreadableEntry) => void
}

const STATUS = {delivered: 'delivered', failed: 'pending', rejected: 'rejected'} as const
const UNTRIED = {
  attempts: [],
  status: 'pending',
  nextTryAt: null,
  message: null,
  unconfirmedSince: null,
  remaining: null,
  repeats: 0,
  held: null,
  fallback: null,
} as const

export function fakeOutbox(): FakeOutbox {
  const byId = new Map<string, OutboxEntry>()
  const roots = new Map<string, MessageReference>()
  const claimed = new Set<string>()
  const dropped = new Set<string>()
  const folded = new Set<string>()
  const isGone = (id: string): boolean => dropped.has(id) || folded.has(id)
  const unreadable = new Map<string, UnreadableEntry>()
  const entries = (): readonly OutboxEntry[] =>
    [...byId.values()].sort((left, right) => (left.notice.id < right.notice.id ? -1 : 1))
  const rootKey = (channel: string, thread: string): string => `${channel} ${thread}`
  const waiting = (noticeId: string): OutboxEntry => {
    const entry = byId.get(noticeId)
    if (entry !== undefined && entry.status !== 'delivered' && !isGone(noticeId)) return entry
    throw new FaciError('notFound', `No notice ${noticeId} waits in the outbox`)
  }
  const attempt = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      resolve(work())
    })
  return {
    entries,
    corrupt: (entry) => {
      unreadable.set(entry.id, entry)
    },
    put: (notice, held = null) => {
      byId.set(notice.id, {notice, ...UNTRIED, held})
      return Promise.resolve()
    },
    fate: (noticeId) => {
      const status = byId.get(noticeId)?.status
      if (status === undefined) return Promise.resolve('missing')
      if (folded.has(noticeId)) return Promise.resolve('folded')
      if (dropped.has(noticeId)) return Promise.resolve('dropped')
      return Promise.resolve(status === 'delivered' ? 'delivered' : 'waiting')
    },
    claim: (channel) => {
      if (claimed.has(channel)) return Promise.resolve(null)
      claimed.add(channel)
      return Promise.resolve({
        release: () => {
          claimed.delete(channel)
          return Promise.resolve()
        },
      })
    },
    begin: (noticeId, at, repeats) =>
      attempt(() => {
        byId.set(noticeId, {...waiting(noticeId), unconfirmedSince: at, repeats})
      }),
    record: (noticeId, made, after) =>
      attempt(() => {
        const entry = waiting(noticeId)
        const message = after.message ?? entry.message
        byId.set(noticeId, {
          notice: entry.notice,
          attempts: [...entry.attempts, made],
          status: STATUS[made.outcome],
          nextTryAt: after.nextTryAt,
          message,
          unconfirmedSince: after.unconfirmed ? (entry.unconfirmedSince ?? made.at) : null,
          remaining: after.remaining ?? entry.remaining,
          repeats: after.repeats,
          held: entry.held,
          fallback: entry.fallback,
        })
        const {thread, channel} = entry.notice
        if (thread !== null && message !== null && (after.isRoot || !roots.has(rootKey(channel, thread))))
          roots.set(rootKey(channel, thread), message)
      }),
    handOn: (noticeId, copy, at) =>
      attempt(() => {
        const entry = waiting(noticeId)
        if (!byId.has(copy.id)) byId.set(copy.id, {notice: copy, ...UNTRIED})
        byId.set(noticeId, {...entry, fallback: {channel: copy.channel, noticeId: copy.id, at}})
      }),
    release: (noticeId) =>
      attempt(() => {
        byId.set(noticeId, {...waiting(noticeId), held: null})
      }),
    fold: (notice) => {
      if (!byId.has(notice.id)) byId.set(notice.id, {notice, ...UNTRIED})
      for (const id of notice.folds ?? []) if (byId.get(id)?.status !== 'delivered') folded.add(id)
      return Promise.resolve()
    },
    recent: (since) =>
      Promise.resolve(
        entries().filter(
          ({status, notice}) =>
            !isGone(notice.id) && (status !== 'delivered' || ulidTime(notice.id) >= Date.parse(since)),
        ),
      ),
    pending: () =>
      Promise.resolve(entries().filter(({status, notice}) => status !== 'delivered' && !isGone(notice.id))),
    unreadable: () => Promise.resolve([...unreadable.values()]),
    setAside: () => Promise.resolve(),
    drop: (id) =>
      attempt(() => {
        if (unreadable.delete(id)) return
        waiting(id)
        dropped.add(id)
      }),
    root: (channel, thread) => Promise.resolve(roots.get(rootKey(channel, thread)) ?? null),
  }
}
