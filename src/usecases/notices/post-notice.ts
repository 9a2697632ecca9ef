import {FaciError} from '../../domain/errors.js'
import {channelOf, type ChannelSetups} from '../../domain/notices/channels.js'
import {maskNotice} from '../../domain/notices/mask-notice.js'
import type {Notice, NoticeIncident, NoticeSeverity, NoticeState} from '../../domain/notices/notice.js'
import type {ChannelPreview} from '../../domain/notices/preview.js'
import type {PostedNotice} from '../../domain/notices/notice-report.js'
import type {Result} from '../../domain/result.js'
import {correctionOf, guessText} from '../../domain/text/did-you-mean.js'
import type {Ids} from '../../ports/ids.js'
import {sendNotice} from './send-notice.js'
import type {SendNoticeDeps} from './send-notice.js'

export interface PostNoticeDeps extends SendNoticeDeps {
  readonly ids: Ids
  /** For who names a channel that is not set up. */
  readonly setups: ChannelSetups
  /** What a channel would send of a notice; every one when it is null. */
  readonly previews: (notice: Notice, channel: string | null) => Promise<readonly ChannelPreview[]>
}

export interface PostNoticeInput {
  /** Of a notice that was about to be handed over before; a new one when left out. */
  readonly id?: string
  readonly title: string
  readonly message: string
  readonly severity: NoticeSeverity
  readonly state: NoticeState
  /** It goes to the thread of this one. */
  readonly incident?: NoticeIncident | null
  /** The first configured one when null. */
  readonly channel: string | null
  /** Only shows what would be sent. */
  readonly preview: boolean
  readonly service: string
  readonly environment: string
  readonly operator: {readonly name: string; readonly host: string}
}

/** The channel that is meant. Errors: `notFound` for one that nobody configured. */
export function channelFor({notifiers, setups}: PostNoticeDeps, wanted: string | null): string {
  const channels = notifiers.map(({channel}) => channel)
  if (wanted === null) return channelOf(wanted, channels)
  if (channels.includes(wanted)) return wanted
  if (Object.hasOwn(setups, wanted))
    throw new FaciError('notFound', `faci.yml sets up no channel ${wanted}`, {
      suggestions: [`add to faci.yml: ${setups[wanted] ?? ''}`],
    })
  const correction = correctionOf(wanted, channels)
  const hint = guessText(correction, 'there are', channels)
  throw new FaciError('notFound', `faci.yml has no channel ${wanted} under notices: ${hint}`, {correction})
}

const VERDICT = {
  delivered: 'ok',
  pending: 'undelivered',
  rejected: 'undelivered',
  dropped: 'undelivered',
  held: 'ok',
  unconfirmed: 'unknown',
  lost: 'unknown',
} as const

/** Posts a notice that a person wrote. Errors: `usage` without a title, `notFound` for a channel that nobody configured. */
export async function postNotice(deps: PostNoticeDeps, input: PostNoticeInput): Promise<Result<PostedNotice>> {
  const {title, message, severity, state, service, environment, operator, incident = null} = input
  if (title.trim() === '')
    throw new FaciError('usage', '--title: a notice needs a headline', {suggestions: [`--title 'API slow'`]})
  const written: Notice = {
    id: input.id ?? deps.ids.next(),
    channel: channelFor(deps, input.channel),
    thread: incident?.id ?? null,
    incident,
    severity,
    state,
    title,
    body: message,
    facts: [],
    service,
    environment,
    operator: operator.name,
    host: operator.host,
    createdAt: deps.clock.now().toISOString(),
  }
  const notice = maskNotice(written, deps.masker)
  if (input.preview)
    return {verdict: 'ok', data: {notice, delivery: null, previews: await deps.previews(notice, input.channel)}}
  const delivery = await sendNotice(deps, notice)
  return {verdict: VERDICT[delivery.status], data: {notice, delivery, previews: []}}
}
