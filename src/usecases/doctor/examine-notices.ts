import type {ChannelFact, SetupFinding, SetupState} from '../../domain/doctor/setup-report.js'
import type {ChannelSetups} from '../../domain/notices/channels.js'
import type {Journal} from '../../ports/journal.js'
import type {ChannelProbe, Notifier} from '../../ports/notifier.js'
import type {Outbox} from '../../ports/outbox.js'
import type {SecretReference} from '../../domain/secrets/secret-reference.js'

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

interface ChannelFinding {
  readonly state: SetupState
  readonly fact: ChannelFact
}

function found(probe: ChannelProbe, {address, secrets}: ChannelSetup): ChannelFinding {
  switch (probe.kind) {
    case 'ok':
      return {state: 'ok', fact: {why: 'channelOk', detail: probe.detail}}
    case 'lacking':
      return {state: 'warning', fact: {why: 'channelLacking', detail: probe.detail, next: probe.next}}
    case 'rejected':
      return {state: 'failed', fact: {why: 'channelRejected', reason: probe.reason, secrets}}
    case 'failed':
      return {state: 'unknown', fact: {why: 'channelFailed', reason: probe.reason}}
    case 'untried':
      return {state: 'ok', fact: {why: 'channelUntried', address, secrets, detail: probe.detail}}
  }
}

/** Asks the service itself: that a token is set does not say that it is any good. */
async function examineChannel(notifiers: readonly Notifier[], setup: ChannelSetup): Promise<ChannelFinding> {
  const {name, missing} = setup
  const notifier = notifiers.find(({channel}) => channel === name)
  if (missing === null && notifier !== undefined) return found(await notifier.probe(), setup)
  return {state: 'warning', fact: {why: 'channelUnset', channel: name, missing}}
}

const WORST_FIRST = ['failed', 'unknown', 'warning', 'ok', 'notConfigured'] as const

/** All channels as one finding: the worst state, and what to do about that. `setups` are for who has none. */
export async function examineNotices(
  notifiers: readonly Notifier[],
  channels: readonly ChannelSetup[],
  setups: ChannelSetups,
): Promise<SetupFinding> {
  const findings = await Promise.all(channels.map((channel) => examineChannel(notifiers, channel)))
  const rank = ({state}: ChannelFinding): number => WORST_FIRST.indexOf(state)
  const [worst] = findings.toSorted((a, b) => rank(a) - rank(b))
  if (worst === undefined) return {state: 'notConfigured', fact: {why: 'noChannel', setups}}
  return {state: worst.state, fact: {why: 'channels', all: findings.map(({fact}) => fact), worst: worst.fact}}
}

export async function examineOutbox(outbox: Outbox): Promise<SetupFinding> {
  const [pending, unreadable] = await Promise.all([outbox.pending(), outbox.unreadable()])
  const waiting = pending.filter(({held}) => held === null)
  if (waiting.length + unreadable.length === 0) return {state: 'ok', fact: {why: 'outboxEmpty'}}
  return {state: 'warning', fact: {why: 'outbox', undelivered: waiting.length, unreadable: unreadable.length}}
}

export async function examineRuns(journal: Pick<Journal<never>, 'unreadable' | 'place'>): Promise<SetupFinding> {
  const ids = await journal.unreadable()
  const [first] = ids
  if (first === undefined) return {state: 'ok', fact: {why: 'runsReadable'}}
  return {state: 'warning', fact: {why: 'runsUnreadable', first: `${journal.place}/${first}`, ids}}
}
