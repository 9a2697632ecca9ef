import type {SetupItem} from '../../domain/doctor/setup-report.js'
import type {Journal} from '../../ports/journal.js'
import type {ChannelProbe, Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'
import {command} from '../../domain/text/shell-command.js'

export type Finding = Omit<SetupItem, 'name'>

/** Where notices go, as far as faci.yml and the environment tell. */
export interface NoticeSetup {
  /** null: no channel in faci.yml. */
  readonly channel: string | null
  /** The reference that should hold the token or webhook: `env:SLACK_BOT_TOKEN`. */
  readonly secret: string | null
  readonly secretFound: boolean
}

export function fine(detail: string): Finding {
  return {state: 'ok', detail, next: null}
}

const TEST = 'faci notify test'

function found(probe: ChannelProbe, {channel, secret}: NoticeSetup): Finding {
  switch (probe.kind) {
    case 'ok':
      return fine(probe.detail)
    case 'lacking':
      return {state: 'warning', detail: probe.detail, next: probe.next}
    case 'rejected':
      return {state: 'failed', detail: `${probe.reason} (${secret ?? ''})`, next: TEST}
    case 'failed':
      return {state: 'unknown', detail: probe.reason, next: TEST}
    case 'untried':
      return {state: 'ok', detail: `${channel ?? ''}, ${secret ?? ''} is set; ${probe.detail}`, next: TEST}
  }
}

/** Asks the service itself: that a token is set does not say that it is any good. */
export async function examineNotices(notifiers: readonly Notifier[], setup: NoticeSetup): Promise<Finding> {
  const {channel, secret, secretFound} = setup
  if (channel === null) return {state: 'notConfigured', detail: 'shown on the terminal', next: null}
  const notifier = notifiers.find((candidate) => candidate.reach.kind === 'people' && candidate.channel === 'slack')
  if (secretFound && notifier !== undefined) return found(await notifier.probe(), setup)
  const detail = `${secret ?? channel} has no value: notices are shown on the terminal`
  const next =
    secret?.startsWith('env:') === true ? command`export ${secret.slice('env:'.length)}=…` : `write ${secret ?? ''}`
  return {state: 'warning', detail, next}
}

export async function examineOutbox(outbox: Outbox): Promise<Finding> {
  const [waiting, unreadable] = await Promise.all([outbox.pending(), outbox.unreadable()])
  const counts = [
    ...(waiting.length === 0 ? [] : [`${waiting.length} undelivered`]),
    ...(unreadable.length === 0 ? [] : [`${unreadable.length} unreadable`]),
  ]
  if (counts.length === 0) return fine('nothing undelivered')
  return {state: 'warning', detail: counts.join(', '), next: 'faci notify flush'}
}

const NAMED = 3

export async function examineRuns(journal: Pick<Journal<never>, 'unreadable'>): Promise<Finding> {
  const ids = await journal.unreadable()
  const [first] = ids
  if (first === undefined) return fine('all readable')
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : ''
  return {
    state: 'warning',
    detail: `${ids.length} unreadable: ${ids.slice(0, NAMED).join(', ')}${more}`,
    next: command`ls -la .faci/runs/${first}`,
  }
}
