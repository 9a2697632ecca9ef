import {TERMINAL} from '../../../domain/notices/channels.js'
import type {Notice} from '../../../domain/notices/notice.js'
import type {Notifier} from '../../../ports/notifier.js'

export interface TerminalNotifierOptions {
  /** Shows the notice to whoever sits there. */
  readonly show: (notice: Notice) => Promise<void>
}

interface OwnOptions extends TerminalNotifierOptions {
  /** faci.yml sets up no other. */
  readonly isOnly: boolean
}

export interface StandInOptions extends TerminalNotifierOptions {
  /** The channel that it stands in for. */
  readonly channel: string
  /** Its secret, which has no value. */
  readonly reference: string
}

const NOT_EDITABLE = {kind: 'rejected', reason: {why: 'notEditable', what: 'shown'}} as const

/** The channel `terminal`: a notice is shown as it would look to others. */
export function terminalNotifier({show, isOnly}: OwnOptions): Notifier {
  return {
    channel: TERMINAL,
    threaded: false,
    reach: {kind: 'people'},
    repeat: 'safe',
    send: async (notice) => {
      await show(notice)
      return {kind: 'delivered', message: null, note: {why: isOnly ? 'onlyShown' : 'shown'}}
    },
    edit: () => Promise.resolve(NOT_EDITABLE),
    find: () => Promise.resolve({kind: 'absent'}),
    probe: () => Promise.resolve({kind: 'ok', detail: 'shown here'}),
  }
}

/** For a channel whose secret is missing: a new notice is shown here, which the outbox keeps as delivered; what waited for the channel waits on. */
export function standInNotifier({channel, reference, show}: StandInOptions): Notifier {
  const why = {why: 'noSecret', reference} as const
  return {
    ...terminalNotifier({show, isOnly: false}),
    channel,
    reach: {kind: 'shown', why},
    send: async (notice) => {
      await show(notice)
      return {kind: 'delivered', message: null, note: {why: 'shownInstead', reference}}
    },
    probe: () => Promise.resolve({kind: 'rejected', reason: why}),
  }
}

/** For a channel whose secret is missing, where that somebody is reached matters: everything waits for it, and nothing is shown in its place. */
export function absentNotifier(options: StandInOptions): Notifier {
  const why = {why: 'noSecret', reference: options.reference} as const
  return {
    ...standInNotifier(options),
    reach: {kind: 'nobody', why},
    send: () => Promise.resolve({kind: 'rejected', reason: why}),
  }
}
