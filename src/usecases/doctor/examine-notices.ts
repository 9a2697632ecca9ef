import type {SetupItem} from '../../domain/doctor/setup-report.js'
import {type ChannelSetups, noChannelText} from '../../domain/notices/channels.js'
import type {Journal} from '../../ports/journal.js'
import type {ChannelProbe, Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'
import {type SecretReference, shownReference} from '../../domain/secrets/secret-reference.js'
import {command} from '../../domain/text/shell-command.js'

export type Finding = Omit<SetupItem, 'name'>

/** A channel that faci.yml sets up, as far as it and the environment tell. */
export interface ChannelSetup {
  readonly name: string
  /** `slack #ops-incidents`. */
  readonly address: string
  /** The references that should hold its secrets: `env:SLACK_BOT_TOKEN`. */
  readonly secrets: readonly string[]
  /** The first of them that has no value. */
  readonly missing: SecretReference | null
}

export function fine(detail: string): Finding {
  return {state: 'ok', detail, next: null}
}

const TEST = 'faci notify test'

function found(probe: ChannelProbe, {address, secrets}: ChannelSetup): Finding {
  switch (probe.kind) {
    case 'ok':
      return fine(probe.detail)
    case 'lacking':
      return {state: 'warning', detail: probe.detail, next: probe.next}
    case 'rejected':
      return {state: 'failed', detail: `${probe.reason} (${secrets.join(', ')})`, next: TEST}
    case 'failed':
      return {state: 'unknown', detail: probe.reason, next: TEST}
    case 'untried':
      return {state: 'ok', detail: `${address}, ${secrets.join(', ')} is set; ${probe.detail}`, next: TEST}
  }
}

/** Asks the service itself: that a token is set does not say that it is any good. */
async function examineChannel(notifiers: readonly Notifier[], setup: ChannelSetup): Promise<Finding> {
  const {name, missing} = setup
  const notifier = notifiers.find(({channel}) => channel === name)
  if (missing === null && notifier !== undefined) return found(await notifier.probe(), setup)
  const reference = missing === null ? name : shownReference(missing)
  const next = missing?.from === 'env' ? command`export ${missing.name}=…` : `write ${reference}`
  return {state: 'warning', detail: `${reference} has no value: notices are shown on the terminal`, next}
}

const WORST_FIRST = ['failed', 'unknown', 'warning', 'ok', 'notConfigured'] as const

/** All channels as one finding: the worst state, and what to do about that. `setups` are for who has none. */
export async function examineNotices(
  notifiers: readonly Notifier[],
  channels: readonly ChannelSetup[],
  setups: ChannelSetups,
): Promise<Finding> {
  const findings = await Promise.all(channels.map((channel) => examineChannel(notifiers, channel)))
  const rank = ({state}: Finding): number => WORST_FIRST.indexOf(state)
  const [worst] = findings.toSorted((a, b) => rank(a) - rank(b))
  if (worst !== undefined) return {...worst, detail: findings.map(({detail}) => detail).join('; ')}
  return {state: 'notConfigured', detail: `shown on the terminal: ${noChannelText(setups)}`, next: null}
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
