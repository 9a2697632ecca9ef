import type {Hold} from '../domain/notices/hold.js'
import type {MessageReference, Notice} from '../domain/notices/notice.js'
import type {DeliveryNote, Failure} from '../domain/notices/undelivered.js'

export interface Attempt {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly outcome: 'delivered' | 'failed' | 'rejected'
  readonly reason: Failure | DeliveryNote | null
}

export interface OutboxEntry {
  readonly notice: Notice
  readonly attempts: readonly Attempt[]
  readonly status: 'pending' | 'delivered' | 'rejected'
  /** Not before; ISO 8601 UTC. null: at once. */
  readonly nextTryAt: string | null
  /** Set once it was posted; a notice that still waits then only lacks the rewriting of its root, or some readers. */
  readonly message: MessageReference | null
  /** When a post began whose end nobody saw: the channel may have the message. ISO 8601 UTC; null when there is no such post. */
  readonly unconfirmedSince: string | null
  /** Of a notice that was sent to some of its readers, those who have not got it; null: no reader was told apart. */
  readonly remaining: readonly string[] | null
  /** How often it was posted again although it may have arrived. */
  readonly repeats: number
  /** Not to be sent before; null: it is to be sent. */
  readonly held: Hold | null
  /** Where it was sent in place of its channel, as which notice. ISO 8601 UTC; null: nowhere. */
  readonly fallback: {readonly channel: string; readonly noticeId: string; readonly at: string} | null
}

/** Something in the outbox that is no notice which can be read. */
export interface UnreadableEntry {
  /** What `drop` takes. */
  readonly id: string
  readonly reason: string
}

/** `folded`: it is part of another. `missing`: it was never put here, or somebody removed its file. */
export type Fate = 'waiting' | 'delivered' | 'dropped' | 'folded' | 'unreadable' | 'missing'

export interface SendingRight {
  readonly release: () => Promise<void>
}

/** What an attempt leaves behind. */
export interface AfterAttempt {
  readonly nextTryAt: string | null
  /** null keeps what was known. */
  readonly message: MessageReference | null
  /** Whether the channel may have the message although nothing says so. */
  readonly unconfirmed: boolean
  /** What was known is kept when it is left out. */
  readonly remaining?: readonly string[]
  readonly repeats: number
  /** Whether `message` is the root of its thread, whatever was. */
  readonly isRoot: boolean
}

/**
 * Every notice is here before it is sent, and stays as a record afterwards. Written atomically; safe for several processes at once.
 * What cannot be read hides nothing else. Errors: `unreachable` when it cannot be written.
 */
export interface Outbox {
  readonly put: (notice: Notice, held?: Hold | null) => Promise<void>
  /** What became of the notice with this id. */
  readonly fate: (noticeId: string) => Promise<Fate>
  /**
   * The right to send to a channel: one process at a time, so that nothing is posted twice and threads stay in order. null while
   * another has it. Read `pending` after it is granted, not before.
   */
  readonly claim: (channel: string) => Promise<SendingRight | null>
  /** Notes that a post begins, before it does: a sender that is killed leaves `unconfirmedSince` behind. Errors: `notFound`. */
  readonly begin: (noticeId: string, at: string, repeats: number) => Promise<void>
  /** The attempt's outcome decides the status: `failed` waits on, `rejected` waits for a person to mend the cause. */
  readonly record: (noticeId: string, attempt: Attempt, after: AfterAttempt) => Promise<void>
  /**
   * Puts `copy`, unless a notice of its id was ever put, and notes at the one that waits that it went there too. The right to send to
   * that one's channel must be held. Errors: `notFound`.
   */
  readonly handOn: (noticeId: string, copy: Notice, at: string) => Promise<void>
  /** What is held back is to be sent from now on. The right to send to its channel must be held. Errors: `notFound`. */
  readonly release: (noticeId: string) => Promise<void>
  /** Puts a notice that others were folded into, unless it was ever put, and keeps those as a record. The right must be held. */
  readonly fold: (notice: Notice) => Promise<void>
  /** What waits, and what was put since (ISO 8601 UTC) and is delivered. */
  readonly recent: (since: string) => Promise<readonly OutboxEntry[]>
  /** Undelivered ones, rejected and held ones too, oldest first. */
  readonly pending: () => Promise<readonly OutboxEntry[]>
  /** What cannot be read, set aside or not. */
  readonly unreadable: () => Promise<readonly UnreadableEntry[]>
  /** Moves what cannot be read out of the way, where that is possible. */
  readonly setAside: () => Promise<void>
  /**
   * Gives up a notice that waits, or something unreadable; it is kept as a record. The right to send to its channel must be held, so that
   * nobody is told that a notice was given up which is on its way. Errors: `notFound`.
   */
  readonly drop: (id: string) => Promise<void>
  /** The root message of a thread, once posted. One that cannot be read is none, and is set aside. */
  readonly root: (channel: string, thread: string) => Promise<MessageReference | null>
}
