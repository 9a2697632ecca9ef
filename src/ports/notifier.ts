import type {MessageReference, Notice} from '../domain/notices/notice.js'
import type {Failure, ShownNote} from '../domain/notices/undelivered.js'

/** What those have who did get a notice, where it was refused for others. */
export interface PartlySent {
  readonly message: MessageReference | null
  /** Whom it is still to be sent to: a later try sends it to nobody else. */
  readonly remaining: readonly string[]
}

export type Delivery =
  /** `note`: what a person should know of it, such as that it was only shown. */
  | {
      readonly kind: 'delivered'
      readonly message: MessageReference | null
      readonly note?: ShownNote
      /** The root was gone: later notices of the thread answer this message. */
      readonly isNewRoot?: true
    }
  /** Worth another try, not before `retryAfterSeconds` when the service said so. */
  | {
      readonly kind: 'failed'
      readonly reason: Failure
      readonly retryAfterSeconds: number | null
      /** The request may have reached the service: it must not be posted again without looking. */
      readonly mayHaveArrived: boolean
      readonly partly?: PartlySent
    }
  /** Will never be taken as it is: bad token, unknown channel. */
  | {readonly kind: 'rejected'; readonly reason: Failure; readonly partly?: PartlySent}

/** Whether a notice is in the channel. */
export type Sighting =
  | {readonly kind: 'found'; readonly message: MessageReference}
  | {readonly kind: 'absent'}
  /** Cannot be seen now; worth another look. */
  | {readonly kind: 'unseen'; readonly reason: Failure; readonly retryAfterSeconds: number | null}
  /** Cannot be seen until a person changes something: a scope that is missing, a channel that cannot be read. */
  | {readonly kind: 'blind'; readonly reason: Failure}

/** What the service itself says of the credentials, without anything being posted. */
export type ChannelProbe =
  | {readonly kind: 'ok'; readonly detail: string}
  /** It would deliver, with a shortcoming that a person should mend. */
  | {readonly kind: 'lacking'; readonly detail: string; readonly next: string}
  | {readonly kind: 'rejected'; readonly reason: Failure}
  | {readonly kind: 'failed'; readonly reason: Failure}
  /** Only a post can tell. */
  | {readonly kind: 'untried'; readonly detail: string}

/** Whom a notice reaches. */
export type Reach =
  | {readonly kind: 'people'}
  /** Whoever sits here sees a new notice, and that counts; what waited for the channel waits on. `why` not the channel. */
  | {readonly kind: 'shown'; readonly why: Failure}
  /** Everything waits. */
  | {readonly kind: 'nobody'; readonly why: Failure}

/**
 * What may be done about a post whose end nobody saw. `safe`: send it again, for the service knows it by a key of its own. `look`: find
 * it first. `marked`: send it again once, and say in it that it may be a repeat; after that a person looks.
 */
export type Repeat = 'safe' | 'look' | 'marked'

/** One way to reach people. Every call has a deadline; reasons hold no secrets. Never throws for a delivery that failed. */
export interface Notifier {
  readonly channel: string
  /** Whether messages have threads and can be edited (a Slack bot), or stand alone (a webhook, the terminal). */
  readonly threaded: boolean
  readonly reach: Reach
  /** It keeps a matter for each incident, as a pager does: notices of several cannot be one. */
  readonly perIncident?: true
  readonly repeat: Repeat
  /**
   * `remaining`: of a notice that was partly sent before, whom to send it to; everybody when left out. `mayBeRepeat`: it may be there
   * already, and says so.
   */
  readonly send: (
    notice: Notice,
    root: MessageReference | null,
    remaining?: readonly string[],
    mayBeRepeat?: boolean,
  ) => Promise<Delivery>
  /** Rewrites the root message to the state of `notice`; doing it twice does no harm. */
  readonly edit: (root: MessageReference, notice: Notice) => Promise<Delivery>
  /** Looks for a notice that was posted at `since` or later, below `root` or by itself. ISO 8601 UTC. Left out where sending it again is safe. */
  readonly find?: (notice: Notice, root: MessageReference | null, since: string) => Promise<Sighting>
  readonly probe: () => Promise<ChannelProbe>
}
