import {createServer} from 'node:http'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {blocksProblem} from './slack-blocks.js'
import {conversations, type SlackAnswer, type SlackPost} from './slack-conversations.js'

/** What the server does to the next request instead of answering properly. */
export type SlackTrouble =
  | {readonly kind: 'error'; readonly error: string}
  | {readonly kind: 'rateLimited'; readonly seconds: number | string | null}
  | {readonly kind: 'status'; readonly status: number}
  | {readonly kind: 'junk'}
  | {readonly kind: 'silence'}
  /** 200 with this body, as JSON. */
  | {readonly kind: 'answer'; readonly body: string}
  /** The request is served, and then this happens instead of its answer. */
  | {readonly kind: 'taken'; readonly then: SlackTrouble}
  /** A request to another method comes first; this waits for its own. */
  | {readonly kind: 'for'; readonly method: string; readonly then: SlackTrouble}

export interface SlackServer {
  /** For `apiUrl`. */
  readonly apiUrl: string
  readonly webhookUrl: string
  readonly token: string
  /** Messages that were taken, in order, as they read now. */
  readonly posts: readonly SlackPost[]
  /** Method and path of every request. */
  readonly requests: readonly string[]
  readonly trouble: (...troubles: readonly SlackTrouble[]) => void
  /** What the token may do; all that faci needs at first. */
  readonly scopes: Set<string>
  readonly close: () => Promise<void>
}

interface State {
  readonly posts: SlackPost[]
  readonly requests: string[]
  readonly troubles: SlackTrouble[]
  readonly channels: ReadonlyMap<string, string>
  readonly scopes: Set<string>
}

type Fields = Readonly<Record<string, unknown>>
type Answer = SlackAnswer

export const SLACK_TOKEN = 'xoxb-111111111111-222222222222-AbCdEfGhIjKlMnOp'
const WEBHOOK_PATH = '/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function jsonFields(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : null
  } catch {
    return null
  }
}

/** Arguments as the Web API takes them: a form, or JSON that says so. In a form, `blocks` is JSON text. */
function argumentsOf(contentType: string, text: string): Fields | string {
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const form: Record<string, unknown> = Object.fromEntries(new URLSearchParams(text))
    for (const name of ['blocks', 'metadata']) {
      if (typeof form[name] !== 'string') continue
      const parsed = jsonFields(`{"value":${form[name]}}`)
      if (parsed === null) return `invalid_${name}_format`
      form[name] = parsed['value']
    }
    return form
  }
  if (contentType.startsWith('application/json')) return jsonFields(text) ?? 'invalid_json'
  return 'invalid_post_type'
}

const no = (error: string): Answer => ({ok: false, error})

function contentProblem({text, blocks}: Fields): string | null {
  if (blocks !== undefined) {
    const problem = blocksProblem(blocks)
    if (problem !== null) return problem
  }
  if (blocks === undefined && (typeof text !== 'string' || text === '')) return 'no_text'
  return typeof text === 'string' && text.length > 40_000 ? 'msg_too_long' : null
}

/** An event's name and a flat payload, by docs.slack.dev/messaging/message-metadata. */
function metadataProblem({metadata}: Fields): string | null {
  if (metadata === undefined) return null
  const {event_type: type, event_payload: payload} = {...(metadata as Fields)}
  const isEvent = typeof type === 'string' && type !== '' && typeof payload === 'object' && payload !== null
  return isEvent ? null : 'invalid_metadata_format'
}

/** Seconds of now, and what makes it the only one. */
function nextTs({posts}: State): string {
  return `${String(Math.floor(Date.now() / 1000))}.000${String(100 + posts.length)}`
}

function posted(state: State, fields: Fields, channel: string): SlackPost {
  const ts = nextTs(state)
  const {text, thread_ts: threadTs, blocks, metadata} = fields
  return {
    ts,
    channel,
    threadTs: typeof threadTs === 'string' ? threadTs : null,
    text: typeof text === 'string' ? text : '',
    blocks: Array.isArray(blocks) ? (blocks as unknown[]) : [],
    metadata: typeof metadata === 'object' ? metadata : null,
    edits: 0,
  }
}

function postMessage(state: State, fields: Fields): Answer {
  const name = typeof fields['channel'] === 'string' ? fields['channel'] : ''
  const channel = state.channels.get(name)
  if (channel === undefined) return no('channel_not_found')
  const problem = contentProblem(fields) ?? metadataProblem(fields)
  if (problem !== null) return no(problem)
  const {thread_ts: threadTs} = fields
  if (threadTs !== undefined && typeof threadTs !== 'string') return no('invalid_thread_ts')
  if (threadTs !== undefined && !state.posts.some(({ts}) => ts === threadTs)) return no('thread_not_found')
  const post = posted(state, fields, channel)
  state.posts.push(post)
  return {ok: true, channel, ts: post.ts, message: {type: 'message', text: post.text, ts: post.ts}}
}

function update(state: State, fields: Fields): Answer {
  const problem = contentProblem(fields)
  if (problem !== null) return no(problem)
  // Unlike chat.postMessage, chat.update takes ids only.
  if (![...state.channels.values()].includes(String(fields['channel']))) return no('channel_not_found')
  const index = state.posts.findIndex(({ts, channel}) => ts === fields['ts'] && channel === fields['channel'])
  const post = state.posts[index]
  if (post === undefined) return no('message_not_found')
  state.posts[index] = {
    ...posted(state, fields, post.channel),
    ts: post.ts,
    threadTs: post.threadTs,
    // What is not given anew stays.
    metadata: post.metadata,
    edits: post.edits + 1,
  }
  return {ok: true, channel: post.channel, ts: post.ts, text: String(fields['text'])}
}

function callMethod(state: State, method: string, fields: Fields, token: string): Answer {
  if (token === '') return no('not_authed')
  if (token !== SLACK_TOKEN) return no('invalid_auth')
  if (method.startsWith('chat.') && !state.scopes.has('chat:write')) return no('missing_scope')
  if (method === 'chat.postMessage') return postMessage(state, fields)
  if (method === 'chat.update') return update(state, fields)
  if (method === 'auth.test') return {ok: true, team: 'Ops', user: 'faci'}
  if (['conversations.history', 'conversations.replies', 'conversations.list'].includes(method))
    return conversations(state, method, fields)
  return no('unknown_method')
}

function answerJson(response: ServerResponse, value: Answer, scopes: ReadonlySet<string> = new Set()): void {
  const headers = {'content-type': 'application/json; charset=utf-8', 'x-oauth-scopes': [...scopes].join(',')}
  response.writeHead(200, headers).end(JSON.stringify(value))
}

function makeTrouble(trouble: SlackTrouble, response: ServerResponse): void {
  switch (trouble.kind) {
    case 'error': {
      answerJson(response, no(trouble.error))
      return
    }
    case 'rateLimited':
      response.writeHead(429, trouble.seconds === null ? {} : {'retry-after': String(trouble.seconds)})
      response.end('{"ok":false,"error":"ratelimited"}')
      return
    case 'status':
      response.writeHead(trouble.status, {'content-type': 'text/plain'}).end('upstream trouble')
      return
    case 'junk':
      response.writeHead(200, {'content-type': 'text/html'}).end('<html>Welcome to the Wi-Fi of Hotel Central</html>')
      return
    case 'silence':
    case 'taken':
    case 'for':
      return
    case 'answer':
      response.writeHead(200, {'content-type': 'application/json'}).end(trouble.body)
      return
  }
}

function answerApi(state: State, request: IncomingMessage, text: string, response: Reply): void {
  const method = (request.url ?? '').slice('/api/'.length)
  const fields = argumentsOf(request.headers['content-type'] ?? '', text)
  if (typeof fields === 'string') {
    response.json(no(fields))
    return
  }
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const token = header ?? (typeof fields['token'] === 'string' ? fields['token'] : '')
  response.json(callMethod(state, method, fields, token))
}

function answerWebhook(state: State, request: IncomingMessage, text: string, {plain}: Reply): void {
  if (request.url !== WEBHOOK_PATH) {
    plain(404, 'no_service')
    return
  }
  const fields = (request.headers['content-type'] ?? '').startsWith('application/json') ? jsonFields(text) : null
  if (fields === null) {
    plain(400, 'invalid_payload')
    return
  }
  const problem = contentProblem(fields)
  if (problem !== null) {
    plain(400, problem)
    return
  }
  state.posts.push(posted(state, fields, 'C0WEBHOOK'))
  plain(200, 'ok')
}

/** How a request that was served is answered. */
interface Reply {
  readonly json: (value: Answer) => void
  readonly plain: (status: number, body: string) => void
}

function replyTo(response: ServerResponse, scopes: ReadonlySet<string>): Reply {
  return {
    json: (value) => answerJson(response, value, scopes),
    plain: (status, body) => response.writeHead(status, {'content-type': 'text/plain; charset=utf-8'}).end(body),
  }
}

function insteadOf(trouble: () => void): Reply {
  return {json: trouble, plain: trouble}
}

/** The next one that is meant for this request. */
function nextTrouble({troubles}: State, url: string): Exclude<SlackTrouble, {kind: 'for'}> | undefined {
  const index = troubles.findIndex((trouble) => trouble.kind !== 'for' || url.endsWith(trouble.method))
  const [trouble] = index === -1 ? [] : troubles.splice(index, 1)
  return trouble?.kind === 'for' ? (trouble.then as Exclude<SlackTrouble, {kind: 'for'}>) : trouble
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await bodyOf(request)
  state.requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
  const trouble = nextTrouble(state, request.url ?? '')
  if (trouble !== undefined && trouble.kind !== 'taken') {
    makeTrouble(trouble, response)
    return
  }
  const reply =
    trouble === undefined ? replyTo(response, state.scopes) : insteadOf(() => makeTrouble(trouble.then, response))
  if (request.method !== 'POST') {
    response.writeHead(405).end()
    return
  }
  const isApi = (request.url ?? '').startsWith('/api/')
  if (isApi) answerApi(state, request, text, reply)
  else answerWebhook(state, request, text, reply)
}

/** Slack on loopback, as strict as the real one: authorisation, content types, limits of blocks, threads that exist, own messages only. */
export async function slackServer(): Promise<SlackServer> {
  const channels = new Map([
    ['#ops-incidents', 'C0OPSINC'],
    ['ops-incidents', 'C0OPSINC'],
    ['C0OPSINC', 'C0OPSINC'],
  ])
  const scopes = new Set(['chat:write', 'channels:read', 'channels:history'])
  const state: State = {posts: [], requests: [], troubles: [], channels, scopes}
  const server = createServer((request, response) => void handle(state, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    apiUrl: `${origin}/api/`,
    webhookUrl: origin + WEBHOOK_PATH,
    token: SLACK_TOKEN,
    posts: state.posts,
    requests: state.requests,
    scopes,
    trouble: (...troubles) => {
      state.troubles.push(...troubles)
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
