import {noChannelText, TERMINAL} from '../../domain/notices/channels.js'
import type {Notice} from '../../domain/notices/notice.js'
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

async function tried(notifier: Notifier, notice: Notice): Promise<Omit<ChannelTest, 'channel'>> {
  if (notifier.reach.kind !== 'people') return {state: 'rejected', detail: notifier.reach.why}
  const probe = await notifier.probe()
  if (probe.kind === 'rejected' || probe.kind === 'failed') return {state: probe.kind, detail: probe.reason}
  const delivery = await safely(() => notifier.send(notice, null))
  return delivery.kind === 'delivered'
    ? {state: 'delivered', detail: probe.detail}
    : {state: delivery.kind, detail: delivery.reason}
}

/** Asks the service whether it knows us, then posts a real notice, which is not kept. Errors: `notFound` for an unknown channel. */
export async function testChannel(deps: PostNoticeDeps, input: TestChannelInput): Promise<Result<ChannelTest>> {
  const channel = channelFor(deps, input.channel)
  const notifier = deps.notifiers.find((candidate) => candidate.channel === channel)
  const isSetUp = input.channel !== null || channel !== TERMINAL
  const outcome =
    notifier === undefined || !isSetUp
      ? ({state: 'rejected', detail: noChannelText(deps.setups)} as const)
      : await tried(notifier, testNotice(deps, channel, input))
  return {verdict: VERDICT[outcome.state], data: {channel, ...outcome}}
}
