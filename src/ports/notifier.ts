import type {MessageReference, Notice} from '../domain/notice/notice.js'

export type Delivery =
  /** `note`: what a person should know of it, such as that it was only shown. */
  | {readonly kind: 'delivered'; readonly message: MessageReference | null; readonly note?: string}
  /** Worth another try, not before `retryAfterSeconds` when the service said so. */
  | {readonly kind: 'failed'; readonly reason: string; readonly retryAfterSeconds: number | null}
  /** Will never be taken as it is: bad token, unknown channel. */
  | {readonly kind: 'rejected'; readonly reason: string}

/** One way to reach people. Every call has a deadline; reasons hold no secrets. Never throws for a delivery that failed. */
export interface Notifier {
  readonly channel: string
  /** Whether messages have threads and can be edited (a Slack bot), or stand alone (a webhook, the terminal). */
  readonly threaded: boolean
  readonly send: (notice: Notice, root: MessageReference | null) => Promise<Delivery>
  /** Rewrites the root message to the state of `notice`. */
  readonly edit: (root: MessageReference, notice: Notice) => Promise<Delivery>
}
