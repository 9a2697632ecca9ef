import type {Notice, NoticeDelivery} from './notice.js'

/** What became of a notice that a person wrote. */
export interface PostedNotice {
  readonly notice: Notice
  /** null for a preview. */
  readonly delivery: NoticeDelivery | null
}

/** What became of everything that waited in the outbox. */
export interface FlushReport {
  readonly delivered: readonly NoticeDelivery[]
  /** Still undelivered, with the reason. */
  readonly waiting: readonly NoticeDelivery[]
  /** What is in the outbox and cannot be read. */
  readonly unreadable: readonly {readonly id: string; readonly reason: string}[]
}

/** What was given up. */
export interface DroppedNotice {
  readonly id: string
}

/** Whether a channel takes notices, tried with a real one. */
export interface ChannelTest {
  readonly channel: string
  readonly state: 'delivered' | 'rejected' | 'failed'
  /** What was seen, or why it was not delivered. */
  readonly detail: string
}
