import type {MessageReference, Notice} from '../domain/notice/notice.js'

export interface Attempt {
  readonly at: string
  readonly outcome: 'delivered' | 'failed' | 'rejected'
  readonly reason: string | null
}

export interface OutboxEntry {
  readonly notice: Notice
  readonly attempts: readonly Attempt[]
  readonly status: 'pending' | 'delivered' | 'rejected'
  /** Not before; ISO 8601 UTC. null: at once. */
  readonly nextTryAt: string | null
  readonly message: MessageReference | null
}

/** Every notice is here before it is sent. One file a notice, rewritten atomically; safe for two processes at once. */
export interface Outbox {
  readonly put: (notice: Notice) => Promise<void>
  readonly record: (
    noticeId: string,
    attempt: Attempt,
    next: {readonly nextTryAt: string | null; readonly message: MessageReference | null},
  ) => Promise<void>
  /** Undelivered ones, oldest first. */
  readonly pending: () => Promise<readonly OutboxEntry[]>
  /** The root message of a thread, once delivered. */
  readonly root: (channel: string, thread: string) => Promise<MessageReference | null>
}
