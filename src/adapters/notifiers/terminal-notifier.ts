import type {Notice} from '../../domain/notices/notice.js'
import type {Notifier} from '../../ports/notifier.js'

export interface TerminalNotifierOptions {
  /** Shows the notice to whoever sits there. */
  readonly show: (notice: Notice) => void
}

export interface StandInOptions extends TerminalNotifierOptions {
  /** The channel that it stands in for. */
  readonly channel: string
  /** Why it is only shown. */
  readonly why: string
}

const NOT_EDITABLE = {kind: 'rejected', reason: "What was shown can't be edited"} as const

/** The channel `terminal`: a notice is shown as it would look to others. */
export function terminalNotifier({show}: TerminalNotifierOptions): Notifier {
  return {
    channel: 'terminal',
    threaded: false,
    reach: {kind: 'people'},
    send: (notice) => {
      show(notice)
      return Promise.resolve({kind: 'delivered', message: null, note: 'shown here'})
    },
    edit: () => Promise.resolve(NOT_EDITABLE),
    find: () => Promise.resolve({kind: 'absent'}),
    probe: () => Promise.resolve({kind: 'ok', detail: 'shown here'}),
  }
}

/** For a chat that is not set up: a new notice is shown here, which the outbox keeps as delivered; what waited for the chat waits on. */
export function standInNotifier({channel, why, show}: StandInOptions): Notifier {
  return {
    ...terminalNotifier({show}),
    channel,
    reach: {kind: 'shown', why},
    send: (notice) => {
      show(notice)
      return Promise.resolve({kind: 'delivered', message: null, note: `${why}: notice shown here only`})
    },
    probe: () => Promise.resolve({kind: 'rejected', reason: why}),
  }
}

/** For a chat that is not set up, where nobody sits: everything waits for it. */
export function absentNotifier(options: StandInOptions): Notifier {
  return {...standInNotifier(options), reach: {kind: 'nobody', why: options.why}}
}
