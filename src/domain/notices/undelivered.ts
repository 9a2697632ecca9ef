import type {IsoTime} from '../time/iso-time.js'

/** What a person should look at. */
export type Mend =
  | {readonly look: 'token' | 'webhook' | 'login' | 'sender' | 'signature' | 'receiver' | 'routingKey'}
  | {readonly look: 'channel' | 'invitation'; readonly channel: string}

/** Why nothing was said to whoever listens there. `noStartTls`: it would have to be in the clear. */
export type TlsProblem =
  | 'expired'
  | 'notYetValid'
  | 'selfSigned'
  | 'unknownIssuer'
  | 'revoked'
  | 'wrongName'
  | 'noTls'
  | 'noStartTls'
  | 'broken'

export interface RefusedRecipient {
  readonly address: string
  /** `550`. */
  readonly code: string
}

/** `unfit`: the variable that names it holds no address of one. */
export type ProxyProblem = 'refused' | 'unreachable' | 'silent' | 'unfit'

/** Of a call that was answered, or surely was not; `service` is the channel's own name, `Slack`. */
export type CallFailure =
  /** `otherRoutingKey`: the page was triggered by another one, and what this one says of it is dropped. */
  | {readonly why: 'asksToWait' | 'notAnswered' | 'junk' | 'otherRoutingKey'; readonly service: string}
  /** `code`: of the system, `ECONNREFUSED`; null where it gives none that can be shown. */
  | {readonly why: 'unreachable'; readonly service: string; readonly code: string | null}
  | {readonly why: 'httpStatus'; readonly service: string; readonly status: number | null}
  /** `code`: the service's own word for it. */
  | {readonly why: 'trouble'; readonly service: string; readonly code: string}
  | {readonly why: 'refused'; readonly service: string; readonly code: string; readonly mend: Mend | null}
  /** A token that lacks a scope. */
  | {readonly why: 'mayNotPost'; readonly scope: string}
  | {readonly why: 'notEditable'; readonly what: 'webhook' | 'shown'}
  | {
      readonly why: 'recipientsRefused'
      readonly service: string
      readonly refused: readonly RefusedRecipient[]
      readonly othersHaveIt: boolean
    }
  /** `proxy`: as it may be shown. `code`: the status that it refused with, or the code of the system. */
  | {
      readonly why: 'viaProxy'
      readonly service: string
      readonly proxy: string
      readonly problem: ProxyProblem
      readonly code: string | null
    }
  | {readonly why: 'untrusted'; readonly service: string; readonly problem: TlsProblem}
  /** The value of a secret is not what the channel needs. */
  | {
      readonly why: 'unfitSecret'
      readonly reference: string
      readonly expected: 'smtpUrl' | 'webhookUrl' | 'webhookSecret'
    }

/** Why it cannot be seen whether a notice is there. */
export type WhyUnseen =
  {readonly why: 'notFound'} | {readonly why: 'lacksScopes'; readonly scopes: readonly string[]} | CallFailure

/** What one try came to. */
export type Failure =
  | CallFailure
  /** The notice may be there; `reason`: why that cannot be seen, and null: a webhook cannot be asked. */
  | {
      readonly why: 'perhapsTaken'
      readonly service: string
      readonly channel: string
      readonly reason: WhyUnseen | null
      /** Whether a later look may see it. */
      readonly isWorthALook: boolean
    }
  /** faci.yml sets up no such channel. */
  | {readonly why: 'noSuchChannel'; readonly channel: string}
  /** `env:SLACK_BOT_TOKEN`. */
  | {readonly why: 'noSecret'; readonly reference: string}
  /** Another faci is sending to the channel. */
  | {readonly why: 'busy'}
  | {readonly why: 'notTried' | 'givenUp' | 'fileUnreadable' | 'fileGone'}
  /** The kind of an error whose message may hold what nobody should read. */
  | {readonly why: 'threw'; readonly name: string}
  /** `error`: an error's message, which is English; `told`: a sentence of an outbox or journal of before December 2026. */
  | {readonly why: 'error' | 'told'; readonly text: string}

/** Why it waits for its own channel. */
export type Waiting =
  | Failure
  /** `last`: why the try before failed. */
  | {readonly why: 'triedOften'; readonly attempts: number; readonly last: Failure}
  /** As faci.yml wants it. `until`: when it is sent. */
  | {readonly why: 'held'; readonly by: 'quiet' | 'limit'; readonly until: IsoTime}
  /** A thread is told in order. `earlier`: the id of the notice that comes first. */
  | {readonly why: 'afterEarlier'; readonly earlier: string}
  | {readonly why: 'tryLater'; readonly nextTryAt: IsoTime; readonly last: Failure}

/** Why a notice is not delivered, worded in `render/words`. */
export type Undelivered =
  | Waiting
  /** `isThere`: whether the fallback channel has it. */
  | {readonly why: 'fellBack'; readonly channel: string; readonly isThere: boolean; readonly last: Waiting}
  /** The outbox did not take it either. */
  | {readonly why: 'neitherKept'; readonly reason: Failure; readonly problem: Failure}

/** How a channel delivered a notice, where that was not as usual. */
export type ShownNote =
  | {readonly why: 'shown' | 'onlyShown'}
  /** Marked as what may be a repeat. */
  | {readonly why: 'sentAgain'}
  /**
   * `queued`: that is all the service says. `queuedAnew`: by another key than before. `noPage`: of a page that was not sent from here.
   * `pageEnded`: not sent, for it would page again for what has ended. `notAdded`: for the page is Alertmanager's, and may have ended.
   * `pageShared`, `pageUnsure`: Alertmanager's page is not ended, for other alerts of it fire, or may.
   */
  | {
      readonly why: 'queued' | 'queuedAnew' | 'noPage' | 'pageEnded' | 'notAdded' | 'pageShared' | 'pageUnsure'
      readonly service: string
    }
  /** The message that it was to answer, or to rewrite, is gone. */
  | {readonly why: 'newRoot'}
  /** In place of a channel whose secret is missing. */
  | {readonly why: 'shownInstead'; readonly reference: string}

/** How a notice was delivered that was not as usual. */
export type DeliveryNote =
  | ShownNote
  | {readonly why: 'notRecorded'; readonly problem: Failure}
  | {readonly why: 'notKept'; readonly note: ShownNote | null; readonly problem: Failure}

/** What is to be said of what became of a notice. */
export type NoticeReason = Undelivered | DeliveryNote
