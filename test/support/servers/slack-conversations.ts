export interface SlackPost {
  readonly ts: string
  readonly channel: string
  readonly threadTs: string | null
  readonly text: string
  readonly blocks: readonly unknown[]
  readonly metadata: object | null
  readonly edits: number
}

type Fields = Readonly<Record<string, unknown>>
export type SlackAnswer = Fields & {readonly ok: boolean}

interface Conversations {
  readonly posts: readonly SlackPost[]
  readonly channels: ReadonlyMap<string, string>
  readonly scopes: ReadonlySet<string>
}

const no = (error: string): SlackAnswer => ({ok: false, error})

/** Smaller than the real ones, so that every test turns pages. */
const PAGE = 2

function page(name: string, items: readonly unknown[], {cursor}: Fields): SlackAnswer {
  const start = typeof cursor === 'string' ? Number(cursor) : 0
  const next = start + PAGE < items.length ? String(start + PAGE) : ''
  return {ok: true, [name]: items.slice(start, start + PAGE), response_metadata: {next_cursor: next}}
}

function messageOf({ts, text, metadata}: SlackPost, withMetadata: boolean): Fields {
  return {type: 'message', ts, text, ...(withMetadata && metadata !== null ? {metadata} : {})}
}

/** Newest first, as the real one; `oldest` is in seconds, and metadata is given only when it is asked for. */
function messages(posts: readonly SlackPost[], fields: Fields): SlackAnswer {
  const {oldest, include_all_metadata: withMetadata} = fields
  const since = oldest === undefined ? 0 : Number(oldest)
  if (Number.isNaN(since)) return no('invalid_ts_oldest')
  const found = posts
    .filter(({ts}) => Number(ts) >= since)
    .map((post) => messageOf(post, String(withMetadata) === 'true'))
  return page('messages', [...found].reverse(), fields)
}

/** `conversations.*`, as strict as the real ones: scopes, ids instead of names, threads that exist. */
export function conversations(state: Conversations, method: string, fields: Fields): SlackAnswer {
  const {channels, posts, scopes} = state
  if (method === 'conversations.list') {
    if (!scopes.has('channels:read')) return no('missing_scope')
    const named = [...channels].filter(([name]) => name.startsWith('#'))
    const others = [
      {id: 'C0GENERAL', name: 'general'},
      {id: 'C0RANDOM', name: 'random'},
    ]
    return page('channels', [...others, ...named.map(([name, id]) => ({id, name: name.slice(1)}))], fields)
  }
  if (!scopes.has('channels:history')) return no('missing_scope')
  const {channel, ts} = fields
  if (![...channels.values()].includes(String(channel))) return no('channel_not_found')
  const here = posts.filter((post) => post.channel === channel)
  if (method === 'conversations.history')
    return messages(
      here.filter(({threadTs}) => threadTs === null),
      fields,
    )
  if (!here.some((post) => post.ts === ts)) return no('thread_not_found')
  return messages(
    here.filter((post) => post.ts === ts || post.threadTs === ts),
    fields,
  )
}
