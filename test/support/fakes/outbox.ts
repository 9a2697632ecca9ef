import {FaciError} from '../../../src/domain/errors.js'
import type {MessageReference} from '../../../src/domain/notice/notice.js'
import type {Outbox, OutboxEntry} from '../../../src/ports/outbox.js'

export interface FakeOutbox extends Outbox {
  /** Everything that was ever put, delivered ones too, oldest first. */
  readonly entries: () => readonly OutboxEntry[]
}

const STATUS = {delivered: 'delivered', failed: 'pending', rejected: 'rejected'} as const

export function fakeOutbox(): FakeOutbox {
  const byId = new Map<string, OutboxEntry>()
  const roots = new Map<string, MessageReference>()
  const claimed = new Set<string>()
  const entries = (): readonly OutboxEntry[] =>
    [...byId.values()].sort((left, right) => (left.notice.id < right.notice.id ? -1 : 1))
  const rootKey = (channel: string, thread: string): string => `${channel} ${thread}`
  return {
    entries,
    put: (notice) => {
      byId.set(notice.id, {notice, attempts: [], status: 'pending', nextTryAt: null, message: null})
      return Promise.resolve()
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
    record: (noticeId, attempt, next) => {
      const entry = byId.get(noticeId)
      if (entry === undefined || entry.status === 'delivered') {
        return Promise.reject(new FaciError('notFound', `No notice ${noticeId} waits in the outbox`))
      }
      const message = next.message ?? entry.message
      const status = STATUS[attempt.outcome]
      byId.set(noticeId, {
        notice: entry.notice,
        attempts: [...entry.attempts, attempt],
        status,
        nextTryAt: next.nextTryAt,
        message,
      })
      const {thread, channel} = entry.notice
      if (thread !== null && message !== null && !roots.has(rootKey(channel, thread))) {
        roots.set(rootKey(channel, thread), message)
      }
      return Promise.resolve()
    },
    pending: () => Promise.resolve(entries().filter(({status}) => status !== 'delivered')),
    root: (channel, thread) => Promise.resolve(roots.get(rootKey(channel, thread)) ?? null),
  }
}
