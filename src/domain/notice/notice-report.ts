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
}
