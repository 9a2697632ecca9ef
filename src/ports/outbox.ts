import type {MessageReference, Notice} from '../domain/notice/notice.js'

export interface Attempt {
  /** ISO 8601 UTC. */
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
  /** Set once it was posted; a notice that still waits then only lacks the rewriting of its root. */
  readonly message: MessageReference | null
}

export interface SendingRight {
  readonly release: () => Promise<void>
}

/**
 * Every notice is here before it is sent, and stays as a record afterwards. One file a notice, rewritten atomically; safe for several
 * processes at once. Errors: `unreachable` when it cannot be written.
 */
export interface Outbox {
  readonly put: (notice: Notice) => Promise<void>
  /**
   * The right to send to a channel: one process at a time, so that nothing is posted twice and threads stay in order. null while
   * another has it. Read `pending` after it is granted, not before.
   */
  readonly claim: (channel: string) => Promise<SendingRight | null>
  /** The attempt's outcome decides the status: `failed` waits on, `rejected` waits for a person to mend the cause. */
  readonly record: (
    noticeId: string,
    attempt: Attempt,
    next: {readonly nextTryAt: string | null; readonly message: MessageReference | null},
  ) => Promise<void>
  /** Undelivered ones, rejected ones too, oldest first. */
  readonly pending: () => Promise<readonly OutboxEntry[]>
  /** The root message of a thread, once posted. */
  readonly root: (channel: string, thread: string) => Promise<MessageReference | null>
}
