import type {Notice, NoticeDelivery} from './notice.js'
import type {ChannelPreview} from './preview.js'
import type {Failure, NoticeReason} from './undelivered.js'

/** What became of a notice that a person wrote. */
export interface PostedNotice<Reason = NoticeReason> {
  readonly notice: Notice
  /** null for a preview. */
  readonly delivery: NoticeDelivery<Reason> | null
  /** Of a preview: what each channel that it would go to would get. */
  readonly previews: readonly ChannelPreview[]
}

/** What became of everything that waited in the outbox. */
export interface FlushReport<Reason = NoticeReason> {
  readonly delivered: readonly NoticeDelivery<Reason>[]
  /** Still undelivered, with the reason. */
  readonly waiting: readonly NoticeDelivery<Reason>[]
  /** Held back until a time, as faci.yml wants it. */
  readonly held: readonly NoticeDelivery<Reason>[]
  /** What is in the outbox and cannot be read. */
  readonly unreadable: readonly {readonly id: string; readonly reason: string}[]
}

/** What was given up. */
export interface DroppedNotice {
  readonly id: string
}

/** Whether a channel takes notices, tried with a real one. */
export interface ChannelTest<Reason = Failure> {
  readonly channel: string
  readonly state: 'delivered' | 'rejected' | 'failed'
  /** What was seen, or why it was not delivered. */
  readonly detail: Reason | string
  /** Of a channel that keeps what it was told open, whether that was closed again, and else why not; null: it keeps nothing open, or got nothing. */
  readonly closing: {readonly state: ChannelTest['state']; readonly reason: Reason | null} | null
}
