import {noChannelText, TERMINAL} from '../../domain/notices/channels.js'
import type {MessageReference, Notice} from '../../domain/notices/notice.js'
import type {ChannelTest} from '../../domain/notices/notice-report.js'
import type {Result} from '../../domain/result.js'
import type {Notifier} from '../../ports/notifier.js'
import {safely} from './call-notifier.js'
import {channelFor, type PostNoticeDeps, type PostNoticeInput} from './post-notice.js'

export type TestChannelInput = Pick<
  PostNoticeInput,
  'channel' | 'title' | 'message' | 'service' | 'environment' | 'operator'
>

const VERDICT = {delivered: 'ok', rejected: 'bad', failed: 'unknown'} as const

function testNotice({ids, clock}: PostNoticeDeps, channel: string, input: TestChannelInput): Notice {
  const {title, message: body, service, environment, operator} = input
  return {
    ...{id: ids.next(), channel, thread: null, incident: null, severity: 'info', state: 'info', title, body, facts: []},
    ...{service, environment, operator: operator.name, host: operator.host},
    createdAt: clock.now().toISOString(),
  }
}

/** A pager would page on for a test: the end of the same matter, by the same id, is sent right after it. */
async function closed(
  notifier: Notifier,
  notice: Notice,
  root: MessageReference | null,
): Promise<ChannelTest['closing']> {
  if (notifier.perIncident !== true) return null
  const {kind: state, ...end} = await safely(() => notifier.send({...notice, state: 'resolved'}, root))
  return {state, reason: 'reason' in end ? end.reason : null}
}

type Tried = Omit<ChannelTest, 'channel'>

async function tried(notifier: Notifier, notice: Notice): Promise<Tried> {
  if (notifier.reach.kind !== 'people') return {state: 'rejected', detail: notifier.reach.why, closing: null}
  const probe = await notifier.probe()
  if (probe.kind === 'rejected' || probe.kind === 'failed')
    return {state: probe.kind, detail: probe.reason, closing: null}
  const delivery = await safely(() => notifier.send(notice, null))
  if (delivery.kind === 'delivered')
    return {state: 'delivered', detail: probe.detail, closing: await closed(notifier, notice, delivery.message)}
  // What may have arrived is closed, too; what surely did not is not there to be closed.
  const isThere = delivery.kind === 'failed' && delivery.mayHaveArrived
  const closing = isThere ? await closed(notifier, notice, null) : null
  return {state: delivery.kind, detail: delivery.reason, closing}
}

/** Asks the service whether it knows us, then posts a real notice, which is not kept, and closes what that opened. Errors: `notFound` for an unknown channel. */
export async function testChannel(deps: PostNoticeDeps, input: TestChannelInput): Promise<Result<ChannelTest>> {
  const channel = channelFor(deps, input.channel)
  const notifier = deps.notifiers.find((candidate) => candidate.channel === channel)
  const isSetUp = input.channel !== null || channel !== TERMINAL
  const outcome =
    notifier === undefined || !isSetUp
      ? ({state: 'rejected', detail: noChannelText(deps.setups), closing: null} as const)
      : await tried(notifier, testNotice(deps, channel, input))
  const worst = outcome.state === 'delivered' ? (outcome.closing?.state ?? outcome.state) : outcome.state
  return {verdict: VERDICT[worst], data: {channel, ...outcome}}
}
