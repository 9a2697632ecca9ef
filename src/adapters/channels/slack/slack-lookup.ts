import type {WebClient} from '@slack/web-api'
import type {MessageReference} from '../../../domain/notices/notice.js'
import {fieldsOf} from './fields-of.js'

/** What marks a message as a notice of faci's, so that it can be found again. */
export const EVENT_TYPE = 'faci_notice'

/** Clocks differ; a message is never older than its post by more than this. */
const SKEW_SECONDS = 600
const PAGE = 200
const PAGES = 10
const CHANNELS_A_PAGE = 1000
const CHANNEL_ID = /^[CDG][A-Z0-9]{6,}$/

export interface Lookup {
  readonly noticeId: string
  readonly channel: string
  readonly root: MessageReference | null
  /** ISO 8601 UTC. */
  readonly since: string
}

/** `null`: not among all that was said since. `undefined`: too much was said to know. */
type Found = MessageReference | null | undefined

function cursorOf(answer: unknown): string {
  const cursor = fieldsOf(fieldsOf(answer)['response_metadata'])['next_cursor']
  return typeof cursor === 'string' ? cursor : ''
}

/** Goes through the pages until `pick` finds something. */
async function through(
  page: (cursor: {cursor?: string}) => Promise<unknown>,
  pick: (answer: unknown) => MessageReference | null,
): Promise<Found> {
  let cursor = ''
  for (let count = 0; count < PAGES; count++) {
    const answer = await page(cursor === '' ? {} : {cursor})
    const found = pick(answer)
    if (found !== null) return found
    cursor = cursorOf(answer)
    if (cursor === '') return null
  }
  return undefined
}

function listIn(answer: unknown, name: string): readonly unknown[] {
  const list = fieldsOf(answer)[name]
  return Array.isArray(list) ? (list as readonly unknown[]) : []
}

function noticeIn(answer: unknown, noticeId: string, channel: string): MessageReference | null {
  for (const message of listIn(answer, 'messages')) {
    const {ts, metadata} = fieldsOf(message)
    const {event_type: type, event_payload: payload} = fieldsOf(metadata)
    if (type === EVENT_TYPE && fieldsOf(payload)['notice_id'] === noticeId && typeof ts === 'string')
      return {channel, id: ts}
  }
  return null
}

/** History takes ids only, where a post takes names too. */
async function channelId(client: WebClient, channel: string): Promise<string | null | undefined> {
  if (CHANNEL_ID.test(channel)) return channel
  const wanted = channel.replace(/^#/, '')
  const types = 'public_channel,private_channel'
  const found = await through(
    (cursor) => client.conversations.list({...cursor, types, exclude_archived: true, limit: CHANNELS_A_PAGE}),
    (answer) => {
      const match = listIn(answer, 'channels')
        .map(fieldsOf)
        .find(({name}) => name === wanted)
      return typeof match?.['id'] === 'string' ? {channel: match['id'], id: ''} : null
    },
  )
  return found === undefined || found === null ? found : found.channel
}

/** The message of a notice by its metadata. Throws what the SDK throws. */
export async function lookUp(client: WebClient, {noticeId, channel, root, since}: Lookup): Promise<Found> {
  const oldest = String(Date.parse(since) / 1000 - SKEW_SECONDS)
  const where = {oldest, limit: PAGE, include_all_metadata: true} as const
  const id = root?.channel ?? (await channelId(client, channel))
  if (id === undefined || id === null) return undefined
  const pick = (answer: unknown): MessageReference | null => noticeIn(answer, noticeId, id)
  if (root !== null) {
    const reply = await through(
      (cursor) => client.conversations.replies({...where, ...cursor, channel: id, ts: root.id}),
      pick,
    )
    if (reply !== null) return reply
  }
  return through((cursor) => client.conversations.history({...where, ...cursor, channel: id}), pick)
}
