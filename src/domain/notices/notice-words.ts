import type {FallbackCause} from './fallback.js'
import type {Fold, FoldText} from './hold.js'
import type {NoticeSeverity, NoticeState} from './notice.js'

/** What every notice says beside what it tells, in one language. */
export interface NoticeWords {
  readonly state: Readonly<Record<NoticeState, string>>
  readonly severity: Readonly<Record<NoticeSeverity, string>>
  readonly environment: string
  readonly operator: string
  readonly shortened: string
  /** Of a message that has no room for all of a notice: `facts` of them are left out, and the whole is at `place`. */
  readonly cut: (cut: {readonly isBodyCut: boolean; readonly facts: number; readonly place: string}) => string
  /** Of what may have been sent before: nobody knows. */
  readonly mayBeRepeat: string
  /** Markdown, before what is sent to the fallback channel: why, and from which one. */
  readonly fallback: (channel: string, cause: FallbackCause, timezone: string) => string
  /** Of several notices that were held back, as one. */
  readonly folded: (fold: Fold, timezone: string) => FoldText
  /** Before the name of a service in which something is not as it should be. */
  readonly dailyCheck: string
  /** A notice that only shows that notices arrive. */
  readonly test: {readonly title: string; readonly body: string}
  /** An instant, with its time zone: `23 Nov 2026, 06:12:04 UTC`. */
  readonly time: (at: string, timezone: string) => string
}

/** The people who read a channel. */
export interface Audience {
  readonly words: NoticeWords
  /** IANA: `America/Sao_Paulo`. */
  readonly timezone: string
}
