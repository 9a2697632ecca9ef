import type {Notice} from '../../domain/notice/notice.js'
import type {Notifier} from '../../ports/notifier.js'

export interface TerminalNotifierOptions {
  /** The channel that it stands in for; `terminal` for none. */
  readonly channel?: string
  /** Why it is only shown. */
  readonly why: string
  /** Shows the notice to whoever sits there. */
  readonly show: (notice: Notice) => void
}

/** Where no chat is configured: a notice is shown as it would look, which counts as delivered, and the outbox keeps it. */
export function terminalNotifier({channel = 'terminal', why, show}: TerminalNotifierOptions): Notifier {
  return {
    channel,
    threaded: false,
    send: (notice) => {
      show(notice)
      return Promise.resolve({kind: 'delivered', message: null, note: `shown on the terminal: ${why}`})
    },
    edit: () => Promise.resolve({kind: 'rejected', reason: "What was shown can't be edited"}),
  }
}
